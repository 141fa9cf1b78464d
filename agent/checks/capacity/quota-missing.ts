import { defineCheck, notApplicable, unknown } from '../check.ts';
import { tenantNamespaces } from '../tenant-namespaces.ts';

export const quotaMissing = defineCheck({
  id: 'capacity-quota-missing',
  area: 'capacity',
  title: { zh: '租户命名空间没有资源配额', en: 'Tenant namespaces without a ResourceQuota' },
  why: { zh: '一个租户可以用光集群资源，影响其他所有人。', en: "One tenant can use up the cluster's resources and affect everyone else." },
  remedy: {
    zh: '执行 `kubectl get resourcequota -A` 核对；为每个租户命名空间设置 ResourceQuota，避免一个租户占尽集群资源。',
    en: 'Run `kubectl get resourcequota -A` to check; define a ResourceQuota in every tenant namespace so that one tenant cannot exhaust the cluster.',
  },
  severity: 'info',
  reads: ['namespaces'],
  unit: 'count',
  threshold: { minimumCount: 1 },
  source: 'practice: isolation of tenants; Kubernetes docs, multi-tenancy',

  evaluate({ namespaces }, { minimumCount }) {
    const tenants = tenantNamespaces(namespaces);
    if (tenants.length === 0) return notApplicable('not-in-use');
    if (tenants.every(({ quotas }) => quotas === undefined)) return unknown('forbidden');
    return tenants.filter(({ quotas = minimumCount }) => quotas < minimumCount).map(({ name }) => ({ scope: { kind: 'Namespace', name } }));
  },
});
