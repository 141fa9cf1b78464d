import { defineCheck } from '../check.ts';

export const rbacExecAllowed = defineCheck({
  id: 'security-rbac-exec-allowed',
  area: 'security',
  title: { zh: '平台以外的主体可以进入任意容器执行命令', en: 'Non-platform subjects able to exec into any container' },
  why: { zh: '持有者能进入数据库等任意容器，读取数据和凭据。', en: 'The holder can enter any container, including databases, and read data and credentials.' },
  remedy: {
    zh: '执行 `kubectl get clusterrolebinding <名称> -o yaml`（或 `kubectl -n <命名空间> get rolebinding <名称> -o yaml`）查看主体与角色；删除 `pods/exec` 与 `pods/attach` 权限，或改为只在需要的命名空间授权。',
    en: 'Run `kubectl get clusterrolebinding <name> -o yaml` (or `kubectl -n <namespace> get rolebinding <name> -o yaml`) to review the subjects and the role; remove `pods/exec` and `pods/attach`, or grant them only in the namespaces where they are needed.',
  },
  severity: 'warning',
  reads: ['rbac'],
  unit: 'count',
  threshold: {},
  source: 'kubescape C-0002 (exec into container), kubeeye exec rule',

  evaluate({ rbac }) {
    return rbac.rows
      .filter((row) => row.clusterWide && row.subjects.includes('tenant') && !row.clusterAdmin && !row.grants.includes('everything') && row.grants.includes('exec'))
      .map(({ kind, namespace, name }) => ({ scope: { kind, ...(namespace !== undefined && { namespace }), name } }));
  },
});
