import { defineCheck } from '../check.ts';
import { flaggedPods } from '../components.ts';

export const staticPodProbeMissing = defineCheck({
  id: 'kubelet-static-pod-probe-missing',
  area: 'kubelet',
  title: { zh: '静态 Pod 没有存活探针', en: 'Static pods without a liveness probe' },
  why: { zh: '组件卡死时没有人重启它，控制面会一直处于半瘫痪状态。', en: 'If the component hangs, nothing restarts it, and the control plane remains partly out of action.' },
  remedy: {
    zh: '执行 `grep -L livenessProbe /etc/kubernetes/manifests/*.yaml` 查看；按安装工具的模板补上 `livenessProbe`，否则进程卡死时不会重启。',
    en: "Check with `grep -L livenessProbe /etc/kubernetes/manifests/*.yaml`; add the `livenessProbe` from the installer's template; otherwise a hung process is never restarted.",
  },
  severity: 'info',
  reads: ['staticPods'],
  unit: 'value',
  threshold: {},
  source: 'practice: kubeadm writes probes for every component of the control plane',

  evaluate({ staticPods }, _threshold, context) {
    return flaggedPods(
      staticPods.pods,
      ({ component, hasLivenessProbe }) => (component !== 'other' && !hasLivenessProbe ? { observed: false, threshold: true } : undefined),
      context,
    );
  },
});
