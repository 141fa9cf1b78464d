import { defineCheck, unknown } from '../check.ts';

export const hpaUnableToScale = defineCheck({
  id: 'workload-hpa-unable-to-scale',
  area: 'workload',
  title: { zh: 'HPA 无法修改副本数', en: 'HorizontalPodAutoscalers unable to scale' },
  why: { zh: '负载升高时副本数改不上去，服务会过载。', en: 'The replica count cannot be changed when load rises, and the service may be overloaded.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe hpa <名称>` 查看 AbleToScale 的原因；多为伸缩对象没有 scale 子资源或权限不足。',
    en: 'Run `kubectl -n <namespace> describe hpa <name>` to see the reason given for AbleToScale; usually the target has no scale subresource or a permission is missing.',
  },
  severity: 'warning',
  reads: ['autoscalers'],
  unit: 'seconds',
  threshold: { minimumSeconds: 900 },
  source: 'awesome-prometheus-alerts KubernetesHpaScaleInability; 15 min',

  evaluate({ autoscalers }, { minimumSeconds }, { now }) {
    if (autoscalers.rows.length > 0 && autoscalers.rows.every(({ ableToScale }) => ableToScale === undefined)) return unknown();
    return autoscalers.rows.flatMap((row) => {
      const seconds = now - (row.ableToScaleChangedAt ?? row.createdAt);
      if (row.ableToScale !== 'False' || row.targetExists === false || seconds < minimumSeconds) return [];
      return [{ scope: { kind: 'HorizontalPodAutoscaler', namespace: row.namespace, name: row.name }, observed: seconds, threshold: minimumSeconds }];
    });
  },
});
