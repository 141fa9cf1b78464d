import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../../../agent/gatherers/cluster/objects/rbac.ts';
import { grantsOf } from '../../../../agent/gatherers/cluster/objects/role-grants.ts';
import { CLUSTER_ROLE_BINDINGS, CLUSTER_ROLES, ROLE_BINDINGS, ROLES, SERVICE_ACCOUNTS } from '../../../../agent/kube/resources.ts';
import { gather, gathered, HOSTILE, meta, type Objects } from './gathered.ts';

const rule = (apiGroups: readonly string[], resources: readonly string[], verbs: readonly string[], more: object = {}): object => ({
  rules: [{ apiGroups, resources, verbs, ...more }],
});

describe('what a role grants', () => {
  it.each([
    [rule(['*'], ['*'], ['*']), ['everything', 'exec', 'secrets', 'escalation', 'node-proxy', 'tokens']],
    [rule([''], ['pods', 'pods/log'], ['get', 'list', 'watch']), ['other']],
    [rule([''], ['pods/exec'], ['create']), ['exec']],
    [rule([''], ['*/exec'], ['create']), ['exec']],
    [rule([''], ['secrets'], ['list']), ['secrets']],
    [rule([''], ['secrets'], ['get'], { resourceNames: ['tls'] }), ['other']],
    [rule([''], ['secrets'], ['create']), ['other']],
    [rule(['apps'], ['*'], ['*']), ['other']],
    [rule(['rbac.authorization.k8s.io'], ['clusterroles'], ['bind']), ['escalation']],
    [rule([''], ['serviceaccounts'], ['impersonate']), ['escalation']],
    [rule([''], ['nodes/proxy'], ['get']), ['node-proxy']],
    [rule([''], ['serviceaccounts/token'], ['create']), ['tokens']],
    [{ rules: [{ nonResourceURLs: ['*'], verbs: ['*'] }] }, ['other']],
    [{ rules: null }, ['other']],
  ])('%j', (role, grants) => {
    expect(grantsOf(role)).toEqual(grants);
  });
});

describe('whom a subject stands for', () => {
  const accounts = new Set(['shop/app', 'kube-system/dns', 'shop/default']);
  it.each([
    [{ kind: 'User', name: 'alice' }, ['tenant']],
    [{ kind: 'Group', name: 'system:masters' }, ['platform']],
    [{ kind: 'Group', name: 'kubeadm:cluster-admins' }, ['platform']],
    [{ kind: 'Group', name: 'system:unauthenticated' }, ['anonymous']],
    [{ kind: 'User', name: 'system:anonymous' }, ['anonymous']],
    [{ kind: 'Group', name: 'system:authenticated' }, ['authenticated']],
    [{ kind: 'Group', name: 'system:serviceaccounts' }, ['all-accounts']],
    [{ kind: 'Group', name: 'system:serviceaccounts:shop' }, ['tenant']],
    [{ kind: 'ServiceAccount', namespace: 'kube-system', name: 'dns' }, ['platform']],
    [{ kind: 'ServiceAccount', namespace: 'shop', name: 'app' }, ['tenant']],
    [{ kind: 'ServiceAccount', namespace: 'shop', name: 'default' }, ['default-account']],
    [{ kind: 'User', name: 'system:serviceaccount:shop:app' }, ['tenant']],
    [{ kind: 'ServiceAccount', namespace: 'shop', name: 'gone' }, ['tenant', 'missing-account']],
  ])('%j', (subject, kinds) => {
    expect(subjectOf(subject, accounts)).toEqual(kinds);
  });
});

function cluster(clusterBindings: readonly object[], bindings: readonly object[] = []): Objects {
  return [
    [SERVICE_ACCOUNTS, [meta('app', 'shop'), meta('op', 'kube-system')]],
    [
      CLUSTER_ROLES,
      [
        { ...meta('cluster-admin'), ...rule(['*'], ['*'], ['*']) },
        { ...meta('view'), ...rule([''], ['pods'], ['get']) },
        { ...meta('system:discovery'), rules: [] },
      ],
    ],
    [ROLES, [{ ...meta('keys', 'kube-system'), ...rule([''], ['secrets'], ['get']) }]],
    [CLUSTER_ROLE_BINDINGS, clusterBindings],
    [ROLE_BINDINGS, bindings],
  ];
}
function binding(name: string, role: string, subjects: readonly object[], namespace = '', kind = 'ClusterRole'): object {
  return { ...meta(name, namespace), roleRef: { kind, name: role }, subjects };
}
const APP = { kind: 'ServiceAccount', namespace: 'shop', name: 'app' };

describe('rbac', () => {
  it('passes what Kubernetes itself brings', async () => {
    const { rows, clusterRoles, roles, clusterRoleBindings } = await gathered(
      'rbac',
      cluster([
        binding('cluster-admin', 'cluster-admin', [{ kind: 'Group', name: 'system:masters' }]),
        binding('system:discovery', 'system:discovery', [{ kind: 'Group', name: 'system:authenticated' }]),
        binding('system:controller:service-controller', 'system:controller:service-controller', [{ kind: 'ServiceAccount', namespace: 'kube-system', name: 'service-controller' }]),
        binding('operator', 'cluster-admin', [{ kind: 'ServiceAccount', namespace: 'kube-system', name: 'op' }]),
        binding('viewers', 'view', [APP]),
      ]),
    );
    expect(rows).toEqual([]);
    expect({ clusterRoles, roles, clusterRoleBindings }).toEqual({ clusterRoles: 3, roles: 1, clusterRoleBindings: 5 });
  });
  it('shows dangerous, dangling and too wide bindings', async () => {
    const { rows } = await gathered(
      'rbac',
      cluster(
        [binding('ops', 'cluster-admin', [APP]), binding('dangling', 'gone', [APP]), binding('all', 'view', [{ kind: 'Group', name: 'system:authenticated' }])],
        [binding('keys', 'keys', [APP], 'kube-system', 'Role'), binding('orphan', 'view', [{ kind: 'ServiceAccount', namespace: 'shop', name: 'left' }], 'shop')],
      ),
    );
    expect(rows.map(({ name, clusterWide, clusterAdmin, roleMissing, subjects }) => [name, clusterWide, clusterAdmin, roleMissing, subjects])).toEqual([
      ['ops', true, true, false, ['tenant']],
      ['keys', true, false, false, ['tenant']],
      ['dangling', true, false, true, ['tenant']],
      ['all', true, false, false, ['authenticated']],
      ['orphan', false, false, false, ['tenant', 'missing-account']],
    ]);
  });
  it('does not pass a binding for its name alone', async () => {
    const { rows } = await gathered('rbac', cluster([binding('system:looks-harmless', 'cluster-admin', [APP])]));
    expect(rows).toMatchObject([{ clusterAdmin: true, subjects: ['tenant'] }]);
  });
  it('survives objects out of shape', async () => {
    expect(
      (
        await gather('rbac', [
          [SERVICE_ACCOUNTS, HOSTILE],
          [CLUSTER_ROLES, HOSTILE],
          [ROLES, HOSTILE],
          [CLUSTER_ROLE_BINDINGS, HOSTILE],
          [ROLE_BINDINGS, HOSTILE],
        ])
      ).report.status,
    ).toBe('ok');
  });
});

it('service accounts are counted by tenant and habit', async () => {
  expect(
    await gathered('serviceAccounts', [
      [
        SERVICE_ACCOUNTS,
        [
          meta('default', 'kube-system'),
          meta('default', 'shop'),
          { ...meta('default', 'bank'), automountServiceAccountToken: false },
          { ...meta('app', 'shop'), secrets: [{ name: 'app-token-x' }] },
          ...HOSTILE,
        ],
      ],
    ]),
  ).toEqual({ total: 8, tenant: 7, tenantWithSecrets: 1, tenantDefaults: 2, tenantDefaultsAutomounted: 1 });
});
