import { defineCheck } from '../check.ts';

export const rbacEscalationAllowed = defineCheck({
  id: 'security-rbac-escalation-allowed',
  area: 'security',
  title: { zh: '平台以外的主体可以提升自己的权限', en: 'Non-platform subjects able to escalate privileges' },
  why: { zh: '持有者可以给自己授予任何权限，等同于集群管理员。', en: 'The holder can grant itself any permission, which is equivalent to cluster administrator.' },
  remedy: {
    zh: '执行 `kubectl get clusterrolebinding <名称> -o yaml`（或 `kubectl -n <命名空间> get rolebinding <名称> -o yaml`）查看主体与角色；删除 `impersonate`、`escalate`、`bind` 权限。',
    en: 'Run `kubectl get clusterrolebinding <name> -o yaml` (or `kubectl -n <namespace> get rolebinding <name> -o yaml`) to review the subjects and the role; remove the verbs `impersonate`, `escalate` and `bind`.',
  },
  severity: 'warning',
  reads: ['rbac'],
  unit: 'count',
  threshold: {},
  source: 'CIS 5.1.8 (bind, impersonate and escalate), kubescape C-0065',

  evaluate({ rbac }) {
    return rbac.rows
      .filter((row) => row.clusterWide && row.subjects.includes('tenant') && !row.clusterAdmin && !row.grants.includes('everything') && row.grants.includes('escalation'))
      .map(({ kind, namespace, name }) => ({ scope: { kind, ...(namespace !== undefined && { namespace }), name } }));
  },
});
