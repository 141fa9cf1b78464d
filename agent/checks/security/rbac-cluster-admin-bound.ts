import { defineCheck } from '../check.ts';

export const rbacClusterAdminBound = defineCheck({
  id: 'security-rbac-cluster-admin-bound',
  area: 'security',
  title: { zh: '集群管理员角色授予了平台以外的主体', en: 'cluster-admin bound to non-platform subjects' },
  why: { zh: '该账号泄露就失去整个集群：可读全部密钥，可删全部数据。', en: 'If that account leaks, the whole cluster is lost: all Secrets can be read and all data deleted.' },
  remedy: {
    zh: '执行 `kubectl get clusterrolebinding <名称> -o yaml`（或 `kubectl -n <命名空间> get rolebinding <名称> -o yaml`）查看主体与角色；确认持有人仍需要全部权限，否则换成只含所需权限的角色。',
    en: 'Run `kubectl get clusterrolebinding <name> -o yaml` (or `kubectl -n <namespace> get rolebinding <name> -o yaml`) to review the subjects and the role; confirm that the holder still needs full permissions, otherwise bind a role with only those required.',
  },
  severity: 'warning',
  reads: ['rbac'],
  unit: 'count',
  threshold: {},
  source: 'popeye POP-308 and kubeeye cluster-admin rules, kubescape C-0185, CIS 5.1.1',

  evaluate({ rbac }) {
    return rbac.rows
      .filter((row) => row.clusterAdmin && row.clusterWide && row.subjects.includes('tenant'))
      .map(({ kind, namespace, name }) => ({ scope: { kind, ...(namespace !== undefined && { namespace }), name } }));
  },
});
