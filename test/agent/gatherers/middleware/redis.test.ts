import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../agent/middleware/declaration.ts';
import { Authority } from '../../../support/certificates.ts';
import { Impostors } from '../../../support/impostors.ts';
import { inspectMiddleware, secretFile } from '../../../support/middleware.ts';
import { freePort } from '../../../support/postgres.ts';
import { NO_REDIS, RedisServers, redisCli, until } from '../../../support/redis.ts';

const PASSWORD = 'canary-pa55-of-redis';
/** What Debian ships is out of maintenance and has known holes: true, and no fault of the test. */
const OF_ITS_AGE = ['middleware-known-vulnerability', 'middleware-version-eol'];
const SOUND = ['maxmemory 256mb', 'appendonly yes', `requirepass ${PASSWORD}`, `masterauth ${PASSWORD}`, 'min-replicas-to-write 0', 'appendfsync no'];

describe.skipIf(NO_REDIS)('inspecting Redis', { timeout: 120_000 }, () => {
  const servers = new RedisServers();
  const credentials = { passwordFile: secretFile(servers.folder, PASSWORD) };
  const impostors: Server[] = [];
  afterAll(() => {
    servers[Symbol.dispose]();
    for (const server of impostors) server.close();
  });
  /** A listener that does to each connection what it is told. */
  async function impostor(onConnection: (socket: Socket) => void): Promise<number> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      onConnection(socket);
    });
    impostors.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  it('finds nothing at a sound standalone server, and sends neither its password nor its keys', async () => {
    const { port } = await servers.start(SOUND);
    redisCli(port, '-a', PASSWORD, 'SET', 'canary-key', 'canary-value');
    const { found, reach, sections, payload, verdicts } = await inspectMiddleware({ product: 'redis', ports: [port], declared: { credentials } });
    expect(reach).toBe('ok');
    expect(found).toEqual(OF_ITS_AGE);
    expect(sections.middleware?.rows[0]).toMatchObject({ mode: 'standalone', answered: 1, denied: 0 });
    expect(sections.middlewareSettings?.rows).toContainEqual(expect.objectContaining({ key: 'maxmemory', number: 256 * 1024 * 1024 }));
    expect(verdicts.filter(({ verdict }) => verdict === 'unknown')).toEqual([]);
    for (const text of [payload.json, JSON.stringify(sections)]) expect(text).not.toContain('canary');
    expect(payload.json).not.toContain('subject');
  });

  it('finds what is wrong with a misconfigured one', async () => {
    const { port } = await servers.start(['save ""', 'maxclients 40', 'protected-mode no']);
    const { found, sections } = await inspectMiddleware({ product: 'redis', ports: [port] });
    expect(found).toEqual([...OF_ITS_AGE, 'redis-auth-off', 'redis-maxmemory-unset', 'redis-persistence-off'].sort());
    expect(sections.middlewareRedis?.members[0]).toMatchObject({ authRequired: false, maxMemoryBytes: 0, snapshots: false, appendOnly: false });
  });

  it('sees a primary with its replica, and the link when it breaks', async () => {
    const primary = await servers.start(SOUND);
    const replica = await servers.start([...SOUND, `replicaof 127.0.0.1 ${primary.port}`]);
    const asked = { product: 'redis' as const, ports: [primary.port, replica.port], declared: { credentials } };
    await until(async () => redisCli(replica.port, '-a', PASSWORD, 'INFO', 'replication').includes('master_link_status:up'));
    const whole = await inspectMiddleware(asked);
    expect(whole.sections.middlewareRedis?.rows[0]).toMatchObject({ mode: 'primary-replica', primaries: 1 });
    expect(whole.found).toEqual([...OF_ITS_AGE, 'redis-min-replicas-unset'].sort());
    await primary.stop();
    await until(async () => redisCli(replica.port, '-a', PASSWORD, 'INFO', 'replication').includes('master_link_status:down'));
    const broken = await inspectMiddleware(asked);
    expect(broken.reach).toBe('partial');
    expect(broken.found).toEqual([...OF_ITS_AGE, 'middleware-member-unread', 'redis-replica-link-down'].sort());
    expect(broken.verdicts).toContainEqual(expect.objectContaining({ check: 'redis-primary-count', verdict: 'unknown' }));
  });

  it('sees sentinels without a quorum', async () => {
    const primary = await servers.start(SOUND);
    const { port } = await servers.start([`sentinel monitor canary-name 127.0.0.1 ${primary.port} 2`, `sentinel auth-pass canary-name ${PASSWORD}`, 'protected-mode no'], {
      sentinel: true,
    });
    const { found, sections, payload } = await inspectMiddleware({ product: 'redis', ports: [port] });
    expect(sections.middlewareRedis?.rows[0]).toMatchObject({ mode: 'sentinel', sentinelMonitored: 1, sentinelsLeast: 1, quorumLost: 1 });
    expect(found).toEqual([...OF_ITS_AGE, 'redis-auth-off', 'redis-sentinel-few', 'redis-sentinel-quorum-lost'].sort());
    expect(payload.json).not.toContain('canary');
  });

  it('sees a cluster of three, and its slots when a node is gone', async () => {
    const nodes = await Promise.all(
      [1, 2, 3].map(async () => await servers.start([...SOUND, 'cluster-enabled yes', 'cluster-node-timeout 500', `cluster-port ${await freePort()}`])),
    );
    const ports = nodes.map(({ port }) => port);
    redisCli(ports[0] ?? 0, '-a', PASSWORD, '--cluster', 'create', ...ports.map((port) => `127.0.0.1:${port}`), '--cluster-yes');
    const info = (port: number): string => redisCli(port, '-a', PASSWORD, 'CLUSTER', 'INFO');
    await until(async () => ports.every((port) => info(port).includes('cluster_state:ok')));
    const asked = { product: 'redis' as const, ports, declared: { credentials } };
    const whole = await inspectMiddleware(asked);
    expect(whole.sections.middlewareRedis?.rows[0]).toMatchObject({ mode: 'cluster', clusterState: 'ok', slotsAssigned: 16_384, clusterSize: 3, primaries: 3 });
    expect(whole.found).toEqual(OF_ITS_AGE);
    await nodes[2]?.stop();
    await until(async () => info(ports[0] ?? 0).includes('cluster_state:fail'));
    const broken = await inspectMiddleware(asked);
    expect(broken.found).toEqual([...OF_ITS_AGE, 'middleware-member-unread', 'redis-cluster-state'].sort());
  });

  it('says why it could not read: password, rights, TLS', async () => {
    const { port } = await servers.start([...SOUND, `user poor on >${PASSWORD} -@all +ping`, `user half on >${PASSWORD} -@all +ping +info`]);
    const wrong = secretFile(servers.folder, 'canary-wrong');
    const reachWith = async (declared: object): Promise<unknown> => (await inspectMiddleware({ product: 'redis', ports: [port], declared })).reach;
    expect(await reachWith({})).toBe('credentials-missing');
    expect(await reachWith({ credentials: { passwordFile: wrong } })).toBe('wrong-credentials');
    expect(await reachWith({ credentials: { passwordFile: '/nowhere/at/all' } })).toBe('credentials-unreadable');
    expect(await reachWith({ credentials: { ...credentials, username: 'poor' } })).toBe('no-rights');
    expect(await reachWith({ tls: {}, limits: { ...LIMITS, connectMs: 500 } })).toBe('tls-mismatch');
    const half = await inspectMiddleware({ product: 'redis', ports: [port], declared: { credentials: { ...credentials, username: 'half' } } });
    expect(half.reach).toBe('partial');
    expect(half.sections.middlewareRedis?.members[0]?.denied).toEqual(['+config|get', '+slowlog|len']);
    expect(half.found).toContain('middleware-rights-missing');
    expect(half.verdicts).toContainEqual(expect.objectContaining({ check: 'redis-min-replicas-unset', verdict: 'not-applicable' }));
  });

  it('needs no more rights than its page documents', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../../../docs/middleware/redis.md'), 'utf8');
    const [data = '', watching = ''] = [...page.matchAll(/^ACL SETUSER .*$/gm)].map(([line]) => line.replace('>口令', `>${PASSWORD}`).replace('ACL SETUSER', 'user'));
    const primary = await servers.start([...SOUND, data]);
    const sentinel = await servers.start([`sentinel monitor canary-name 127.0.0.1 ${primary.port} 1`, `requirepass ${PASSWORD}`, watching], { sentinel: true });
    for (const { port } of [primary, sentinel]) {
      const { reach, verdicts } = await inspectMiddleware({ product: 'redis', ports: [port], declared: { credentials: { ...credentials, username: 'xunjian' } } });
      expect(reach).toBe('ok');
      expect(verdicts.filter(({ verdict }) => verdict === 'unknown')).toEqual([]);
    }
  });

  it('speaks TLS with a private authority and a client certificate, and tells a mismatch', async () => {
    const authority = new Authority(servers.folder, 'trusted');
    const other = new Authority(servers.folder, 'stranger');
    const { certFile, keyFile } = authority.issue('redis', 'IP:127.0.0.1,DNS:redis.internal');
    const tls = [`tls-cert-file ${certFile}`, `tls-key-file ${keyFile}`, `tls-ca-cert-file ${authority.caFile}`, 'tls-auth-clients yes'];
    const { port } = await servers.start([...SOUND, ...tls], { tls: true });
    const reachWith = async (files: object | undefined): Promise<unknown> =>
      (await inspectMiddleware({ product: 'redis', ports: [port], declared: { credentials, ...(files && { tls: files }) } })).reach;
    const right = { caFile: authority.caFile, certFile, keyFile };
    expect(await reachWith(right)).toBe('ok');
    expect(await reachWith({ ...right, serverName: 'redis.internal' })).toBe('ok');
    expect(await reachWith({ ...right, serverName: 'other.internal' })).toBe('tls-mismatch');
    expect(await reachWith({ ...right, caFile: other.caFile })).toBe('tls-mismatch');
    expect(await reachWith({ caFile: authority.caFile })).toBe('tls-mismatch');
    expect(await reachWith(undefined)).toBe('tls-mismatch');
  });

  it('ends in time with servers that hang, close, babble or flood', async () => {
    const limits = { ...LIMITS, connectMs: 1_000, statementMs: 400, instanceMs: 1_500, answerBytes: 64 * 1024 };
    const reachOf = async (port: number): Promise<unknown> => (await inspectMiddleware({ product: 'redis', ports: [port], declared: { limits } })).reach;
    const silent = await impostor(() => undefined);
    const closing = await impostor((socket) => socket.destroy());
    const babbling = await impostor((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const flooding = await impostor((socket) => {
      const pour = (): void => {
        while (!socket.destroyed && socket.write(Buffer.alloc(64 * 1024, '+PONG\r\n')));
      };
      socket.write('$900000000\r\n');
      socket.on('drain', pour);
      pour();
    });
    const began = performance.now();
    expect(await Promise.all([reachOf(silent), reachOf(closing), reachOf(babbling), reachOf(flooding), reachOf(1)])).toEqual([
      'timeout',
      'protocol',
      'protocol',
      'too-large',
      'refused',
    ]);
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  it('asks nothing within a blackout, and no more than its budget', async () => {
    const { port } = await servers.start(SOUND);
    const now = Math.floor(Date.now() / 1_000);
    const calls = (): string => /cmdstat_info:calls=(\d+)/.exec(redisCli(port, '-a', PASSWORD, 'INFO', 'commandstats'))?.[1] ?? '0';
    expect(calls()).toBe('0');
    const blackout = [{ from: now - 10, to: now + 600 }];
    expect((await inspectMiddleware({ product: 'redis', ports: [port], declared: { credentials, blackout }, now })).reach).toBe('blackout');
    expect(calls()).toBe('1'); // our own question before this one
    expect((await inspectMiddleware({ product: 'redis', ports: [port], declared: { credentials, limits: { ...LIMITS, statements: 2 } } })).reach).toBe('over-budget');
  });

  it('tells settings that moved away from the baseline', async () => {
    const { port } = await servers.start(SOUND);
    const asked = { product: 'redis' as const, ports: [port], declared: { credentials } };
    const before = await inspectMiddleware(asked);
    const baselines = { subject: { approvedAt: 1_795_000_000, settings: before.sections.middlewareSettings?.rows ?? [] } };
    expect((await inspectMiddleware({ ...asked, baselines })).found).toEqual(OF_ITS_AGE);
    redisCli(port, '-a', PASSWORD, 'CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
    const after = await inspectMiddleware({ ...asked, baselines });
    expect(after.findings).toContainEqual(
      expect.objectContaining({ scope: { kind: 'Setting', name: 'subject#maxmemory-policy' }, observed: 'allkeys-lru', threshold: 'noeviction' }),
    );
    expect(after.payload.json).toContain('#maxmemory-policy"');
    expect(after.found).toEqual(['middleware-config-drift', ...OF_ITS_AGE].sort());
    expect(after.sections.middlewareDrift?.rows).toEqual([expect.objectContaining({ key: 'maxmemory-policy', wasWord: 'noeviction', word: 'allkeys-lru', against: 'baseline' })]);
  });

  it('holds no Valkey against the releases of Redis', async () => {
    const info = ['redis_version:7.2.4', 'valkey_version:8.0.1', 'server_name:valkey', 'redis_mode:standalone', 'role:master'].join('\r\n');
    using impostors = new Impostors();
    const port = await impostors.raw((socket) =>
      socket.on('data', (bytes: Buffer) => {
        const text = bytes.toString();
        if (/PING/i.test(text)) socket.write('+PONG\r\n');
        else socket.write(/INFO/i.test(text) && !/CLUSTER/i.test(text) ? `$${info.length}\r\n${info}\r\n` : '-ERR unknown command\r\n');
      }),
    );
    const { sections, found, verdicts } = await inspectMiddleware({ product: 'redis', ports: [port] });
    expect(sections.middleware?.rows[0]).toMatchObject({ version: '8.0.1', fork: 'valkey' });
    expect(found.filter((check) => /eol|vulnerability/.test(check))).toEqual([]);
    expect(verdicts.filter(({ check }) => /middleware-(version-eol|known-vulnerability)/.test(check)).map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown']);
  });
});
