import { defineCheck } from '../check.ts';

export const rbacAllAccountsBound = defineCheck({
  id: 'security-rbac-all-accounts-bound',
  area: 'security',
  title: { zh: '所有服务账号都获得了权限', en: 'Permissions granted to all service accounts' },
  why: { zh: '任何一个 Pod 被攻破，攻击者就拥有这些权限。', en: 'If any pod is compromised, the attacker has these permissions.' },
  remedy: {
    zh: '执行 `kubectl get clusterrolebinding <名称> -o yaml`（或 `kubectl -n <命名空间> get rolebinding <名称> -o yaml`）查看主体与角色；把 `system:serviceaccounts` 换成需要该权限的服务账号。',
    en: 'Run `kubectl get clusterrolebinding <name> -o yaml` (or `kubectl -n <namespace> get rolebinding <name> -o yaml`) to review the subjects and the role; replace `system:serviceaccounts` with the service accounts that need the permissions.',
  },
  severity: 'warning',
  reads: ['rbac'],
  unit: 'count',
  threshold: {},
  source: 'CIS 5.1.5 and 5.1.6: any pod can use what all service accounts may; critical when the role is dangerous',

  evaluate({ rbac }) {
    return rbac.rows
      .filter((row) => row.subjects.includes('all-accounts'))
      .map(({ kind, namespace, name, clusterWide, grants }) => ({
        scope: { kind, ...(namespace !== undefined && { namespace }), name },
        ...(clusterWide && !grants.includes('other') && { severity: 'critical' as const }),
      }));
  },
});
