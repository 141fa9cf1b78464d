import { defineCheck } from '../check.ts';
import { flaggedPods } from '../components.ts';

export const staticPodFileOpen = defineCheck({
  id: 'kubelet-static-pod-file-open',
  area: 'kubelet',
  title: { zh: '静态 Pod 清单可被其他用户读写', en: 'Static pod manifests accessible to other users' },
  why: {
    zh: '能改清单的人就能在控制面上以 root 运行任何程序，接管集群。',
    en: 'Anyone who can modify the manifests can run any program as root on the control plane and take over the cluster.',
  },
  remedy: {
    zh: '执行 `stat -c "%a %U:%G %n" /etc/kubernetes/manifests/*` 查看；用 `chmod 600` 与 `chown root:root` 收紧权限。',
    en: 'Check with `stat -c "%a %U:%G %n" /etc/kubernetes/manifests/*`; restrict permissions with `chmod 600` and `chown root:root`.',
  },
  severity: 'warning',
  reads: ['staticPods'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 1.1.1 to 1.1.8 (600 or more restrictive, root:root); readable only is milder',

  evaluate({ staticPods }, _threshold, context) {
    return flaggedPods(
      staticPods.pods,
      ({ othersMay }) => (othersMay === 'nothing' ? undefined : { observed: othersMay, threshold: 'nothing', severity: othersMay === 'write' ? 'warning' : 'info' }),
      context,
    );
  },
});
