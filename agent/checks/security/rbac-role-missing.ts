import { defineCheck } from '../check.ts';

export const rbacRoleMissing = defineCheck({
  id: 'security-rbac-role-missing',
  area: 'security',
  title: { zh: '绑定引用了不存在的角色', en: 'Bindings referencing a missing role' },
  why: { zh: '绑定当前不起作用；以后创建的同名角色会立即授予这些主体。', en: 'It has no effect now, but a role created later with that name is granted to them at once.' },
  remedy: {
    zh: '执行 `kubectl get clusterrolebinding <名称> -o yaml`（或 `kubectl -n <命名空间> get rolebinding <名称> -o yaml`）查看主体与角色；确认角色是否误删；不再需要时删除绑定，否则日后同名角色会自动生效。',
    en: 'Run `kubectl get clusterrolebinding <name> -o yaml` (or `kubectl -n <namespace> get rolebinding <name> -o yaml`) to review the subjects and the role; check whether the role was deleted by mistake; if the binding is no longer needed, delete it, otherwise a later role of that name takes effect automatically.',
  },
  severity: 'info',
  reads: ['rbac'],
  unit: 'count',
  threshold: {},
  source: 'popeye POP-1300 (references a role that does not exist)',

  evaluate({ rbac }) {
    return rbac.rows.filter((row) => row.roleMissing).map(({ kind, namespace, name }) => ({ scope: { kind, ...(namespace !== undefined && { namespace }), name } }));
  },
});
