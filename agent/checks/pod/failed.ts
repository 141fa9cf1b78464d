import { defineCheck } from '../check.ts';
import { byOwner, isOfJob } from '../pod-rows.ts';

export const failed = defineCheck({
  id: 'pod-failed',
  area: 'pod',
  title: { zh: 'Pod 已失败', en: 'Failed pods' },
  why: { zh: '失败的 Pod 不会重来：一次性任务没有完成，或节点曾把它驱逐。', en: 'A failed pod is not retried: its one-off task was not completed, or the node evicted it.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe pod <Pod>` 与 `kubectl -n <命名空间> logs <Pod>` 查明原因；确认不再需要后删除，并为需要重启的应用改用 Deployment 等控制器。',
    en: 'Run `kubectl -n <namespace> describe pod <pod>` and `kubectl -n <namespace> logs <pod>` to find the cause; delete the pod once it is no longer needed, and use a controller such as a Deployment for applications that should restart.',
  },
  severity: 'warning',
  reads: ['pods'],
  unit: 'count',
  threshold: {},
  source: 'popeye 207, k8sgpt: phase Failed; pods of Jobs and evicted ones are counted elsewhere',

  evaluate({ pods }) {
    return byOwner(pods.abnormal, (row) => (row.phase === 'Failed' && row.deletedAt === undefined && !isOfJob(row) ? { observed: row.restarts } : undefined));
  },
});
