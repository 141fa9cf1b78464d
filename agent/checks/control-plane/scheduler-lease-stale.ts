import { defineCheck, notApplicable } from '../check.ts';
import { above } from '../levels.ts';

export const schedulerLeaseStale = defineCheck({
  id: 'control-plane-scheduler-lease-stale',
  area: 'control-plane',
  title: { zh: '调度器的选主租约停止更新', en: 'Scheduler leader lease not renewed' },
  why: { zh: '没有调度器在工作：新建和重建的 Pod 都停在 Pending。', en: 'No scheduler is working: new and recreated pods remain Pending.' },
  remedy: {
    zh: '执行 `kubectl -n kube-system get lease kube-scheduler -o yaml` 查看续约时间，再用 `kubectl -n kube-system get pod -l component=kube-scheduler` 检查其 Pod；没有主时新的 Pod 不会被调度。',
    en: 'Run `kubectl -n kube-system get lease kube-scheduler -o yaml` to check the last renewal time, then `kubectl -n kube-system get pod -l component=kube-scheduler` to check its pods; without a leader, no new pods are scheduled.',
  },
  severity: 'critical',
  reads: ['leaders'],
  unit: 'seconds',
  threshold: { criticalSeconds: 60 },
  source: 'kubernetes-mixin KubeSchedulerDown; leases last 15 s and are renewed every 2 s',

  evaluate({ leaders }, { criticalSeconds }) {
    const lease = leaders.leases.find(({ component }) => component === 'kube-scheduler');
    if (!lease) return notApplicable('not-present');
    if (!lease.held || lease.renewedAt === undefined) return [{}];
    return above(leaders.takenAt - lease.renewedAt, { critical: criticalSeconds });
  },
});
