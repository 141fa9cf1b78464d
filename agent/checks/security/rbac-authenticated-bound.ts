import { defineCheck } from '../check.ts';

export const rbacAuthenticatedBound = defineCheck({
  id: 'security-rbac-authenticated-bound',
  area: 'security',
  title: { zh: '所有已认证用户都获得了权限', en: 'Permissions granted to all authenticated users' },
  why: { zh: '任何一个账号或 Pod 都拥有这些权限，远超其所需。', en: 'Every account and every pod has these permissions, far beyond what it needs.' },
  remedy: {
    zh: '执行 `kubectl get clusterrolebinding <名称> -o yaml`（或 `kubectl -n <命名空间> get rolebinding <名称> -o yaml`）查看主体与角色；把 `system:authenticated` 换成具体的用户组或服务账号。',
    en: 'Run `kubectl get clusterrolebinding <name> -o yaml` (or `kubectl -n <namespace> get rolebinding <name> -o yaml`) to review the subjects and the role; replace `system:authenticated` with specific groups or service accounts.',
  },
  severity: 'warning',
  reads: ['rbac'],
  unit: 'count',
  threshold: {},
  source: 'kubescape C-0262 (access for all authenticated users); critical when the role is dangerous',

  evaluate({ rbac }) {
    return rbac.rows
      .filter((row) => row.subjects.includes('authenticated'))
      .map(({ kind, namespace, name, clusterWide, grants }) => ({
        scope: { kind, ...(namespace !== undefined && { namespace }), name },
        ...(clusterWide && !grants.includes('other') && { severity: 'critical' as const }),
      }));
  },
});
