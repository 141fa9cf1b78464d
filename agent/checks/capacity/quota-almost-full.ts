import { defineCheck, notApplicable } from '../check.ts';

export const quotaAlmostFull = defineCheck({
  id: 'capacity-quota-almost-full',
  area: 'capacity',
  title: { zh: '资源配额即将用满', en: 'Resource quotas nearly used up' },
  why: { zh: '再发布或扩容就会被拒绝，滚动更新可能卡在中途。', en: 'The next release or scale-out may be rejected, and a rolling update may get stuck midway.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe resourcequota` 查看用量；与使用方确认后调高配额，或清理不用的资源。',
    en: 'Run `kubectl -n <namespace> describe resourcequota` to see the usage; raise the quota in agreement with its users, or remove unused resources.',
  },
  severity: 'info',
  reads: ['quotas'],
  unit: 'percent',
  threshold: { abovePercent: 90, belowPercent: 100 },
  source: 'kubernetes-mixin KubeQuotaAlmostFull (> 90 %)',

  evaluate({ quotas }, { abovePercent, belowPercent }) {
    if (quotas.total === 0) return notApplicable('not-in-use');
    return quotas.rows
      .filter(({ usedPercent }) => usedPercent > abovePercent && usedPercent < belowPercent)
      .map(({ namespace, name, usedPercent }) => ({ scope: { kind: 'ResourceQuota', namespace, name }, observed: Math.round(usedPercent * 10) / 10, threshold: abovePercent }));
  },
});
