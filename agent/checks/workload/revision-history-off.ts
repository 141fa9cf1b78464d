import { defineCheck } from '../check.ts';
import { workloadScope } from '../workload-rows.ts';

export const revisionHistoryOff = defineCheck({
  id: 'workload-revision-history-off',
  area: 'workload',
  title: { zh: '未保留历史版本', en: 'No revision history retained' },
  why: { zh: '发布出问题时没有可回滚的版本，只能重新部署旧清单。', en: 'If a release goes wrong, there is no revision to roll back to.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> rollout history deployment/<名称>` 确认没有可回滚的版本；把 revisionHistoryLimit 设为保留数个版本。',
    en: 'Run `kubectl -n <namespace> rollout history deployment/<name>` to confirm that there is no revision to roll back to; set revisionHistoryLimit to keep a few revisions.',
  },
  severity: 'info',
  reads: ['workloads'],
  unit: 'count',
  threshold: {},
  source: 'practice: revisionHistoryLimit 0 takes `kubectl rollout undo` away (Kubernetes documentation, Deployment clean up policy)',

  evaluate({ workloads }) {
    return workloads.rows
      .filter(({ kind, system, revisionHistory }) => kind === 'Deployment' && !system && revisionHistory === 0)
      .map((row) => ({ scope: workloadScope(row), observed: true }));
  },
});
