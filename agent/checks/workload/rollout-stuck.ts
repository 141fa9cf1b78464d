import { defineCheck } from '../check.ts';
import { workloadScope } from '../workload-rows.ts';

export const rolloutStuck = defineCheck({
  id: 'workload-rollout-stuck',
  area: 'workload',
  title: { zh: '发布停滞', en: 'Stalled Deployment rollouts' },
  why: { zh: '发布停在半途：新旧版本同时在服务，修复也发不出去。', en: 'Old and new versions serve side by side, and fixes cannot be rolled out either.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> rollout status deployment/<名称> --timeout=5s` 与 `kubectl -n <命名空间> describe deployment <名称>` 查看停在哪一步；修正新版本，或执行回滚。',
    en: 'Run `kubectl -n <namespace> rollout status deployment/<name> --timeout=5s` and `kubectl -n <namespace> describe deployment <name>` to see where it stalled; fix the new version or roll back.',
  },
  severity: 'warning',
  reads: ['workloads'],
  unit: 'seconds',
  threshold: { minimumSeconds: 900 },
  source: 'kubernetes-mixin KubeDeploymentRolloutStuck (15 min)',

  evaluate({ workloads }, { minimumSeconds }, { now }) {
    return workloads.rows.flatMap((row) => {
      const seconds = now - (row.rolloutChangedAt ?? row.createdAt);
      return row.rollout === 'stuck' && row.desired > 0 && seconds >= minimumSeconds ? [{ scope: workloadScope(row), observed: seconds, threshold: minimumSeconds }] : [];
    });
  },
});
