import { defineCheck } from '../check.ts';

export const rbacTokenCreationAllowed = defineCheck({
  id: 'security-rbac-token-creation-allowed',
  area: 'security',
  title: { zh: '平台以外的主体可以为任意服务账号签发令牌', en: "Non-platform subjects able to issue any account's tokens" },
  why: { zh: '持有者可以冒充任何服务账号，包括有管理员权限的。', en: 'The holder can impersonate any service account, including those with administrator permissions.' },
  remedy: {
    zh: '执行 `kubectl get clusterrolebinding <名称> -o yaml`（或 `kubectl -n <命名空间> get rolebinding <名称> -o yaml`）查看主体与角色；删除 `serviceaccounts/token` 的 create 权限，或限定到具名的服务账号。',
    en: 'Run `kubectl get clusterrolebinding <name> -o yaml` (or `kubectl -n <namespace> get rolebinding <name> -o yaml`) to review the subjects and the role; remove the create permission on `serviceaccounts/token`, or limit it to named service accounts.',
  },
  severity: 'warning',
  reads: ['rbac'],
  unit: 'count',
  threshold: {},
  source: 'CIS 5.1.13 (service account token creation)',

  evaluate({ rbac }) {
    return rbac.rows
      .filter((row) => row.clusterWide && row.subjects.includes('tenant') && !row.clusterAdmin && !row.grants.includes('everything') && row.grants.includes('tokens'))
      .map(({ kind, namespace, name }) => ({ scope: { kind, ...(namespace !== undefined && { namespace }), name } }));
  },
});
