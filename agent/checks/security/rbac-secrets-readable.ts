import { defineCheck } from '../check.ts';

export const rbacSecretsReadable = defineCheck({
  id: 'security-rbac-secrets-readable',
  area: 'security',
  title: { zh: '平台以外的主体可以读取全部 Secret', en: 'Non-platform subjects able to read all Secrets' },
  why: { zh: '持有者能读到所有租户的口令、证书和令牌。', en: 'The holder can read the passwords, certificates and tokens of all tenants.' },
  remedy: {
    zh: '执行 `kubectl get clusterrolebinding <名称> -o yaml`（或 `kubectl -n <命名空间> get rolebinding <名称> -o yaml`）查看主体与角色；改为只授予所需命名空间中具名的 Secret。',
    en: 'Run `kubectl get clusterrolebinding <name> -o yaml` (or `kubectl -n <namespace> get rolebinding <name> -o yaml`) to review the subjects and the role; grant access only to named Secrets in the namespaces that need it.',
  },
  severity: 'warning',
  reads: ['rbac'],
  unit: 'count',
  threshold: {},
  source: 'CIS 5.1.2, kubescape C-0186 (list Kubernetes secrets)',

  evaluate({ rbac }) {
    return rbac.rows
      .filter((row) => row.clusterWide && row.subjects.includes('tenant') && !row.clusterAdmin && !row.grants.includes('everything') && row.grants.includes('secrets'))
      .map(({ kind, namespace, name }) => ({ scope: { kind, ...(namespace !== undefined && { namespace }), name } }));
  },
});
