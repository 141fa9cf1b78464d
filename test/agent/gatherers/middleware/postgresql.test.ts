import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../agent/middleware/declaration.ts';
import { Authority } from '../../../support/certificates.ts';
import { inspectMiddleware, secretFile } from '../../../support/middleware.ts';
import { NO_POSTGRES } from '../../../support/postgres.ts';
import { type PostgresMember, PostgresServers } from '../../../support/postgres-servers.ts';
import { until } from '../../../support/redis.ts';

const PASSWORD = 'canary-pa55-of-pg';
/** Debian's release may be behind the latest minor one: true, and no fault of the test. */
const OF_ITS_AGE = new Set(['middleware-known-vulnerability', 'middleware-version-eol']);
const SOUND = ['archive_mode=on', 'archive_command=/bin/true', 'shared_buffers=16MB', 'max_connections=50'];
const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/middleware/postgresql.md'), 'utf8');
/** The statements of the page, with a password. */
const ACCOUNT = (/```sql\n([\s\S]*?)```/.exec(PAGE)?.[1] ?? '').replaceAll('口令', PASSWORD).trim().split('\n');

describe.skipIf(NO_POSTGRES)('inspecting PostgreSQL', { timeout: 120_000 }, () => {
  const servers = new PostgresServers();
  const folder = mkdtempSync('/tmp/xunjian-pg-secrets-');
  const secret = (text: string): string => secretFile(folder, text);
  const credentials = { username: 'xunjian', passwordFile: secret(PASSWORD) };
  let shared: Promise<PostgresMember> | undefined;
  afterAll(async () => {
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);
  function sound(): Promise<PostgresMember> {
    shared ??= servers.start(SOUND).then((server) => {
      server.sql(
        ...ACCOUNT,
        'CREATE TABLE canary_table (id INT PRIMARY KEY, v TEXT)',
        "INSERT INTO canary_table VALUES (1, 'canary-value')",
        `CREATE ROLE poor LOGIN PASSWORD '${PASSWORD}'`,
      );
      return server;
    });
    return shared;
  }
  const ask = async (ports: readonly number[], declared: object = { credentials }) => {
    const told = await inspectMiddleware({ product: 'postgresql', ports, declared });
    return { ...told, found: told.found.filter((check) => !OF_ITS_AGE.has(check)), member: told.sections.middlewarePostgresql?.members[0] };
  };

  it('finds nothing at a sound server with the documented account, and sends neither names nor data', async () => {
    expect(ACCOUNT.length).toBeGreaterThan(2);
    const { port } = await sound();
    const { found, reach, sections, payload, verdicts, member } = await ask([port]);
    expect(reach).toBe('ok');
    expect(found).toEqual([]);
    expect(verdicts.filter(({ verdict }) => verdict === 'unknown')).toEqual([]);
    expect(sections.middleware?.rows[0]).toMatchObject({ mode: 'standalone', denied: 0 });
    expect(member).toMatchObject({ role: 'primary', tables: 1, fsync: true, trustedRules: 0, replicas: 0, maxConnections: 47 });
    expect(sections.middlewareSettings?.rows).toContainEqual(expect.objectContaining({ key: 'wal_level', word: 'replica' }));
    // Whatever the server counts in: pages of 8 kB, kB, MB, seconds.
    const settings = Object.fromEntries((sections.middlewareSettings?.rows ?? []).map(({ key, number }) => [key, number]));
    expect(settings).toMatchObject({ shared_buffers: 16 * 1024 ** 2, work_mem: 4 * 1024 ** 2, max_wal_size: 1024 ** 3, checkpoint_timeout: 300, max_slot_wal_keep_size: -1 });
    for (const text of [payload.json, JSON.stringify(sections)]) expect(text).not.toContain('canary');
    expect(payload.json).not.toContain('subject');
  });

  it('finds what is wrong with a misconfigured one', async () => {
    const { port, sql } = await servers.start(
      [
        'fsync=off',
        'full_page_writes=off',
        'autovacuum=off',
        'password_encryption=md5',
        'archive_mode=on',
        'archive_command=/bin/false',
        'synchronous_standby_names=nobody',
        'synchronous_commit=local',
        'max_prepared_transactions=5',
        'wal_level=logical',
      ],
      ['host all all 127.0.0.1/32 md5', 'host all all 10.0.0.0/8 trust'],
    );
    sql(
      ...ACCOUNT,
      'CREATE TABLE canary_table AS SELECT i AS id, 1 AS v FROM generate_series(1, 20000) i',
      'UPDATE canary_table SET v = 2',
      "SELECT pg_create_physical_replication_slot('canary_slot', true)",
      "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'pg_description_o_c_o_index'::regclass",
      'SELECT pg_switch_wal()',
    );
    await until(
      async () => Number(sql('SELECT failed_count FROM pg_stat_archiver')) > 0 && sql("SELECT n_dead_tup > 10000 FROM pg_stat_user_tables WHERE relname = 'canary_table'") === 't',
    );
    const { found, sections, payload } = await ask([port]);
    expect(found).toEqual(
      [
        'postgresql-archive-failing',
        'postgresql-autovacuum-off',
        'postgresql-dead-rows-high',
        'postgresql-fsync-off',
        'postgresql-full-page-writes-off',
        'postgresql-index-invalid',
        'postgresql-password-md5',
        'postgresql-slot-inactive',
        'postgresql-synchronous-missing',
        'postgresql-trust-remote',
        'postgresql-vacuum-stale',
      ].sort(),
    );
    expect(JSON.stringify(sections) + payload.json).not.toContain('canary');
  });

  it('sees a primary with its standby, and the standby when the primary is gone', async () => {
    const primary = await servers.start(SOUND);
    primary.sql(...ACCOUNT);
    const standby = await servers.standby(primary, SOUND);
    await until(async () => primary.sql("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'") === '1');
    const whole = await ask([primary.port, standby.port]);
    expect(whole.sections.middlewarePostgresql?.rows[0]).toMatchObject({ mode: 'primary-replica', primaries: 1, reach: 'ok' });
    expect(whole.sections.middlewarePostgresql?.members).toEqual([
      expect.objectContaining({ role: 'primary', replicas: 1, streamingReplicas: 1, inactiveSlots: 0 }),
      expect.objectContaining({ role: 'replica', receiverStreaming: true, lagSeconds: 0 }),
    ]);
    expect(whole.found).toEqual([]);
    await primary.stop();
    await until(async () => standby.sql('SELECT count(*) FROM pg_stat_wal_receiver') === '0');
    const broken = await ask([primary.port, standby.port]);
    expect(broken.found).toEqual(['middleware-member-unread', 'postgresql-replica-not-receiving']);
    expect(broken.verdicts).toContainEqual(expect.objectContaining({ check: 'postgresql-primary-count', verdict: 'unknown' }));
    standby.sql('SELECT pg_promote()');
    const promoted = await ask([(await sound()).port, standby.port]);
    expect(promoted.found).toContain('postgresql-primary-count');
  });

  it('says why it could not read: password, rights, TLS', async () => {
    const { port } = await sound();
    const reachWith = async (declared: object): Promise<unknown> => (await ask([port], declared)).reach;
    expect(await reachWith({})).toBe('credentials-missing');
    expect(await reachWith({ credentials: { ...credentials, passwordFile: secret('canary-wrong') } })).toBe('wrong-credentials');
    expect(await reachWith({ credentials: { ...credentials, passwordFile: '/nowhere/at/all' } })).toBe('credentials-unreadable');
    expect(await reachWith({ credentials, options: { database: 'canary-none' } })).toBe('no-rights');
    expect(await reachWith({ credentials, tls: {} })).toBe('tls-mismatch'); // the server has none
    const poor = await ask([port], { credentials: { ...credentials, username: 'poor' } });
    expect(poor.reach).toBe('partial');
    expect(poor.member?.denied).toEqual(['pg_monitor', 'pg_hba_file_rules']);
    expect(poor.found).toEqual(['middleware-rights-missing']);
    const verdictOf = (check: string): unknown => poor.verdicts.find((one) => one.check === check)?.verdict;
    expect(['postgresql-connections-high', 'postgresql-transaction-long', 'postgresql-trust-remote', 'postgresql-fsync-off'].map(verdictOf)).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'pass',
    ]);
  });

  it('speaks TLS with a private authority, tells a mismatch, and sends no clear password without it', async () => {
    const authority = new Authority(folder, 'trusted');
    const { certFile, keyFile } = authority.issue('pg', 'IP:127.0.0.1,DNS:pg.internal');
    for (const file of [certFile, keyFile]) servers.give(file);
    chmodSync(folder, 0o755);
    const { port, sql } = await servers.start(
      [...SOUND, 'ssl=on', `ssl_cert_file=${certFile}`, `ssl_key_file=${keyFile}`],
      ['hostssl all all 127.0.0.1/32 scram-sha-256', 'host all all 127.0.0.1/32 password'],
    );
    sql(...ACCOUNT);
    const reachWith = async (tls: object | undefined): Promise<unknown> => (await ask([port], { credentials, ...(tls && { tls }) })).reach;
    const right = { caFile: authority.caFile };
    expect(await reachWith(right)).toBe('ok');
    expect(await reachWith({ ...right, serverName: 'pg.internal' })).toBe('ok');
    expect(await reachWith({ ...right, serverName: 'other.internal' })).toBe('tls-mismatch');
    expect(await reachWith({ caFile: new Authority(folder, 'stranger').caFile })).toBe('tls-mismatch');
    expect(await reachWith(undefined)).toBe('tls-mismatch');
  });

  it('signs in with a client certificate, and does not call a missing one a wrong password', async () => {
    const authority = new Authority(folder, 'mutual');
    const { certFile, keyFile } = authority.issue('mutual-pg', 'IP:127.0.0.1');
    for (const file of [certFile, keyFile, authority.caFile]) servers.give(file);
    const own = authority.issue('mutual-xunjian', 'DNS:xunjian');
    chmodSync(folder, 0o755);
    const { port, sql } = await servers.start(
      [...SOUND, 'ssl=on', `ssl_cert_file=${certFile}`, `ssl_key_file=${keyFile}`, `ssl_ca_file=${authority.caFile}`],
      ['hostssl all all 127.0.0.1/32 scram-sha-256 clientcert=verify-ca'],
    );
    sql(...ACCOUNT);
    const reachWith = async (tls: object, as: object = credentials): Promise<unknown> => (await ask([port], { credentials: as, tls })).reach;
    const mutual = { caFile: authority.caFile, certFile: own.certFile, keyFile: own.keyFile };
    expect(await reachWith(mutual)).toBe('ok');
    expect(await reachWith({ caFile: authority.caFile })).toBe('tls-mismatch');
    const wrong = secretFile(folder, 'another');
    expect(await reachWith(mutual, { ...credentials, passwordFile: wrong })).toBe('wrong-credentials');
  });
});

describe('inspecting what calls itself PostgreSQL', { timeout: 60_000 }, () => {
  const impostors: Server[] = [];
  afterAll(() => {
    for (const server of impostors) server.close();
  });
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

  it('ends in time with servers that hang, close, babble or flood', async () => {
    const reachOf = async (port: number, statementMs = 20_000): Promise<unknown> =>
      (
        await inspectMiddleware({
          product: 'postgresql',
          ports: [port],
          declared: { limits: { ...LIMITS, connectMs: 20_000, statementMs, instanceMs: 30_000, answerBytes: 64 * 1024 } },
        })
      ).reach;
    const silent = await impostor(() => undefined);
    const closing = await impostor((socket) => socket.destroy());
    const babbling = await impostor((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const flooding = await impostor((socket) => {
      const pour = (): void => {
        while (!socket.destroyed && socket.write(Buffer.alloc(64 * 1024, 'N')));
      };
      socket.write(Buffer.from([0x44, 0x7f, 0xff, 0xff, 0xff])); // a row of 2 GiB
      socket.on('drain', pour);
      pour();
    });
    expect(await Promise.all([reachOf(silent, 400), reachOf(closing), reachOf(babbling), reachOf(flooding), reachOf(1)])).toEqual([
      'timeout',
      'protocol',
      'protocol',
      'too-large',
      'refused',
    ]);
  });
});
