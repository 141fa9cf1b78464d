/** TongHttpServer, TongLINK/Q, TongRDS and Tomcat on a captured host: layouts as their manuals draw them, answers built from their documented fields. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { CounterMemory, type Counters } from '../../../../agent/gatherers/middleware/counters.ts';
import { licenseOf } from '../../../../agent/gatherers/middleware/tongrds/center.ts';
import { addressesIn } from '../../../../agent/middleware/addresses.ts';
import { declaredAt, inspectHostMiddleware, inspectMiddleware } from '../../../support/middleware.ts';
import { freePort } from '../../../support/postgres.ts';
import { put, type TongwebTree } from '../../../support/tongweb-tree.ts';

const NOW = Math.floor(Date.now() / 1_000);
function hostTree(): TongwebTree {
  const root = mkdtempSync(join(tmpdir(), 'xunjian-tong-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const tree = { root, now: NOW };
  put(tree, '/etc/hostname', 'app-1\n');
  put(tree, '/proc/stat', 'btime 1700000000\n');
  return tree;
}
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});
async function answering(text: string): Promise<number> {
  const server = createServer((_request, response) => response.end(text));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('TongHttpServer', () => {
  it('is read by its monitoring interface and its configuration; host names and addresses stay', async () => {
    const tree = hostTree();
    put(tree, '/opt/THS/conf/httpserver.conf', 'worker_connections 1024;\nssl_protocols TLSv1 TLSv1.2;\nserver { server_name canary.example; location /thsapi { thsapi; } }\n');
    const api = {
      httpserver: { version: '6.0.1.3' },
      license_info: { license_type: 'canary', end_date: new Date((NOW + 5 * 86_400) * 1_000).toISOString().slice(0, 10) },
      connections: { accepted: 10, dropped: 4, active: 2 },
      http: {
        server_zones: { 'canary.example': { requests: 1_000, responses: { '5xx': 100 } } },
        upstreams: {
          'canary-orders': {
            peers: [
              { server: 'canary:80', state: 'down' },
              { server: 'canary:81', state: 'up' },
            ],
          },
        },
      },
    };
    const port = await answering(JSON.stringify(api));
    const instances = [declaredAt('ths', 'front', { home: '/opt/THS' }, { addresses: [{ host: '127.0.0.1', port }] })];
    const { found, sections, payload } = await inspectHostMiddleware({ root: tree.root, now: NOW, instances });
    expect(sections.middleware?.rows).toEqual([expect.objectContaining({ instance: 'front', product: 'ths', version: '6.0.1.3', reach: 'ok', place: 'host' })]);
    expect(found.filter((check) => check.startsWith('ths-'))).toEqual(
      ['5xx-high', 'api-open', 'connections-dropped', 'license-expiring', 'old-tls', 'server-tokens-on', 'upstream-unhealthy'].map((one) => `ths-${one}`),
    );
    expect(payload.json).not.toContain('canary');
  });
});

describe('TongLINK/Q', () => {
  it('is read from its textfile and the kernel, without running anything', async () => {
    const tree = hostTree();
    put(tree, '/opt/TLQ8/bin/tlqstat', '');
    put(tree, '/proc/sys/kernel/sem', '250\t32000\t32\t64\n');
    put(tree, '/proc/sys/kernel/shmmax', '18446744073692774399\n');
    put(
      tree,
      '/var/lib/node_exporter/textfile_collector/tlq.prom',
      'tlq_canaryq_ready_quantity 95\ntlq_canaryq_waitack_quantity 500\ntlq_canaryq_queue_max_capacity 100\ntlq_expire_remain_days 12\ntlq_channel_connected{channel="canary-a",direction="snd"} 0\ntlq_channel_connected{channel="canary-b",direction="rcv"} 1\n',
    );
    const { found, sections, payload } = await inspectHostMiddleware({ root: tree.root, now: NOW });
    expect(sections.middleware?.rows).toEqual([expect.objectContaining({ instance: 'app-1/tlq/opt/TLQ8', reach: 'files-only', evidence: ['layout'] })]);
    expect(sections.middlewareTlq?.rows[0]).toMatchObject({ channels: 2, channelsDown: 1 });
    expect(found).toEqual(['tlq-ack-waiting', 'tlq-channel-down', 'tlq-ipc-insufficient', 'tlq-license-expiring', 'tlq-queue-nearly-full']);
    expect(payload.json).not.toContain('canary');
  });

  it('finds dead letters by the names of queues, and messages whose number does not move by looking again', async () => {
    const tree = hostTree();
    put(tree, '/opt/TLQ8/bin/tlqstat', '');
    const metrics = '/var/lib/node_exporter/textfile_collector/tlq.prom';
    const write = (orders: number): void =>
      put(
        tree,
        metrics,
        `tlq_orders_waitack_quantity ${orders}\ntlq_orders_ready_quantity 1\ntlq_qcu1_dead_queue_ready_quantity 4\ntlq_qcu1_dead_queue_waitack_quantity 0\ntlq_deadline_ready_quantity 9\ntlq_deadline_waitack_quantity 0\n`,
      );
    write(7);
    const first = await inspectHostMiddleware({ root: tree.root, now: NOW });
    expect(first.sections.middlewareTlq?.rows[0]?.deadLetters).toBe(4); // not the queue of deadlines
    expect(first.found).toContain('tlq-dead-letters');
    expect(first.verdicts).toContainEqual(expect.objectContaining({ check: 'tlq-ack-stuck', verdict: 'unknown' }));
    const memory = (counters: Counters): CounterMemory => new CounterMemory(counters);
    const second = memory(first.counters.kept);
    const again = await inspectHostMiddleware({ root: tree.root, now: NOW + 2_400, counters: second });
    expect(again.findings).toContainEqual(expect.objectContaining({ check: 'tlq-ack-stuck', observed: 40 }));
    write(6);
    const moved = await inspectHostMiddleware({ root: tree.root, now: NOW + 4_800, counters: memory(second.kept) });
    expect(moved.verdicts).toContainEqual(expect.objectContaining({ check: 'tlq-ack-stuck', verdict: 'pass' }));
    const named = [declaredAt('tlq', 'mq', { home: '/opt/TLQ8', deadLetters: 'order*' })];
    expect((await inspectHostMiddleware({ root: tree.root, now: NOW, instances: named })).sections.middlewareTlq?.rows[0]?.deadLetters).toBe(7);
  });
});

describe('TongRDS', () => {
  it('is read by INFO, and its emulated version of Redis is not held for one', async () => {
    const info =
      'TongRDS_Version:2.2.1.3\r\nredis_version:3.2.13\r\nredis_mode:cluster\r\ncluster_enabled:1\r\ncluster_state:fail\r\nused_memory_ratio:0.93\r\nconnected_clients:85\r\nmax_clients:100\r\n';
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        for (const word of chunk.toString().match(/PING|INFO/gi) ?? []) socket.write(word.toUpperCase() === 'PING' ? '+PONG\r\n' : `$${Buffer.byteLength(info)}\r\n${info}\r\n`);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const { found, sections, reach } = await inspectMiddleware({ product: 'tongrds', ports: [typeof address === 'object' && address !== null ? address.port : 0] });
    expect(reach).toBe('ok');
    expect(sections.middleware?.rows[0]).toMatchObject({ version: '2.2.1.3', mode: 'cluster' });
    expect(found).toEqual(['tongrds-auth-off', 'tongrds-clients-high', 'tongrds-cluster-degraded', 'tongrds-memory-high']);
  });
});

describe('what stands beside a TongRDS', () => {
  it('is asked where it is declared: centers and sentinels by a connection, the licence of the center by Jolokia', async () => {
    const listening = async (): Promise<number> => {
      const server = createTcpServer((socket) => socket.on('error', () => undefined).on('data', () => socket.end('+PONG\r\n')));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void server.close());
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : 0;
    };
    const bean = { UsedLicense: 19, TotalLicense: 20, LicenseExpired: new Date((NOW + 10 * 86_400) * 1_000).toISOString().slice(0, 10) };
    const jolokia = await answering(
      JSON.stringify([
        { status: 200, value: bean },
        { status: 200, value: null },
      ]),
    );
    const [node, center, gone] = [await listening(), await listening(), await freePort()];
    const ask = async (options: object) =>
      await inspectMiddleware({ product: 'tongrds', ports: [node], declared: { options: { ...options, centers: `127.0.0.1:${center}, 127.0.0.1:${gone},canary` } } });
    const told = await ask({ sentinels: `127.0.0.1:${center}`, centerJolokia: `127.0.0.1:${jolokia}` });
    expect(told.sections.middlewareTongrds?.rows[0]).toMatchObject({ centers: 2, centersReached: 1, sentinels: 1, sentinelsReached: 1, licenseUsedPercent: 95 });
    for (const check of ['center-down', 'sentinel-few', 'license-expiring', 'license-used-high']) expect(told.found).toContain(`tongrds-${check}`);
    const verdictOf = (verdicts: typeof told.verdicts, check: string): unknown => verdicts.find((one) => one.check === check)?.verdict;
    const closed = await ask({ centerJolokia: `127.0.0.1:${gone}` });
    expect(verdictOf(closed.verdicts, 'tongrds-license-expiring')).toBe('unknown');
    expect(told.payload.json + JSON.stringify(told.sections)).not.toContain('canary');
  });

  it('reads the licence in each form that the center may tell it', () => {
    expect(licenseOf({ UsedLicense: 1, TotalLicense: 4, LicenseExpired: false })).toMatchObject({ licenseUsedPercent: 25, licenseExpired: false, licenseEndsAt: undefined });
    expect(licenseOf({ LicenseExpired: 'TRUE' })).toMatchObject({ licenseExpired: true });
    expect(licenseOf({ LicenseExpired: 1_800_000_000_000 })).toMatchObject({ licenseEndsAt: 1_800_000_000 });
    expect(licenseOf({ LicenseExpired: { canary: 1 }, TotalLicense: 0, UsedLicense: 'x' })).toEqual({ licenseExpired: undefined, licenseEndsAt: undefined });
    expect(addressesIn('[::1]:6300,host:0,a b:1,ok:26379')).toEqual([
      { host: '::1', port: 6_300 },
      { host: 'ok', port: 26_379 },
    ]);
  });
});

describe('Tomcat', () => {
  it('is found by its installation, its server.xml read by allow-list', async () => {
    const tree = hostTree();
    const home = '/opt/apache-tomcat-9.0.80';
    put(tree, `${home}/conf/web.xml`, '<web-app/>');
    put(
      tree,
      `${home}/conf/server.xml`,
      `<Server port="8005" shutdown="canary-word"><Service name="Catalina"><Connector port="8080" protocol="HTTP/1.1" maxThreads="150"/><Connector port="8009" protocol="AJP/1.3"/><Engine><Realm password="canary"/><Host name="canary.example" appBase="webapps" autoDeploy="true"/></Engine></Service></Server>`,
    );
    const { found, sections, payload } = await inspectHostMiddleware({ root: tree.root, now: NOW });
    expect(sections.middleware?.rows).toEqual([expect.objectContaining({ instance: `app-1/tomcat${home}`, version: '9.0.80', reach: 'files-only' })]);
    expect(found.filter((check) => check.startsWith('tomcat-'))).toEqual(['access-log-off', 'ajp-open', 'autodeploy-enabled', 'shutdown-port-open'].map((one) => `tomcat-${one}`));
    expect(sections.middlewareSettings?.rows).toContainEqual(expect.objectContaining({ key: 'maxThreads', number: 150 }));
    for (const text of [payload.json, JSON.stringify(sections)]) expect(text).not.toContain('canary');
  });
});
