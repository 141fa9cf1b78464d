/** Sections about role bindings and service accounts. */
import { bool, counter, list, name, oneOf, optional, someOf, text } from '../../fields.ts';
import { defineSection } from '../../section.ts';

/** What a role allows that matters: `everything` = all verbs on all resources of all groups. */
export const GRANTS = ['everything', 'exec', 'secrets', 'escalation', 'node-proxy', 'tokens', 'other'] as const;
/** Whom a binding is for, as far as it matters. `tenant`: people, groups and accounts that are no part of the platform. */
export const SUBJECTS = ['anonymous', 'authenticated', 'all-accounts', 'default-account', 'tenant', 'missing-account', 'platform'] as const;

export const rbac = defineSection({
  id: 'rbac',
  domain: 'cluster',
  group: 'security',
  purpose: text('角色绑定：谁得到了哪些危险权限', 'Role bindings: who has which dangerous rights'),
  fields: {
    clusterRoles: counter(text('ClusterRole 数', 'Cluster roles')),
    roles: counter(text('Role 数', 'Roles')),
    clusterRoleBindings: counter(text('ClusterRoleBinding 数', 'Cluster role bindings')),
    roleBindings: counter(text('RoleBinding 数', 'Role bindings')),
    dropped: counter(text('超出行数上限、未列出的绑定数', 'Notable bindings left out over the cap')),
    rows: list(text('值得注意的绑定', 'Notable bindings'), 3_000, {
      kind: oneOf(text('绑定类型', 'Kind of the binding'), ['ClusterRoleBinding', 'RoleBinding']),
      namespace: optional(name(text('命名空间', 'Namespace'), 'namespace')),
      name: name(text('绑定名称', 'Binding'), 'rbac'),
      clusterWide: bool(text('等效于对整个集群有效', 'Holds for the whole cluster, or for kube-system, which amounts to it')),
      clusterAdmin: bool(text('绑定的是 cluster-admin', 'The role is cluster-admin')),
      grants: someOf(text('权限', 'What it grants'), GRANTS),
      subjects: someOf(text('主体', 'Whom it is for'), SUBJECTS),
      roleMissing: bool(text('角色不存在', 'The role does not exist')),
    }),
  },
});

export const serviceAccounts = defineSection({
  id: 'serviceAccounts',
  domain: 'cluster',
  group: 'security',
  purpose: text('服务账号', 'Service accounts'),
  fields: {
    total: counter(text('服务账号总数', 'Service accounts')),
    tenant: counter(text('租户命名空间中的服务账号数', 'Service accounts in tenant namespaces')),
    tenantWithSecrets: counter(text('列有长期令牌 Secret 的租户服务账号数', 'Tenant accounts that list a long-lived token Secret')),
    tenantDefaults: counter(text('租户命名空间的默认服务账号数', 'Default accounts of tenant namespaces')),
    tenantDefaultsAutomounted: counter(text('会自动挂载令牌的租户默认服务账号数', 'Default accounts of tenant namespaces whose token is mounted into every pod')),
  },
});

export const CLUSTER_ACCESS_SECTIONS = { rbac, serviceAccounts } as const;
