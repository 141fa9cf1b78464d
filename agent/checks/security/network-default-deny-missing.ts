import { defineCheck, notApplicable, unknown } from '../check.ts';
import { tenantNamespaces } from '../tenant-namespaces.ts';

export const networkDefaultDenyMissing = defineCheck({
  id: 'security-network-default-deny-missing',
  area: 'security',
  title: { zh: '租户命名空间没有默认拒绝入站的网络策略', en: 'Tenant namespaces without a default-deny ingress policy' },
  why: { zh: '没有默认拒绝时，集群中任何 Pod 都能访问该命名空间的所有端口。', en: 'Without one, any pod in the cluster can reach every port in the namespace.' },
  remedy: {
    zh: '执行 `kubectl get networkpolicy -A` 查看；先按实际访问关系写允许策略，再增加 podSelector 为空、没有 ingress 规则的默认拒绝策略。所用 CNI 须支持 NetworkPolicy；由 CNI 自己的策略保证时登记为例外。',
    en: "Run `kubectl get networkpolicy -A`; first write allow policies for the traffic that is needed, then add a default-deny policy with an empty podSelector and no ingress rules. The CNI must support NetworkPolicy; record an exemption where the CNI's own policies ensure this.",
  },
  severity: 'info',
  reads: ['namespaces'],
  unit: 'count',
  threshold: { minimumCount: 1 },
  source: 'Polaris missingNetworkPolicy, kubescape C-0260, CIS 5.3.2; observed is the number of policies in the namespace',

  evaluate({ namespaces }, { minimumCount }) {
    const tenants = tenantNamespaces(namespaces);
    if (tenants.length === 0) return notApplicable('not-in-use');
    if (tenants.every(({ policies }) => policies === undefined)) return unknown('forbidden');
    return tenants
      .filter(({ policies, defaultDenyIngress }) => policies !== undefined && (policies < minimumCount || defaultDenyIngress !== true))
      .map(({ name, policies }) => ({ scope: { kind: 'Namespace', name }, observed: policies }));
  },
});
