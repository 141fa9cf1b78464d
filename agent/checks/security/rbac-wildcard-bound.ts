import { defineCheck } from '../check.ts';

export const rbacWildcardBound = defineCheck({
  id: 'security-rbac-wildcard-bound',
  area: 'security',
  title: { zh: '对所有资源有全部权限的角色授予了平台以外的主体', en: 'Role with full permissions bound to non-platform subjects' },
  why: { zh: '等同于集群管理员：一次泄露或误操作就影响整个集群。', en: 'It is equivalent to cluster administrator: one leak or mistake can affect the whole cluster.' },
  remedy: {
    zh: '执行 `kubectl get clusterrolebinding <名称> -o yaml`（或 `kubectl -n <命名空间> get rolebinding <名称> -o yaml`）查看主体与角色；把 `verbs: ["*"]` 与 `resources: ["*"]` 改为实际用到的动作和资源。',
    en: 'Run `kubectl get clusterrolebinding <name> -o yaml` (or `kubectl -n <namespace> get rolebinding <name> -o yaml`) to review the subjects and the role; replace `verbs: ["*"]` and `resources: ["*"]` with the verbs and resources actually used.',
  },
  severity: 'warning',
  reads: ['rbac'],
  unit: 'count',
  threshold: {},
  source: 'CIS 5.1.3, polaris clusterrolebindingClusterAdmin, kubescape C-0187',

  evaluate({ rbac }) {
    return rbac.rows
      .filter((row) => row.grants.includes('everything') && !row.clusterAdmin && row.clusterWide && row.subjects.includes('tenant'))
      .map(({ kind, namespace, name }) => ({ scope: { kind, ...(namespace !== undefined && { namespace }), name } }));
  },
});
