import { defineCheck } from '../check.ts';
import { flaggedPods } from '../components.ts';

export const staticPodRequestsMissing = defineCheck({
  id: 'kubelet-static-pod-requests-missing',
  area: 'kubelet',
  title: { zh: '静态 Pod 没有资源请求', en: 'Static pods without resource requests' },
  why: {
    zh: '资源紧张时控制面组件没有保障，会先于业务被限制或终止。',
    en: 'When resources are scarce, control-plane components have no guarantee and are throttled or killed before workloads.',
  },
  remedy: {
    zh: '执行 `grep -A4 resources /etc/kubernetes/manifests/*.yaml` 查看；为组件声明 CPU 与内存请求，避免资源紧张时最先受到挤压。',
    en: 'Check with `grep -A4 resources /etc/kubernetes/manifests/*.yaml`; declare CPU and memory requests for the components, so that they are not the first to suffer.',
  },
  severity: 'info',
  reads: ['staticPods'],
  unit: 'value',
  threshold: {},
  source: 'practice: kubeadm requests CPU for every component of the control plane',

  evaluate({ staticPods }, _threshold, context) {
    return flaggedPods(staticPods.pods, ({ component, hasRequests }) => (component !== 'other' && !hasRequests ? { observed: false, threshold: true } : undefined), context);
  },
});
