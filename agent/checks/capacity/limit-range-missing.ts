import { defineCheck, notApplicable, unknown } from '../check.ts';
import { tenantNamespaces } from '../tenant-namespaces.ts';

export const limitRangeMissing = defineCheck({
  id: 'capacity-limit-range-missing',
  area: 'capacity',
  title: { zh: '租户命名空间没有 LimitRange', en: 'Tenant namespaces without a LimitRange' },
  why: { zh: '没写请求和限制的容器不受约束，一个租户就能挤占其他租户。', en: 'Containers without requests and limits are unrestricted, so one tenant can crowd out others.' },
  remedy: {
    zh: '执行 `kubectl get limitrange -A` 核对；为租户命名空间设置 LimitRange，使未声明请求与限制的容器得到默认值。',
    en: 'Run `kubectl get limitrange -A` to check; define a LimitRange in tenant namespaces so that containers without requests and limits get defaults.',
  },
  severity: 'info',
  reads: ['namespaces'],
  unit: 'count',
  threshold: { minimumCount: 1 },
  source: 'practice: isolation of tenants; Kubernetes docs, multi-tenancy',

  evaluate({ namespaces }, { minimumCount }) {
    const tenants = tenantNamespaces(namespaces);
    if (tenants.length === 0) return notApplicable('not-in-use');
    if (tenants.every(({ limitRanges }) => limitRanges === undefined)) return unknown('forbidden');
    return tenants.filter(({ limitRanges = minimumCount }) => limitRanges < minimumCount).map(({ name }) => ({ scope: { kind: 'Namespace', name } }));
  },
});
