import { defineCheck } from '../check.ts';

export const rbacAnonymousBound = defineCheck({
  id: 'security-rbac-anonymous-bound',
  area: 'security',
  title: { zh: '匿名用户获得了权限', en: 'Permissions granted to anonymous users' },
  why: { zh: '无需登录就能使用这些权限，能连到 API 的人都可以。', en: 'Anyone who can reach the API can use these permissions without authenticating.' },
  remedy: {
    zh: '执行 `kubectl get clusterrolebinding <名称> -o yaml`（或 `kubectl -n <命名空间> get rolebinding <名称> -o yaml`）查看主体与角色；从主体中删除 `system:anonymous` 与 `system:unauthenticated`。',
    en: 'Run `kubectl get clusterrolebinding <name> -o yaml` (or `kubectl -n <namespace> get rolebinding <name> -o yaml`) to review the subjects and the role; remove `system:anonymous` and `system:unauthenticated` from the subjects.',
  },
  severity: 'critical',
  reads: ['rbac'],
  unit: 'count',
  threshold: {},
  source: 'CIS 5.1.1 and 4.2.1, kubescape C-0262 (anonymous access); the bindings of Kubernetes itself for version and health are left out',

  evaluate({ rbac }) {
    return rbac.rows
      .filter((row) => row.subjects.includes('anonymous'))
      .map(({ kind, namespace, name }) => ({ scope: { kind, ...(namespace !== undefined && { namespace }), name } }));
  },
});
