import { defineCheck, notApplicable, unknown } from '../check.ts';
import { tenantNamespaces } from '../tenant-namespaces.ts';

const DAY = 86_400;

export const namespaceEmpty = defineCheck({
  id: 'workload-namespace-empty',
  area: 'workload',
  title: { zh: '命名空间中长期没有 Pod 与工作负载', en: 'Old namespaces without pods or workloads' },
  why: { zh: '遗留的账号、凭据和配额无人管理，可能被人利用。', en: 'Leftover accounts, credentials and quotas are unmanaged and may be misused.' },
  remedy: {
    zh: '执行 `kubectl api-resources --verbs=list --namespaced -o name | xargs -n1 kubectl -n <命名空间> get --ignore-not-found` 确认其中确实没有需要的对象，再与所有者商定后删除。',
    en: 'Run `kubectl api-resources --verbs=list --namespaced -o name | xargs -n1 kubectl -n <namespace> get --ignore-not-found` to confirm that it contains nothing that is needed, then agree with its owner and delete it.',
  },
  severity: 'info',
  setup: true,
  reads: ['namespaces', 'pods', 'workloads'],
  unit: 'days',
  threshold: { olderThanDays: 30 },
  source: 'popeye POP-400; a month without anything is no deployment under way, by practice',

  evaluate({ namespaces, pods, workloads }, { olderThanDays }, { now }) {
    const tenants = tenantNamespaces(namespaces);
    if (tenants.length === 0) return notApplicable('not-in-use');
    if (pods.namespacesDropped > 0 || workloads.dropped > 0) return unknown('truncated');
    const used = new Set([...pods.byNamespace, ...workloads.rows].map(({ namespace }) => namespace));
    return tenants
      .filter(({ name, createdAt }) => !used.has(name) && now - createdAt > olderThanDays * DAY)
      .map(({ name, createdAt }) => ({ scope: { kind: 'Namespace', name }, observed: Math.floor((now - createdAt) / DAY), threshold: olderThanDays }));
  },
});
