import type { Cluster } from '../../../kube/cluster.ts';
import { type Json, listAt, nameOf, namespaceOf, textAt } from '../../../kube/read.ts';
import { CLUSTER_ROLE_BINDINGS, CLUSTER_ROLES, listing, ROLE_BINDINGS, ROLES, SERVICE_ACCOUNTS } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { SUBJECTS } from '../../../wire/sections/cluster/objects-access.ts';
import { isSystemNamespace } from '../../../wire/well-known.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { NotableRows } from './notable-rows.ts';
import { type Grant, grantsOf } from './role-grants.ts';

export type BindingRow = Sections['rbac']['rows'][number];
type Subject = (typeof SUBJECTS)[number];
/** What bindings are held against. */
export interface Known {
  /** Grants by `namespace/role`; the namespace is empty for ClusterRoles. */
  readonly roles: ReadonlyMap<string, readonly Grant[]>;
  /** `namespace/name` of all service accounts. */
  readonly accounts: ReadonlySet<string>;
}

/** Roles that Kubernetes and kubeadm themselves give to everyone: version, health, API groups, the public cluster info, the keys of tokens. */
const PUBLIC_ROLES: ReadonlySet<string> = new Set([
  'system:public-info-viewer',
  'system:discovery',
  'system:basic-user',
  'system:service-account-issuer-discovery',
  'kubeadm:bootstrap-signer-clusterinfo',
]);
/** Namespaces whose Secrets and pods open the whole cluster. */
const KEYS_TO_THE_CLUSTER: ReadonlySet<string> = new Set(['kube-system']);

function accountSubject(namespace: string, name: string, accounts: ReadonlySet<string>): readonly Subject[] {
  const out: Subject[] = [isSystemNamespace(namespace) ? 'platform' : name === 'default' ? 'default-account' : 'tenant'];
  if (!accounts.has(`${namespace}/${name}`)) out.push('missing-account');
  return out;
}
/** Whom one subject of a binding stands for. */
export function subjectOf(subject: unknown, accounts: ReadonlySet<string>): readonly Subject[] {
  const name = textAt(subject, 'name') ?? '';
  if (textAt(subject, 'kind') === 'ServiceAccount') return accountSubject(textAt(subject, 'namespace') ?? '', name, accounts);
  const [, namespace, account] = /^system:serviceaccount:([^:]{1,253}):([^:]{1,253})$/.exec(name) ?? [];
  if (namespace !== undefined && account !== undefined) return accountSubject(namespace, account, accounts);
  const ofNamespace = /^system:serviceaccounts:([^:]{1,253})$/.exec(name)?.[1];
  if (ofNamespace !== undefined) return [isSystemNamespace(ofNamespace) ? 'platform' : 'tenant'];
  if (name === 'system:anonymous' || name === 'system:unauthenticated') return ['anonymous'];
  if (name === 'system:authenticated') return ['authenticated'];
  if (name === 'system:serviceaccounts') return ['all-accounts'];
  return [/^(system:|kubeadm:)/.test(name) ? 'platform' : 'tenant'];
}

/** Projects a binding; `undefined` when nothing about it is notable. */
export function toBindingRow(binding: Json, kind: BindingRow['kind'], { roles, accounts }: Known): BindingRow | undefined {
  const role = textAt(binding, 'roleRef', 'name') ?? '';
  const name = nameOf(binding);
  if (PUBLIC_ROLES.has(role)) return undefined;
  const namespace = namespaceOf(binding);
  const grants = roles.get(textAt(binding, 'roleRef', 'kind') === 'Role' ? `${namespace}/${role}` : `/${role}`);
  const builtIn = name.startsWith('system:'); // their controllers' accounts are made when the controller first runs
  const subjects = new Set(listAt(binding, 'subjects').flatMap((subject) => subjectOf(subject, accounts)));
  if (builtIn) subjects.delete('missing-account');
  const isNotable =
    (grants === undefined && !builtIn) ||
    subjects.has('missing-account') ||
    ['anonymous', 'authenticated', 'all-accounts', 'default-account'].some((one) => subjects.has(one as Subject));
  const isDangerous = subjects.has('tenant') && grants !== undefined && !grants.includes('other');
  if (!isNotable && !isDangerous) return undefined;
  return {
    kind,
    ...(namespace !== '' && { namespace }),
    name,
    clusterWide: kind === 'ClusterRoleBinding' || KEYS_TO_THE_CLUSTER.has(namespace),
    clusterAdmin: role === 'cluster-admin',
    grants: grants ?? ['other'],
    subjects: [...subjects],
    roleMissing: grants === undefined && !builtIn,
  };
}

async function known(cluster: Cluster, signal: AbortSignal): Promise<Known & { readonly clusterRoles: number }> {
  const accounts = new Set<string>();
  for await (const item of cluster.list(SERVICE_ACCOUNTS, signal)) accounts.add(`${namespaceOf(item)}/${nameOf(item)}`);
  const roles = new Map<string, readonly Grant[]>();
  for await (const item of cluster.list(CLUSTER_ROLES, signal)) roles.set(`/${nameOf(item)}`, grantsOf(item));
  const clusterRoles = roles.size;
  for await (const item of cluster.list(ROLES, signal)) roles.set(`${namespaceOf(item)}/${nameOf(item)}`, grantsOf(item));
  return { accounts, roles, clusterRoles };
}

export const rbac = clusterGatherer({
  section: 'rbac',
  needs: [SERVICE_ACCOUNTS, CLUSTER_ROLES, ROLES, CLUSTER_ROLE_BINDINGS, ROLE_BINDINGS].map(listing),
  deadlineMs: 180_000,

  async gather(cluster, signal) {
    const facts = await known(cluster, signal);
    const rows = new NotableRows<BindingRow>(3_000);
    const counts = { ClusterRoleBinding: 0, RoleBinding: 0 };
    for (const [kind, resource] of [
      ['ClusterRoleBinding', CLUSTER_ROLE_BINDINGS],
      ['RoleBinding', ROLE_BINDINGS],
    ] as const) {
      for await (const item of cluster.list(resource, signal)) {
        counts[kind] += 1;
        const row = toBindingRow(item, kind, facts);
        if (row) rows.add(row, row.clusterWide && !row.grants.includes('other'));
      }
    }
    return {
      clusterRoles: facts.clusterRoles,
      roles: facts.roles.size - facts.clusterRoles,
      clusterRoleBindings: counts.ClusterRoleBinding,
      roleBindings: counts.RoleBinding,
      dropped: rows.dropped,
      rows: rows.rows,
    };
  },
});
