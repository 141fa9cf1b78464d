import { defineCheck, unknown } from '../check.ts';

export const hpaTargetMissing = defineCheck({
  id: 'workload-hpa-target-missing',
  area: 'workload',
  title: { zh: 'HPA 的伸缩对象不存在', en: 'HorizontalPodAutoscalers with a missing scale target' },
  why: { zh: '自动伸缩不起作用，负载升高时不会扩容。', en: 'Autoscaling has no effect: no replicas are added when load rises.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe hpa <名称>` 核对 scaleTargetRef；修正对象名称，或删除该 HPA。',
    en: 'Run `kubectl -n <namespace> describe hpa <name>` to check scaleTargetRef; correct the name or delete the autoscaler.',
  },
  severity: 'warning',
  reads: ['autoscalers'],
  unit: 'value',
  threshold: {},
  source: 'popeye 600, k8sgpt',

  evaluate({ autoscalers }) {
    const missing = autoscalers.rows.filter(({ targetExists }) => targetExists === false);
    if (missing.length === 0 && autoscalers.rows.some(({ targetExists, targetKind }) => targetExists === undefined && targetKind !== 'other')) return unknown('forbidden');
    return missing.map((row) => ({ scope: { kind: 'HorizontalPodAutoscaler', namespace: row.namespace, name: row.name }, observed: row.targetKind }));
  },
});
