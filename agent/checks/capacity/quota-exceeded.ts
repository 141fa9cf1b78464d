import { defineCheck, notApplicable } from '../check.ts';

export const quotaExceeded = defineCheck({
  id: 'capacity-quota-exceeded',
  area: 'capacity',
  title: { zh: '资源用量超出配额', en: 'Resource usage above quota' },
  why: { zh: '该命名空间不能再创建任何东西，Pod 重建也会失败。', en: 'Nothing more can be created in the namespace; even recreating pods fails.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe resourcequota` 核对超出的资源；通常是配额被调低所致，调回配额或减少用量，否则 Pod 重建时会失败。',
    en: 'Run `kubectl -n <namespace> describe resourcequota` to see what is over quota; usually the quota was lowered, so restore it or reduce usage, otherwise pods cannot be recreated.',
  },
  severity: 'warning',
  reads: ['quotas'],
  unit: 'percent',
  threshold: { abovePercent: 100 },
  source: 'kubernetes-mixin KubeQuotaExceeded (> 100 %)',

  evaluate({ quotas }, { abovePercent }) {
    if (quotas.total === 0) return notApplicable('not-in-use');
    return quotas.rows
      .filter(({ usedPercent }) => usedPercent > abovePercent)
      .map(({ namespace, name, usedPercent }) => ({ scope: { kind: 'ResourceQuota', namespace, name }, observed: Math.round(usedPercent * 10) / 10, threshold: abovePercent }));
  },
});
