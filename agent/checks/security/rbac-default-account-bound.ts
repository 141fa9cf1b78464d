import { defineCheck } from '../check.ts';

export const rbacDefaultAccountBound = defineCheck({
  id: 'security-rbac-default-account-bound',
  area: 'security',
  title: { zh: '默认服务账号获得了权限', en: 'Permissions granted to the default service account' },
  why: { zh: '命名空间里每个没有指定账号的 Pod 都得到这些权限。', en: 'Every pod in the namespace that specifies no account gets these permissions.' },
  remedy: {
    zh: '执行 `kubectl get clusterrolebinding <名称> -o yaml`（或 `kubectl -n <命名空间> get rolebinding <名称> -o yaml`）查看主体与角色；为需要权限的工作负载建立专用服务账号，再从绑定中移除 `default`。',
    en: 'Run `kubectl get clusterrolebinding <name> -o yaml` (or `kubectl -n <namespace> get rolebinding <name> -o yaml`) to review the subjects and the role; create a dedicated service account for the workload that needs the permissions, then remove `default` from the binding.',
  },
  severity: 'warning',
  reads: ['rbac'],
  unit: 'count',
  threshold: {},
  source: 'popeye POP-300, CIS 5.1.5 (default service accounts are not actively used)',

  evaluate({ rbac }) {
    return rbac.rows
      .filter((row) => row.subjects.includes('default-account'))
      .map(({ kind, namespace, name }) => ({ scope: { kind, ...(namespace !== undefined && { namespace }), name } }));
  },
});
