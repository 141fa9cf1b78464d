import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeCertificates } from '../../../support/certificates.ts';
import { HONEST, HTTP_FLOOD, Impostors } from '../../../support/impostors.ts';
import { inspectMiddleware, secretFile } from '../../../support/middleware.ts';
import { freePort } from '../../../support/postgres.ts';
import { NO_RABBITMQ, RabbitmqServer } from '../../../support/rabbitmq.ts';
import { until } from '../../../support/redis.ts';

const PASSWORD = 'canary-pa55-of-rabbit';
const OF_ITS_AGE = ['middleware-version-eol'];
const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/middleware/rabbitmq.md'), 'utf8');
const folder = mkdtempSync('/tmp/xunjian-rabbit-secrets-');
const credentials = { username: 'xunjian', passwordFile: secretFile(folder, PASSWORD) };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(NO_RABBITMQ)('inspecting RabbitMQ', { timeout: 120_000 }, () => {
  let server: RabbitmqServer | undefined;
  afterAll(() => server?.[Symbol.dispose]());

  it('finds nothing at a sound server, then what is planted, with the documented account', async () => {
    server = await RabbitmqServer.start(['disk_free_limit.absolute = 1GB'], {
      users: [
        { name: 'canary-admin', password: PASSWORD, tags: ['administrator'] },
        { name: 'weak', password: PASSWORD, tags: ['management'] },
        { name: 'none', password: PASSWORD, tags: [] },
      ],
      vhosts: [{ name: '/' }],
      permissions: [{ user: 'canary-admin', vhost: '/', configure: '.*', write: '.*', read: '.*' }],
      queues: [{ name: 'canary-queue', vhost: '/', durable: true, auto_delete: false, arguments: {} }],
    });
    const { port } = server;
    const authorization = `Basic ${Buffer.from(`canary-admin:${PASSWORD}`).toString('base64')}`;
    const send = async (method: string, path: string, body: string): Promise<number> =>
      (await fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { authorization, 'content-type': 'application/json' }, body })).status;
    const account = [...PAGE.matchAll(/^curl .*-X PUT '[^']*15672(\/[^']*)' -d '([^']*)'$/gm)];
    expect(account.length).toBe(2);
    for (const [, path = '', body = ''] of account) expect(await send('PUT', path, body.replace('口令', PASSWORD))).toBe(201);
    const ask = async (declared: object = { credentials }) => await inspectMiddleware({ product: 'rabbitmq', ports: [port], declared });
    const settled = async (holds: (told: Awaited<ReturnType<typeof ask>>) => boolean): ReturnType<typeof ask> => {
      let told = await ask();
      await until(async () => {
        if (!holds(told)) told = await ask(); // statistics come every second
        return holds(told);
      });
      return told;
    };
    const sound = await settled(({ sections }) => sections.middlewareRabbitmq?.rows[0]?.queuesSeen === 1 && sections.middlewareRabbitmq.members[0]?.diskLimitBytes !== undefined);
    expect(sound.reach).toBe('ok');
    expect(sound.found).toEqual([...OF_ITS_AGE]);
    expect(sound.verdicts.filter(({ verdict }) => verdict === 'unknown')).toEqual([]);
    expect(sound.sections.middlewareRabbitmq?.rows[0]).toMatchObject({ mode: 'standalone', nodes: 1, runningNodes: 1, partitionedNodes: 0, downQueues: 0, mirroredQueues: 0 });
    expect(sound.sections.middlewareRabbitmq?.members[0]).toMatchObject({ running: true, memoryAlarm: false, diskLimitBytes: 1_000_000_000 });
    expect(sound.payload.json + JSON.stringify(sound.sections)).not.toContain('canary');

    const message = JSON.stringify({ properties: {}, routing_key: 'canary-queue', payload: 'canary-message', payload_encoding: 'string' });
    expect(await send('POST', '/api/exchanges/%2f/amq.default/publish', message)).toBe(200);
    await server.ctl('eval', 'vm_memory_monitor:set_vm_memory_high_watermark(0.00001), rabbit_disk_monitor:set_disk_free_limit("50MB").');
    const planted = ['rabbitmq-disk-limit-low', 'rabbitmq-memory-alarm', 'rabbitmq-memory-high', 'rabbitmq-queue-unconsumed'];
    const sick = await settled(({ found }) => planted.every((check) => found.includes(check)));
    expect(sick.found).toEqual([...OF_ITS_AGE, ...planted]);
    expect(sick.payload.json + JSON.stringify(sick.sections)).not.toContain('canary');

    const reachWith = async (declared: object): Promise<unknown> => (await ask(declared)).reach;
    expect(await reachWith({})).toBe('credentials-missing');
    expect(await reachWith({ credentials: { ...credentials, passwordFile: secretFile(folder, 'canary-wrong') } })).toBe('wrong-credentials');
    expect(await reachWith({ credentials: { ...credentials, username: 'none' } })).toBe('no-rights');
    expect(await reachWith({ credentials, tls: {} })).toBe('tls-mismatch');
    const weak = await ask({ credentials: { ...credentials, username: 'weak' } });
    expect(weak.reach).toBe('partial');
    expect(weak.sections.middlewareRabbitmq?.rows[0]?.denied).toEqual(['monitoring', 'permissions in every vhost']);
    expect(weak.verdicts).toContainEqual(expect.objectContaining({ check: 'rabbitmq-node-missing', verdict: 'unknown' }));
  });
});

describe('inspecting what answers as RabbitMQ', { timeout: 60_000 }, () => {
  const impostors = new Impostors();
  afterAll(() => impostors[Symbol.dispose]());
  /** In the form that the documentation of the HTTP API shows. */
  const CLUSTER = {
    '/api/overview': JSON.stringify({
      rabbitmq_version: '3.13.7',
      erlang_version: '26.2',
      cluster_name: 'canary-cluster',
      object_totals: { connections: 12, queues: 3 },
      queue_totals: { messages_ready: 5_000, messages_unacknowledged: 2_000 },
      message_stats: { return_unroutable: 4 },
    }),
    '/api/nodes': JSON.stringify([
      {
        name: 'rabbit@canary-a',
        running: true,
        partitions: ['rabbit@canary-b'],
        mem_used: 95,
        mem_limit: 100,
        mem_alarm: false,
        disk_free: 9e9,
        disk_free_limit: 5e7,
        disk_free_alarm: true,
        fd_used: 900,
        fd_total: 1_000,
        proc_used: 1,
        proc_total: 100,
      },
      { name: 'rabbit@canary-b', running: false, partitions: [] },
    ]),
    '/api/queues': JSON.stringify({
      total_count: 3,
      items: [
        { messages_ready: 5_000, messages_unacknowledged: 0, consumers: 0, state: 'running', type: 'classic', durable: true, effective_policy_definition: { 'ha-mode': 'all' } },
        { messages_ready: 0, messages_unacknowledged: 2_000, consumers: 1, state: 'down', type: 'classic', durable: true },
        { messages_ready: 0, messages_unacknowledged: 0, consumers: 1, state: 'running', type: 'quorum', durable: true },
      ],
    }),
    '/api/whoami': '{"name":"guest"}',
  };

  it('finds every planted fault of a cluster, and sends no name in clear', async () => {
    const { found, payload, sections } = await inspectMiddleware({
      product: 'rabbitmq',
      ports: [await impostors.http(CLUSTER)],
      declared: { options: { tryDefaultPassword: true } },
    });
    expect(sections.middlewareRabbitmq?.rows[0]).toMatchObject({
      mode: 'cluster',
      nodes: 2,
      runningNodes: 1,
      partitionedNodes: 1,
      downQueues: 1,
      mirroredQueues: 1,
      unreplicatedQueues: 1,
      defaultPassword: true,
    });
    expect(found).toEqual(
      [
        'middleware-version-eol',
        ...[
          'node-missing',
          'partition',
          'disk-alarm',
          'memory-high',
          'descriptors-high',
          'disk-limit-low',
          'queue-backlog',
          'queue-unacked',
          'queue-unconsumed',
          'queue-down',
          'mirrored-classic',
          'queue-unreplicated',
          'unroutable',
          'default-password',
          'nodes-even',
        ].map((one) => `rabbitmq-${one}`),
      ].sort(),
    );
    expect(payload.json).not.toContain('canary');
  });

  it('asks every node whether it answers, and one of them for the whole', async () => {
    const [first, second] = [await impostors.http(CLUSTER), await impostors.http(CLUSTER)];
    const before = impostors.asked.length;
    const whole = await inspectMiddleware({ product: 'rabbitmq', ports: [first, second] });
    expect(whole.reach).toBe('ok');
    expect(whole.sections.middleware?.rows[0]).toMatchObject({ members: 2, answered: 2 });
    expect(whole.found).not.toContain('middleware-member-unread');
    expect(
      impostors.asked
        .slice(before)
        .map((path) => path.replace(/\?.*/, ''))
        .sort(),
    ).toEqual(['/api/nodes', '/api/overview', '/api/overview', '/api/queues']);

    const half = await inspectMiddleware({ product: 'rabbitmq', ports: [await freePort(), second] });
    expect(half.reach).toBe('partial');
    expect(half.found).toContain('middleware-member-unread');
    expect(half.sections.middlewareRabbitmq?.rows[0]).toMatchObject({ nodes: 2 });
  });

  it('keeps to shape and cap: hostile JSON is unknown, not healthy', async () => {
    const odd = await inspectMiddleware({
      product: 'rabbitmq',
      ports: [await impostors.http({ '/api/overview': '{"rabbitmq_version":"4.3.0"}', '/api/nodes': '{"evil":1}', '/api/queues': '[]' })],
    });
    expect(odd.reach).toBe('ok');
    expect(odd.found).toEqual([]);
    const verdictOf = (check: string): unknown => odd.verdicts.find((one) => one.check === check)?.verdict;
    expect(['rabbitmq-node-missing', 'rabbitmq-partition', 'rabbitmq-queue-backlog'].map(verdictOf)).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('asks over TLS with a private authority', async () => {
    const { ca, cert, key } = makeCertificates();
    const port = await impostors.http(CLUSTER, { tls: { cert, key } });
    expect((await inspectMiddleware({ product: 'rabbitmq', ports: [port], declared: { tls: { caFile: secretFile(folder, ca) } } })).reach).toBe('ok');
    expect((await inspectMiddleware({ product: 'rabbitmq', ports: [port], declared: { tls: {} } })).reach).toBe('tls-mismatch');
    expect((await inspectMiddleware({ product: 'rabbitmq', ports: [port] })).reach).toBe('tls-mismatch');
  });

  it('ends in time with servers that hang, close, babble or flood', async () => {
    expect(await impostors.ends('rabbitmq', HTTP_FLOOD)).toEqual([...HONEST]);
  });
});
