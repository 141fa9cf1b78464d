import { defineCheck, notApplicable } from '../check.ts';
import { above } from '../levels.ts';

export const controllerManagerLeaseStale = defineCheck({
  id: 'control-plane-controller-manager-lease-stale',
  area: 'control-plane',
  title: { zh: '控制器管理器的选主租约停止更新', en: 'Controller manager leader lease not renewed' },
  why: { zh: '没有控制器在工作：失败的 Pod 不会重建，节点故障无人处理。', en: 'No controller is working: failed pods are not recreated, and node failures are not handled.' },
  remedy: {
    zh: '执行 `kubectl -n kube-system get lease kube-controller-manager -o yaml` 查看续约时间，再用 `kubectl -n kube-system get pod -l component=kube-controller-manager` 检查其 Pod；没有主时副本、节点与端点都不再被维护。',
    en: 'Run `kubectl -n kube-system get lease kube-controller-manager -o yaml` to check the last renewal time, then `kubectl -n kube-system get pod -l component=kube-controller-manager` to check its pods; without a leader, replicas, nodes and endpoints are no longer maintained.',
  },
  severity: 'critical',
  reads: ['leaders'],
  unit: 'seconds',
  threshold: { criticalSeconds: 60 },
  source: 'kubernetes-mixin KubeControllerManagerDown; leases last 15 s and are renewed every 2 s',

  evaluate({ leaders }, { criticalSeconds }) {
    const lease = leaders.leases.find(({ component }) => component === 'kube-controller-manager');
    if (!lease) return notApplicable('not-present');
    if (!lease.held || lease.renewedAt === undefined) return [{}];
    return above(leaders.takenAt - lease.renewedAt, { critical: criticalSeconds });
  },
});
