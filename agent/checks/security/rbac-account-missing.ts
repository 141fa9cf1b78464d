import { defineCheck } from '../check.ts';

export const rbacAccountMissing = defineCheck({
  id: 'security-rbac-account-missing',
  area: 'security',
  title: { zh: '绑定引用了不存在的服务账号', en: 'Bindings referencing a missing service account' },
  why: { zh: '以后谁创建这个同名账号，谁就直接得到这些权限。', en: 'Anyone who later creates an account with that name immediately gets these permissions.' },
  remedy: {
    zh: '执行 `kubectl get clusterrolebinding <名称> -o yaml`（或 `kubectl -n <命名空间> get rolebinding <名称> -o yaml`）查看主体与角色；确认服务账号是否已随应用卸载；删除残留的主体或绑定。',
    en: 'Run `kubectl get clusterrolebinding <name> -o yaml` (or `kubectl -n <namespace> get rolebinding <name> -o yaml`) to review the subjects and the role; check whether the service account was removed along with its application; remove the leftover subject or binding.',
  },
  severity: 'info',
  reads: ['rbac'],
  unit: 'count',
  threshold: {},
  source: 'popeye POP-1300 (references a service account that does not exist)',

  evaluate({ rbac }) {
    return rbac.rows
      .filter((row) => row.subjects.includes('missing-account'))
      .map(({ kind, namespace, name }) => ({ scope: { kind, ...(namespace !== undefined && { namespace }), name } }));
  },
});
