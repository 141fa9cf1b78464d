import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GATHERERS } from '../../../../agent/gatherers/index.ts';
import { MIDDLEWARE } from '../../../../agent/gatherers/middleware/index.ts';
import { inspect } from '../../../../agent/inspection.ts';
import { openCluster } from '../../../../agent/kube/cluster-of.ts';
import { MIDDLEWARE_DEFAULTS } from '../../../../agent/middleware/declaration.ts';
import { type ApiServer, apply, type Manifest, NO_API_SERVER, startApiServer } from '../../../support/api-server.ts';
import { temporary, xunjian } from '../../../support/program.ts';
import { until } from '../../../support/redis.ts';

const HUB = 'registry.example.com/library';
interface Owner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}
interface Workload {
  readonly namespace: string;
  readonly kind?: 'StatefulSet' | 'Deployment';
  readonly name: string;
  readonly image: string;
  readonly port?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly owner?: Owner;
  readonly replicas?: number;
}
let nextAddress = 1;
function references(owner: Owner | undefined): object {
  return owner ? { ownerReferences: [{ ...owner, uid: `uid-of-${owner.name}`, controller: true }] } : {};
}
function pod({ namespace, image, port, labels = {} }: Workload, name: string, owner: Owner | undefined, more: Readonly<Record<string, string>> = {}): Manifest {
  const host = `127.9.0.${nextAddress++}`; // nobody listens there
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { app: 'any', ...labels, ...more }, ...references(owner) },
    spec: { nodeName: `node-${nextAddress % 3}`, containers: [{ name: 'main', image, ...(port !== undefined && { ports: [{ containerPort: port }] }) }] },
    status: { phase: 'Running', podIP: host, podIPs: [{ ip: host }], conditions: [{ type: 'Ready', status: 'True' }] },
  };
}
/** A workload with its pods, as the controllers would make them. */
function workload(one: Workload): Manifest[] {
  const { namespace, kind = 'StatefulSet', name, image, port, labels = {}, owner, replicas = 1 } = one;
  const template = {
    metadata: { labels: { app: 'any', ...labels } },
    spec: { containers: [{ name: 'main', image, ...(port !== undefined && { ports: [{ containerPort: port }] }) }] },
  };
  const hash = '5d5b8c7f9';
  const pods = Array.from({ length: replicas }, (_, index) =>
    kind === 'StatefulSet'
      ? pod(one, `${name}-${index}`, { apiVersion: 'apps/v1', kind, name })
      : pod(one, `${name}-${hash}-${index}`, { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${name}-${hash}` }, { 'pod-template-hash': hash }),
  );
  const spec = { replicas, selector: { matchLabels: { app: 'any' } }, template, ...(kind === 'StatefulSet' && { serviceName: name }) };
  return [{ apiVersion: 'apps/v1', kind, metadata: { name, namespace, ...references(owner) }, spec }, ...pods];
}
function definition(group: string, kind: string, plural: string): Manifest {
  const fields = KNOWN_FIELDS[kind];
  const schema = {
    openAPIV3Schema: fields ? { type: 'object', properties: { spec: { type: 'object', properties: fields } } } : { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: { group, scope: 'Namespaced', names: { kind, plural, singular: kind.toLowerCase() }, versions: [{ name: 'v1', served: true, storage: true, schema }] },
  };
}
const FAILOVER = { apiVersion: 'databases.spotahome.com/v1', kind: 'RedisFailover' };
const XTRADB = { apiVersion: 'pxc.percona.com/v1', kind: 'PerconaXtraDBCluster' };
/** Fields as the operators' own definitions have them: what they do not know the API server drops. */
const RABBIT = { apiVersion: 'rabbitmq.com/v1', kind: 'RabbitmqCluster' };
const KAFKA = { apiVersion: 'kafka.strimzi.io/v1', kind: 'Kafka' };
const KNOWN_FIELDS: Readonly<Record<string, object>> = {
  RabbitmqCluster: { replicas: { type: 'integer', default: 1 }, image: { type: 'string' } },
  Kafka: {
    kafka: { type: 'object', properties: { version: { type: 'string' }, replicas: { type: 'integer' } } },
    entityOperator: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  },
};
const broker = { ...RABBIT, name: 'broker' };
/** Strimzi makes sets of pods of its own, which the resource of the cluster owns. */
const podSet = { apiVersion: 'core.strimzi.io/v1', kind: 'StrimziPodSet', name: 'events-broker' };
const strimzi = (name: string): Record<string, string> => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/instance': 'events',
  'app.kubernetes.io/managed-by': 'strimzi-cluster-operator',
  'strimzi.io/cluster': 'events',
});
const orders = { ...FAILOVER, name: 'orders' };
const ledger = { ...XTRADB, name: 'ledger' };
const of = (instance: string, component: string): Record<string, string> => ({
  'app.kubernetes.io/name': 'mysql',
  'app.kubernetes.io/instance': instance,
  'app.kubernetes.io/component': component,
});

describe.skipIf(NO_API_SERVER !== '')(`finding middleware in a cluster${NO_API_SERVER && ` (skipped: ${NO_API_SERVER})`}`, { timeout: 120_000 }, () => {
  let server: ApiServer;
  const deployed = workload({ namespace: 'prod', kind: 'Deployment', name: 'sessions', image: `${HUB}/redis:7.2.4-alpine` });
  beforeAll(async () => {
    server = await startApiServer();
    for (const name of ['prod', 'shop', 'test-1']) await apply(server.http, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    await apply(server.http, definition('databases.spotahome.com', 'RedisFailover', 'redisfailovers'));
    await apply(server.http, definition('pxc.percona.com', 'PerconaXtraDBCluster', 'perconaxtradbclusters'));
    await apply(server.http, definition('rabbitmq.com', 'RabbitmqCluster', 'rabbitmqclusters'));
    await apply(server.http, definition('kafka.strimzi.io', 'Kafka', 'kafkas'));
    await until(async () => (await server.http.get('/apis/rabbitmq.com/v1/rabbitmqclusters')).status === 200);
    await until(async () => (await server.http.get('/apis/kafka.strimzi.io/v1/kafkas')).status === 200);
    await until(async () => (await server.http.get('/apis/databases.spotahome.com/v1/redisfailovers')).status === 200);
    await until(async () => (await server.http.get('/apis/pxc.percona.com/v1/perconaxtradbclusters')).status === 200);
    const objects: Manifest[] = [
      ...workload({ namespace: 'prod', name: 'cache', image: `${HUB}/redis:7.2.4`, port: 6379, replicas: 2 }),
      ...deployed,
      ...workload({ namespace: 'prod', kind: 'Deployment', name: 'watcher', image: `${HUB}/redis-exporter:v1`, port: 9121 }),
      ...workload({ namespace: 'prod', name: 'private', image: 'registry.example.com/base/cache-engine:3', port: 6379, labels: { 'app.kubernetes.io/name': 'redis' } }),
      ...workload({ namespace: 'prod', name: 'portal', image: 'registry.example.com/team/portal:3', port: 6379 }), // a port alone is nothing
      { ...FAILOVER, metadata: { name: 'orders', namespace: 'prod' }, spec: { redis: { replicas: 2 } } },
      { ...FAILOVER, metadata: { name: 'forgotten', namespace: 'prod' }, spec: { redis: { replicas: 3 } } },
      ...workload({ namespace: 'prod', name: 'rfr-orders', image: `${HUB}/redis:6.2.6`, port: 6379, owner: orders, replicas: 2 }),
      ...workload({ namespace: 'prod', kind: 'Deployment', name: 'rfs-orders', image: `${HUB}/redis:6.2.6`, port: 26_379, owner: orders }),
      { ...XTRADB, metadata: { name: 'ledger', namespace: 'prod' }, spec: { pxc: { size: 3 } } },
      ...workload({ namespace: 'prod', name: 'ledger-pxc', image: 'registry.example.com/base/engine:8', port: 3306, owner: ledger, replicas: 3 }),
      ...workload({ namespace: 'prod', name: 'ledger-haproxy', image: 'registry.example.com/base/haproxy:2.8', port: 3306, owner: ledger }),
      { ...RABBIT, metadata: { name: 'broker', namespace: 'prod' }, spec: { replicas: 3 } },
      ...workload({ namespace: 'prod', name: 'broker-server', image: `${HUB}/rabbitmq:4.1-management`, port: 15_672, owner: broker, replicas: 3 }),
      { ...KAFKA, metadata: { name: 'events', namespace: 'prod' }, spec: { kafka: { version: '4.1.0' } } },
      ...[0, 1, 2].map((index) =>
        pod(
          { namespace: 'prod', name: '', image: 'registry.example.com/strimzi/kafka:0.48.0-kafka-4.1.0', port: 9092, labels: strimzi('kafka') },
          `events-broker-${index}`,
          podSet,
        ),
      ),
      ...workload({
        namespace: 'prod',
        kind: 'Deployment',
        name: 'events-entity-operator',
        image: 'registry.example.com/strimzi/operator:0.48.0',
        labels: strimzi('entity-operator'),
      }),
      ...workload({
        namespace: 'prod',
        kind: 'Deployment',
        name: 'events-kafka-exporter',
        image: 'registry.example.com/strimzi/kafka:0.48.0-kafka-4.1.0',
        labels: strimzi('kafka-exporter'),
      }),
      ...workload({ namespace: 'shop', name: 'mysql-primary', image: `${HUB}/mysql:8.4.2`, port: 3306, labels: of('billing', 'primary') }),
      ...workload({ namespace: 'shop', name: 'mysql-secondary', image: `${HUB}/mysql:8.4.2`, port: 3306, labels: of('billing', 'secondary'), replicas: 2 }),
      ...workload({ namespace: 'test-1', name: 'cache', image: `${HUB}/redis:7.2.4`, port: 6379 }),
      pod({ namespace: 'prod', name: '', image: `${HUB}/redis:7.2.4` }, 'seed-job-x', { apiVersion: 'batch/v1', kind: 'Job', name: 'seed-job' }),
      pod({ namespace: 'prod', name: '', image: `${HUB}/redis:7.2.4` }, 'lonely', undefined),
    ];
    for (const object of objects) await apply(server.http, object);
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  async function found(config = MIDDLEWARE_DEFAULTS, kubeconfig = server.kubeconfig) {
    const signal = AbortSignal.timeout(60_000);
    const now = (): number => Date.now() / 1_000;
    const { cluster } = await openCluster({ kind: 'files', paths: [kubeconfig] }, () => '', now, signal);
    const gatherers = GATHERERS.filter(({ section }) => section === 'pods' || section === 'workloads');
    const middleware = { products: MIDDLEWARE, config, baselines: {} };
    const { sections } = await inspect({ gatherers, checks: [], sources: { cluster }, middleware, hostName: 'x', signal, now, clock: () => performance.now() });
    return sections.middleware;
  }
  const SHAPE = {
    'prod/Deployment/sessions': { product: 'redis', version: '7.2.4-alpine', evidence: ['image'], members: 1, desired: 1, ready: 1 },
    'prod/Kafka/events': { product: 'kafka', version: '4.1.0', evidence: ['operator', 'image', 'label', 'port'], members: 3, ready: 3 },
    'prod/PerconaXtraDBCluster/ledger': { product: 'mysql', evidence: ['operator', 'port'], members: 3, desired: 3, ready: 3 },
    'prod/Pod/lonely': { product: 'redis', evidence: ['image'], members: 1 },
    'prod/RabbitmqCluster/broker': { product: 'rabbitmq', version: '4.1', evidence: ['operator', 'image', 'port'], members: 3, desired: 3, ready: 3 },
    'prod/RedisFailover/forgotten': { product: 'redis', evidence: ['operator'], members: 0, desired: 3, ready: 0 },
    'prod/RedisFailover/orders': { product: 'redis', version: '6.2.6', evidence: ['operator', 'image', 'port'], members: 2, desired: 2 },
    'prod/RedisFailover/orders:26379': { product: 'redis', evidence: ['operator', 'image', 'port'], members: 1, desired: 1 },
    'prod/StatefulSet/cache': { product: 'redis', version: '7.2.4', evidence: ['image', 'port'], members: 2, desired: 2, ready: 2, namespace: 'prod' },
    'prod/StatefulSet/private': { product: 'redis', evidence: ['label', 'port'], members: 1 },
    'shop/Application/billing': { product: 'mysql', version: '8.4.2', evidence: ['image', 'label', 'port'], members: 3, desired: 3 },
    'test-1/StatefulSet/cache': { product: 'redis' },
  };

  it('tells servers from what only resembles them, and joins the workloads of one instance', async () => {
    const told = await found();
    expect(told).toMatchObject({ complete: true, ignored: 0, dropped: 0 });
    expect(Object.fromEntries((told?.rows ?? []).map((row) => [row.instance, row]))).toEqual(
      Object.fromEntries(Object.entries(SHAPE).map(([id, row]) => [id, expect.objectContaining({ ...row, place: 'cluster', overridden: false })])),
    );
    expect((told?.members ?? []).filter(({ instance }) => instance === 'shop/Application/billing').map(({ member }) => member)).toEqual([
      'mysql-primary-0',
      'mysql-secondary-0',
      'mysql-secondary-1',
    ]);
  });

  it('keeps every identity when pods are replaced', async () => {
    const [, old] = deployed;
    expect((await server.http.delete(`/api/v1/namespaces/prod/pods/${old?.metadata.name}?gracePeriodSeconds=0`)).status).toBe(200);
    const again = { namespace: 'prod', name: 'sessions', image: `${HUB}/redis:7.2.4-alpine` };
    const hash = '7f9d5d5b8';
    await apply(server.http, pod(again, `sessions-${hash}-zzzzz`, { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `sessions-${hash}` }, { 'pod-template-hash': hash }));
    expect(((await found())?.rows ?? []).map(({ instance }) => instance)).toEqual(Object.keys(SHAPE));
  });

  it('says that it may not have seen all when rights are missing', async () => {
    expect(await found(MIDDLEWARE_DEFAULTS, server.nobodyKubeconfig)).toMatchObject({ complete: false, rows: [] });
  });

  it('explains itself in both languages, and is corrected by configuration', async () => {
    const directory = temporary();
    const file = join(directory, 'site.yaml');
    writeFileSync(
      file,
      [
        'middleware:',
        '  instances:',
        '    - { product: mysql, name: billing-db, match: { namespace: shop, workload: mysql-primary } }',
        '    - { product: mysql, name: not-a-cache, match: { instance: prod/StatefulSet/private }, addresses: ["127.9.9.9:3306"] }',
        '  ignore: [{ namespace: "test-*" }, { product: redis, workload: lonely }]',
      ].join('\n'),
    );
    const run = async (lang: string, args: readonly string[] = []): Promise<string> =>
      (await xunjian(['middleware', '--no-host', '--kubeconfig', server.kubeconfig, '--config', file, ...args], { LANG: lang }, directory)).out;
    const english = await run('en_US.UTF-8');
    expect(english).toMatch(/^prod\/RedisFailover\/orders +redis 6\.2\.6 .*because of: an operator's resource, image, port\)/m);
    expect(english).toMatch(/^billing-db +mysql 8\.4\.2 .*because of: declared, image, label, port\)/m);
    expect(english).toMatch(/^not-a-cache +mysql .*corrected by configuration\)/m);
    expect(english).toContain('2 instances left out by configuration');
    expect(english).toContain('middleware.instances');
    expect(english).not.toMatch(/test-1|lonely/);
    const chinese = await run('zh_CN.UTF-8');
    expect(chinese).toMatch(/^prod\/RedisFailover\/orders +redis 6\.2\.6 .*（依据：Operator 资源、镜像名、端口）/m);
    expect(chinese).toMatch(/^not-a-cache +mysql .*已被配置修正）/m);
    expect(chinese).toContain('按配置忽略 2 个实例');
    const rows = (JSON.parse(await run('C.UTF-8', ['--json'])) as { rows: { instance: string }[] }).rows;
    expect(rows.map(({ instance }) => instance)).toContain('billing-db');
  });
});
