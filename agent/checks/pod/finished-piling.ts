import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';

export const finishedPiling = defineCheck({
  id: 'pod-finished-piling',
  area: 'pod',
  title: { zh: '已结束的 Pod 大量积压', en: 'Accumulation of finished pods' },
  why: { zh: '结束的 Pod 越积越多，列表与控制器变慢，etcd 占用上升。', en: 'They slow down list operations and controllers and take up space in etcd.' },
  remedy: {
    zh: '执行 `kubectl get pods -A --field-selector=status.phase=Succeeded` 找出来源；为 Job 设置 ttlSecondsAfterFinished，为 CronJob 设置历史上限，并清理旧记录。',
    en: 'Run `kubectl get pods -A --field-selector=status.phase=Succeeded` to find where they come from; set ttlSecondsAfterFinished for Jobs and history limits for CronJobs, and delete the old ones.',
  },
  severity: 'info',
  reads: ['pods'],
  unit: 'count',
  threshold: { finishedCount: 2_000 },
  source: 'practice: kube-controller-manager only collects at 12,500 (--terminated-pod-gc-threshold); lists and etcd feel it much earlier',

  evaluate({ pods }, { finishedCount }) {
    return above(pods.finished, { info: finishedCount });
  },
});
