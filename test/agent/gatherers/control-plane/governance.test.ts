import { describe, expect, it } from 'vitest';
import { stateOf } from '../../../../agent/gatherers/cluster/control-plane/certificate-requests.ts';
import { defaultDeny, parseNamespace } from '../../../../agent/gatherers/cluster/control-plane/namespaces.ts';
import { parseQuota, quotaResource } from '../../../../agent/gatherers/cluster/control-plane/quotas.ts';
import { CERTIFICATE_SIGNING_REQUESTS, LEASES, LIMIT_RANGES, NAMESPACES, NETWORK_POLICIES, RESOURCE_QUOTAS } from '../../../../agent/kube/resources.ts';
import { gather } from './run-one.ts';

const NOW = 1_795_305_600;
const iso = (seconds: number): string => new Date(seconds * 1_000).toISOString();
function namespace(name: string, extra: object = {}): object {
  return { metadata: { name, creationTimestamp: iso(NOW - 86_400), labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } }, status: { phase: 'Active' }, ...extra };
}

describe('namespaces', () => {
  it('tell why their deletion is held up', () => {
    const row = parseNamespace({
      metadata: { name: 'old', creationTimestamp: iso(NOW - 86_400), deletionTimestamp: iso(NOW - 3_600) },
      status: {
        phase: 'Terminating',
        conditions: [
          { type: 'NamespaceDeletionDiscoveryFailure', status: 'True', message: 'secret text' },
          { type: 'NamespaceContentRemaining', status: 'False' },
          { type: 'constructor', status: 'True' },
        ],
      },
    });
    expect(row).toMatchObject({ phase: 'Terminating', terminatingSince: NOW - 3_600, problems: ['discovery-failed'], podSecurity: 'none', system: false });
  });
  it.each([
    [{ podSelector: {}, policyTypes: ['Ingress'] }, true, false],
    [{ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, true, true],
    [{ podSelector: {} }, true, false],
    [{ podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] }, false, false],
    [{ podSelector: { matchLabels: { a: 'b' } }, policyTypes: ['Ingress'] }, false, false],
    [{ podSelector: {}, policyTypes: ['Egress'] }, false, true],
    [{}, true, false],
  ])('deny by default with %j: ingress %s, egress %s', (spec, ingress, egress) => {
    expect(defaultDeny({ spec })).toEqual({ ingress, egress });
  });
  it('are joined with quotas, limit ranges and policies', async () => {
    const inShop = { metadata: { name: 'x', namespace: 'shop' }, spec: { podSelector: {}, policyTypes: ['Ingress'] } };
    const { value, report } = await gather('namespaces', {
      objects: [
        [NAMESPACES, [namespace('shop'), namespace('kube-system'), namespace('gone', { status: { phase: 'Terminating' } })]],
        [RESOURCE_QUOTAS, [inShop, inShop]],
        [LIMIT_RANGES, []],
        [NETWORK_POLICIES, [inShop]],
      ],
    });
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value).toMatchObject({ total: 3, active: 2, terminating: 1, dropped: 0 });
    expect(value?.rows.map(({ name, system, quotas, limitRanges, policies, defaultDenyIngress }) => [name, system, quotas, limitRanges, policies, defaultDenyIngress])).toEqual([
      ['gone', false, 0, 0, 0, false],
      ['shop', false, 2, 0, 1, true],
      ['kube-system', true, 0, 0, 0, false],
    ]);
  });
  it('leave out the counts that may not be read', async () => {
    const { value } = await gather('namespaces', {
      objects: [
        [NAMESPACES, [namespace('shop')]],
        [RESOURCE_QUOTAS, []],
      ],
      paths: { '/api/v1/resourcequotas': { status: 403, text: '{}' } },
    });
    expect(value?.rows[0]).not.toHaveProperty('quotas');
    expect(value?.rows[0]).not.toHaveProperty('policies');
  });
});

describe('quotas', () => {
  it.each([
    ['cpu', 'requests.cpu'],
    ['memory', 'requests.memory'],
    ['pods', 'pods'],
    ['limits.cpu', 'limits.cpu'],
    ['gold.storageclass.storage.k8s.io/requests.storage', 'storage-class'],
    ['count/jobs.batch', 'count'],
    ['requests.nvidia.com/gpu', 'extended'],
    ['hugepages-2Mi', 'hugepages'],
    ['acme.example.com/secret', 'other'],
    ['constructor', 'other'],
  ])('%s is %s', (key, word) => {
    expect(quotaResource(key)).toBe(word);
  });
  it('tell the resource that is used most', () => {
    const row = parseQuota({
      metadata: { name: 'q', namespace: 'shop' },
      status: { hard: { pods: '10', 'requests.cpu': '4', secrets: '0' }, used: { pods: '10', 'requests.cpu': '3900m', secrets: '0' } },
    });
    expect(row).toEqual({ namespace: 'shop', name: 'q', resource: 'pods', usedPercent: 100, fullResources: 1, limited: 3 });
  });
  it('that forbid something count as exceeded only when it is there', () => {
    expect(parseQuota({ status: { hard: { 'services.nodeports': '0' }, used: { 'services.nodeports': '2' } } })).toMatchObject({ usedPercent: 1_000_000 });
    expect(parseQuota({ status: { hard: { 'services.nodeports': '0' }, used: {} } })).toMatchObject({ usedPercent: 0 });
  });
  it.each([{}, { status: { hard: { pods: 'many' } } }, { status: { hard: [] } }])('of another shape limit nothing: %j', (item) => {
    expect(parseQuota(item)).toBeUndefined();
  });
  it('are summed up over the cluster', async () => {
    const quota = (name: string, hard: object): object => ({ metadata: { name, namespace: 'shop' }, spec: { hard }, status: { hard, used: {} } });
    const { value, report } = await gather('quotas', {
      objects: [[RESOURCE_QUOTAS, [quota('a', { cpu: '4', memory: '8Gi' }), quota('b', { 'requests.cpu': '500m' }), quota('c', { pods: '3' })]]],
    });
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value).toMatchObject({ total: 3, hardCpuMillicores: 4_500, hardMemoryBytes: 8 * 2 ** 30 });
  });
});

describe('certificate signing requests', () => {
  it.each([
    [{}, 'pending'],
    [{ conditions: [{ type: 'Approved', status: 'True' }] }, 'unsigned'],
    [{ conditions: [{ type: 'Approved', status: 'True' }], certificate: 'LS0t' }, 'issued'],
    [{ conditions: [{ type: 'Denied' }] }, 'denied'],
    [
      {
        conditions: [
          { type: 'Approved', status: 'True' },
          { type: 'Failed', status: 'True' },
        ],
      },
      'failed',
    ],
  ])('with status %j are %s', (status, state) => {
    expect(stateOf({ status })).toBe(state);
  });
  it('are counted, with the oldest of those that wait', async () => {
    const request = (age: number, status: object, signerName = 'example.com/x'): object => ({
      metadata: { name: 'r', creationTimestamp: iso(NOW - age) },
      spec: { signerName, request: 'secret' },
      status,
    });
    const { value, report } = await gather('certificateRequests', {
      objects: [
        [
          CERTIFICATE_SIGNING_REQUESTS,
          [
            request(60, {}),
            request(7_200, {}, 'kubernetes.io/kubelet-serving'),
            request(10, { certificate: 'x' }),
            request(90, { conditions: [{ type: 'Approved', status: 'True' }] }),
          ],
        ],
      ],
    });
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value).toEqual({ total: 4, pending: 2, oldestPendingAt: NOW - 7_200, unsigned: 1, oldestUnsignedAt: NOW - 90, denied: 0, failed: 0, issued: 1, kubeletPending: 1 });
  });
});

describe('leaders', () => {
  const LIST = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases';
  const items = (...leases: object[]): string => JSON.stringify({ kind: 'List', metadata: {}, items: leases });
  it('are told with the living API servers', async () => {
    const identity = (age: number): object => ({
      metadata: { name: 'apiserver-x', labels: { 'apiserver.kubernetes.io/identity': 'kube-apiserver' } },
      spec: { renewTime: iso(NOW - age) },
    });
    const scheduler = {
      metadata: { name: 'kube-scheduler', creationTimestamp: iso(NOW - 86_400) },
      spec: { holderIdentity: 'master-1_secret', leaseDurationSeconds: 15, renewTime: '2026-11-21T23:59:58.000000Z', acquireTime: iso(NOW - 500), leaseTransitions: 4 },
    };
    const { value, report } = await gather('leaders', {
      objects: [[LEASES, []]],
      paths: { [LIST]: items(scheduler, identity(8), identity(9), identity(3_000), { metadata: { name: 'acme-leader' } }) },
    });
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value).toEqual({
      takenAt: NOW,
      apiServers: 2,
      leases: [{ component: 'kube-scheduler', held: true, renewedAt: NOW - 2, acquiredAt: NOW - 500, createdAt: NOW - 86_400, transitions: 4, durationSeconds: 15 }],
    });
  });
  it('are absent where the control plane is somebody else’s', async () => {
    expect((await gather('leaders', { objects: [[LEASES, []]], paths: { [LIST]: items() } })).report).toMatchObject({ status: 'absent', reason: 'not-present' });
  });
});
