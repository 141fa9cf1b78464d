import { defineCheck, notApplicable } from '../check.ts';

export const quotaFull = defineCheck({
  id: 'capacity-quota-full',
  area: 'capacity',
  title: { zh: '资源配额已用满', en: 'Resource quotas used up' },
  why: { zh: '新的 Pod 会被拒绝：扩容、发布甚至故障后的重建都会失败。', en: 'New pods are rejected: scaling, rollouts and even replacing failed pods do not work.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe resourcequota` 查看已用满的资源；调高配额或清理资源，否则新的对象会被拒绝，滚动升级可能卡住。',
    en: 'Run `kubectl -n <namespace> describe resourcequota` to see which resources are used up; raise the quota or free resources, otherwise new objects are rejected and rolling updates may get stuck.',
  },
  severity: 'warning',
  reads: ['quotas'],
  unit: 'percent',
  threshold: { abovePercent: 100 },
  source: 'kubernetes-mixin KubeQuotaFullyUsed (= 100 %)',

  evaluate({ quotas }, { abovePercent }) {
    if (quotas.total === 0) return notApplicable('not-in-use');
    return quotas.rows
      .filter(({ usedPercent }) => usedPercent === abovePercent)
      .map(({ namespace, name, usedPercent }) => ({ scope: { kind: 'ResourceQuota', namespace, name }, observed: Math.round(usedPercent * 10) / 10, threshold: abovePercent }));
  },
});
