import { describe, expect, it } from 'vitest';
import { knownService } from '../../../../agent/gatherers/cluster/objects/known-services.ts';
import { targetOf } from '../../../../agent/gatherers/cluster/objects/services.ts';
import { DEPLOYMENTS, ENDPOINT_SLICES, ENDPOINTS, SERVICES, STATEFUL_SETS } from '../../../../agent/kube/resources.ts';
import { gather, gathered, HOSTILE, LONG_AGO_SECONDS, meta, type Objects } from './gathered.ts';

function service(name: string, spec: object, status: object = {}): object {
  return { ...meta(name, 'shop'), spec: { type: 'ClusterIP', clusterIP: '10.96.0.9', ...spec }, status };
}
function slice(of: string, endpoints: readonly object[], more: object = {}): object {
  return {
    ...meta(`${of}-x2k4p`, 'shop', { labels: { 'kubernetes.io/service-name': of } }),
    addressType: 'IPv4',
    ports: [{ name: '', port: 8080, protocol: 'TCP' }],
    endpoints,
    ...more,
  };
}
const UP = { addresses: ['10.244.1.7'], conditions: { ready: true, serving: true, terminating: false } };
const DOWN = { addresses: ['10.244.1.8'], conditions: { ready: false, serving: false, terminating: false } };

function cluster(services: readonly object[], slices: readonly object[] = [], deployments: readonly object[] = []): Objects {
  return [
    [SERVICES, services],
    [ENDPOINT_SLICES, slices],
    [DEPLOYMENTS, deployments],
    [STATEFUL_SETS, []],
  ];
}
async function rowOf(services: readonly object[], slices: readonly object[] = [], deployments: readonly object[] = []): Promise<object | undefined> {
  return (await gathered('services', cluster(services, slices, deployments))).rows[0];
}
const WITH_SELECTOR = { selector: { app: 'cart' }, ports: [{ port: 80 }] };

describe('services', () => {
  it('count types and node ports, and give healthy ones no row', async () => {
    const { total, byType, nodePorts, rows, dropped } = await gathered(
      'services',
      cluster(
        [
          service('cart', WITH_SELECTOR),
          service('kubernetes', { ports: [{ name: 'https', port: 443 }] }),
          service('lb', { ...WITH_SELECTOR, type: 'LoadBalancer', ports: [{ port: 80, nodePort: 30_080 }] }, { loadBalancer: { ingress: [{ ip: '192.0.2.4' }] } }),
        ],
        [slice('cart', [UP, UP]), slice('kubernetes', [UP], { ports: [{ name: 'https', port: 6443 }] }), slice('lb', [UP, UP])],
      ),
    );
    expect({ total, byType, nodePorts, dropped, rows }).toEqual({ total: 3, byType: { ClusterIP: 2, LoadBalancer: 1 }, nodePorts: 1, dropped: 0, rows: [] });
  });
  it('tell a service that selects nothing from one whose pods are not ready', async () => {
    expect(await rowOf([service('cart', WITH_SELECTOR)])).toMatchObject({ name: 'cart', selector: true, ready: 0, notReady: 0, scaledToZero: false, createdAt: LONG_AGO_SECONDS });
    expect(await rowOf([service('cart', WITH_SELECTOR)], [slice('cart', [DOWN, DOWN])])).toMatchObject({ ready: 0, notReady: 2 });
  });
  it('see that the workload behind is scaled to zero', async () => {
    const idle = { ...meta('cart', 'shop'), spec: { replicas: 0, template: { metadata: { labels: { app: 'cart', version: '2' } } } } };
    const elsewhere = { ...meta('cart', 'other'), spec: { replicas: 0, template: { metadata: { labels: { app: 'cart' } } } } };
    expect(await rowOf([service('cart', WITH_SELECTOR)], [], [idle])).toMatchObject({ scaledToZero: true });
    expect(await rowOf([service('cart', WITH_SELECTOR)], [], [elsewhere])).toMatchObject({ scaledToZero: false });
  });
  it('count pods of a dual-stack service once', async () => {
    const v6 = slice('cart', [UP], { addressType: 'IPv6' });
    const { namespaces } = await gathered('services', cluster([service('cart', WITH_SELECTOR)], [slice('cart', [UP]), v6]));
    expect(namespaces).toMatchObject([{ singleEndpoint: 1 }]);
  });
  it('find ports that no endpoint offers', async () => {
    const ports = [
      { name: 'http', port: 80, targetPort: 'web' },
      { name: 'metrics', port: 9090, targetPort: 'metrics' },
    ];
    expect(await rowOf([service('cart', { selector: { app: 'cart' }, ports })], [slice('cart', [UP, UP], { ports: [{ name: 'http', port: 8080 }] })])).toMatchObject({
      unmatchedPorts: 1,
    });
    expect(await rowOf([service('cart', { selector: { app: 'cart' }, ports })], [slice('cart', [UP, UP], { ports: null })])).toBeUndefined();
  });
  it('leave headless services without selector and the like alone', async () => {
    const { rows } = await gathered('services', cluster([service('lead', { clusterIP: 'None' }), service('db', { type: 'ExternalName', externalName: 'db.example.com' })]));
    expect(rows).toEqual([]);
  });
  it('judge external names without keeping them', async () => {
    const of = async (externalName: string): Promise<object | undefined> => await rowOf([service('db', { type: 'ExternalName', externalName })]);
    expect(await of('10.0.0.8')).toMatchObject({ externalName: 'address' });
    expect(await of('gone.shop.svc.cluster.local')).toMatchObject({ externalName: 'missing-service' });
    expect(await of('db.shop.svc.cluster.local')).toBeUndefined();
    expect(targetOf('a.b.svc.')).toBe('b/a');
    expect(targetOf(`${'a'.repeat(100_000)}.svc`)).toBeUndefined();
  });
  it('mark pending load balancers, exposed stores and external addresses', async () => {
    const row = await rowOf(
      [service('redis-master', { ...WITH_SELECTOR, type: 'LoadBalancer', externalIPs: ['192.0.2.1'], sessionAffinity: 'ClientIP', externalTrafficPolicy: 'Local' })],
      [slice('redis-master', [UP])],
    );
    expect(row).toMatchObject({ addressPending: true, known: 'redis', externalIPs: 1, sessionAffinity: true, trafficPolicy: 'Local' });
  });
  it('fall back to Endpoints where slices are not served', async () => {
    const endpoints = { ...meta('cart', 'shop'), subsets: [{ notReadyAddresses: [{ ip: '10.0.0.1' }], ports: [{ port: 8080 }] }] };
    const { rows } = await gathered('services', [
      [SERVICES, [service('cart', WITH_SELECTOR)]],
      [ENDPOINTS, [endpoints]],
      [DEPLOYMENTS, []],
      [STATEFUL_SETS, []],
    ]);
    expect(rows[0]).toMatchObject({ ready: 0, notReady: 1, unmatchedPorts: 0 });
  });
  it('survive objects out of shape', async () => {
    const { report } = await gather('services', [
      [SERVICES, HOSTILE],
      [ENDPOINT_SLICES, HOSTILE],
      [DEPLOYMENTS, HOSTILE],
      [STATEFUL_SETS, HOSTILE],
    ]);
    expect(report.status).toBe('ok');
  });
});

it('what is common is counted by tenant namespace', async () => {
  const nodePort = service('front', { ...WITH_SELECTOR, type: 'NodePort' });
  const platform = { ...meta('ui', 'kube-system'), spec: { type: 'NodePort', selector: { app: 'ui' }, ports: [{ port: 80 }] } };
  const { namespaces, rows } = await gathered('services', cluster([service('cart', WITH_SELECTOR), nodePort, platform], [slice('cart', [UP]), slice('front', [UP, DOWN])]));
  expect(namespaces).toEqual([{ namespace: 'shop', singleEndpoint: 2, nodePort: 1 }]);
  expect(rows.map(({ name }) => name)).toEqual(['ui']);
});

describe('a known service', () => {
  it.each([
    ['kubernetes-dashboard', [], 'kubernetes-dashboard'],
    ['insight-grafana', [], 'grafana'],
    ['kube-prometheus-stack-prometheus', [], 'prometheus'],
    ['prometheus-operated', [9090], 'prometheus'],
    ['prometheus-node-exporter', [], 'node-exporter'],
    ['redis-exporter', [9121], 'none'],
    ['mysql-operator', [], 'none'],
    ['postgresql-ha', [], 'postgresql'],
    ['postgres', [], 'postgresql'],
    ['cache', [6379], 'redis'],
    ['argocd-server', [], 'argocd'],
    ['shop', [80, 443], 'none'],
    ['dredis', [], 'none'],
    ['my-etcd-client', [], 'etcd'],
    ['', [], 'none'],
  ] as const)('%s', (name, ports, known) => {
    expect(knownService(name, ports)).toBe(known);
  });
});
