import { defineCheck } from '../check.ts';
import { workloadScope } from '../workload-rows.ts';

export const deploymentPaused = defineCheck({
  id: 'workload-deployment-paused',
  area: 'workload',
  title: { zh: 'Deployment 长期处于暂停状态', en: 'Deployments paused for a long time' },
  why: { zh: '新的镜像和配置都不会生效，安全修复以为发了其实没发。', en: 'New images and settings do not take effect: a security fix believed to be released is not.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> rollout history deployment/<名称>` 确认暂停的原因；暂停期间的修改不会生效，完成后恢复发布。',
    en: 'Run `kubectl -n <namespace> rollout history deployment/<name>` to find out why it was paused; changes made meanwhile have no effect until the rollout is resumed.',
  },
  severity: 'info',
  reads: ['workloads'],
  unit: 'seconds',
  threshold: { olderThanSeconds: 86_400 },
  source: 'practice: a pause is a step of a rollout, after a day it is a forgotten one',

  evaluate({ workloads }, { olderThanSeconds }, { now }) {
    return workloads.rows.flatMap((row) => {
      const seconds = now - (row.rolloutChangedAt ?? row.createdAt);
      return row.rollout === 'paused' && seconds >= olderThanSeconds ? [{ scope: workloadScope(row), observed: seconds, threshold: olderThanSeconds }] : [];
    });
  },
});
