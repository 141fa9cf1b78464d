import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createMysql } from 'mysql2';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { groupOf, replicationOf } from '../../../../agent/gatherers/middleware/mysql/answers.ts';
import { LIMITS } from '../../../../agent/middleware/declaration.ts';
import { Authority } from '../../../support/certificates.ts';
import { type MariadbServer, MariadbServers, NO_MARIADB } from '../../../support/mariadb.ts';
import { inspectMiddleware, secretFile } from '../../../support/middleware.ts';
import { until } from '../../../support/redis.ts';

const PASSWORD = 'canary-pa55-of-mysql';
const SOUND = [
  'log_bin=binlog',
  'binlog_format=ROW',
  'binlog_expire_logs_seconds=604800',
  'sync_binlog=1',
  'character_set_server=utf8mb4',
  'slow_query_log=ON',
  'log_slave_updates=ON',
  'local_infile=OFF',
];
const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/middleware/mysql.md'), 'utf8');
/** The statements of the page for MariaDB, with a password. */
const ACCOUNT =
  /```sql\n(-- MariaDB[\s\S]*?)```/
    .exec(PAGE)?.[1]
    ?.replaceAll('口令', PASSWORD)
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line))
    .map((line) => line.replace(/;.*$/, '')) ?? [];

describe.skipIf(NO_MARIADB)('inspecting MariaDB', { timeout: 120_000 }, () => {
  const servers = new MariadbServers();
  const credentials = { username: 'xunjian', passwordFile: secretFile(servers.folder, PASSWORD) };
  const authority = new Authority(servers.folder, 'trusted');
  const { certFile, keyFile } = authority.issue('mysql', 'IP:127.0.0.1,DNS:mysql.internal');
  let primary: Promise<MariadbServer> | undefined;
  afterAll(() => servers[Symbol.dispose]());
  function sound(): Promise<MariadbServer> {
    primary ??= servers.start([...SOUND, 'server_id=1', `ssl_cert=${certFile}`, `ssl_key=${keyFile}`]).then((server) => {
      server.sql(
        ...ACCOUNT,
        'CREATE DATABASE canary_base',
        'CREATE TABLE canary_base.canary_table (id INT AUTO_INCREMENT PRIMARY KEY, v TEXT)',
        "INSERT INTO canary_base.canary_table (v) VALUES ('canary-value')",
      );
      return server;
    });
    return primary;
  }

  it('finds nothing at a sound server with the documented account, and sends neither names nor data', async () => {
    expect(ACCOUNT.length).toBeGreaterThan(1);
    const { port } = await sound();
    const { found, reach, sections, payload, verdicts } = await inspectMiddleware({ product: 'mysql', ports: [port], declared: { credentials } });
    expect(reach).toBe('ok');
    expect(found).toEqual([]);
    expect(verdicts.filter(({ verdict }) => verdict === 'unknown')).toEqual([]);
    expect(sections.middleware?.rows[0]).toMatchObject({ mode: 'standalone', answered: 1, denied: 0, version: expect.stringMatching(/^1\d\.\d+\.\d+$/) });
    expect(sections.middlewareMysql?.members[0]).toMatchObject({
      fork: 'mariadb',
      role: 'primary',
      writable: true,
      tables: 1,
      tablesWithoutPrimaryKey: 0,
      replicates: false,
      followers: 0,
      longestTransactionSeconds: 0,
      historyLength: expect.any(Number),
    });
    expect(sections.middlewareSettings?.rows).toContainEqual(expect.objectContaining({ key: 'sync_binlog', number: 1 }));
    for (const text of [payload.json, JSON.stringify(sections)]) expect(text).not.toContain('canary');
    expect(payload.json).not.toContain('subject');
  });

  it('finds what is wrong with a misconfigured one', async () => {
    const { port, sql } = await servers.start(['innodb_flush_log_at_trx_commit=2', 'character_set_server=latin1', 'max_connections=10']);
    sql(
      ...ACCOUNT,
      "CREATE USER canary_open@'10.0.0.%'",
      "CREATE USER root@'127.0.0.1'",
      "CREATE USER canary_locked@'%' ACCOUNT LOCK",
      'CREATE ROLE canary_role',
      'CREATE DATABASE canary_base',
      'CREATE TABLE canary_base.canary_keyless (v INT)',
      'CREATE TABLE canary_base.canary_old (v INT PRIMARY KEY) ENGINE=MyISAM',
      'CREATE TABLE canary_base.canary_full (id TINYINT AUTO_INCREMENT PRIMARY KEY) AUTO_INCREMENT=120',
    );
    const { found, findings, sections, payload } = await inspectMiddleware({ product: 'mysql', ports: [port], declared: { credentials, options: { tryDefaultPassword: true } } });
    expect(findings.find(({ check }) => check === 'mysql-password-missing')).toMatchObject({ observed: 2 });
    expect(found).toEqual(
      [
        'mysql-auto-increment-near-max',
        'mysql-binlog-off',
        'mysql-charset-narrow',
        'mysql-default-password',
        'mysql-local-infile-on',
        'mysql-password-missing',
        'mysql-durability-relaxed',
        'mysql-myisam-used',
        'mysql-primary-key-missing',
        'mysql-slow-log-off',
      ].sort(),
    );
    expect(sections.middlewareMysql?.members[0]).toMatchObject({ tables: 3, tablesWithoutPrimaryKey: 1, myisamTables: 1 });
    expect(JSON.stringify(sections) + payload.json).not.toContain('canary');
  });

  it('sees a primary with its replica, and the replica when it stops, errs or writes', async () => {
    const source = await sound();
    const replica = await servers.start([...SOUND, 'server_id=2', 'read_only=ON', 'report_host=canary-host']);
    source.sql(`CREATE USER canary_repl@'127.0.0.1' IDENTIFIED BY '${PASSWORD}'`, "GRANT REPLICATION SLAVE ON *.* TO canary_repl@'127.0.0.1'");
    replica.sql(
      ...ACCOUNT,
      `CHANGE MASTER TO master_host='127.0.0.1', master_port=${source.port}, master_user='canary_repl', master_password='${PASSWORD}', master_use_gtid=slave_pos`,
    );
    replica.sql(`SET GLOBAL gtid_slave_pos='${source.sql('SELECT @@gtid_binlog_pos')}'`, 'START SLAVE');
    await until(async () => replica.sql("SHOW STATUS LIKE 'Slave_running'").endsWith('ON'));
    const asked = { product: 'mysql' as const, ports: [source.port, replica.port], declared: { credentials } };
    const whole = await inspectMiddleware(asked);
    expect(whole.sections.middlewareMysql?.rows[0]).toMatchObject({ mode: 'primary-replica', primaries: 1, reach: 'ok' });
    expect(whole.sections.middlewareMysql?.members[0]).toMatchObject({ followers: 1 });
    expect(whole.sections.middlewareMysql?.members[1]).toMatchObject({ role: 'replica', receiverRunning: true, applierRunning: true, gtid: true, replicationError: 0 });
    expect(whole.found).toEqual([]);
    expect(whole.payload.json + JSON.stringify(whole.sections)).not.toContain('canary');

    replica.sql('STOP SLAVE SQL_THREAD', 'SET GLOBAL read_only=OFF');
    const broken = await inspectMiddleware(asked);
    expect(broken.found).toEqual(['mysql-replica-writable', 'mysql-replication-stopped']);
    replica.sql('STOP SLAVE', 'RESET SLAVE ALL', 'SET GLOBAL read_only=OFF');
    const split = await inspectMiddleware(asked);
    expect(split.found).toEqual(['mysql-primary-count']);
    expect(split.findings[0]).toMatchObject({ observed: 2, severity: 'critical' });
  });

  it('says why it could not read: password, rights, TLS', async () => {
    const { port, sql } = await sound();
    sql(`CREATE USER poor@'127.0.0.1' IDENTIFIED BY '${PASSWORD}'`, `CREATE USER strict@'127.0.0.1' IDENTIFIED BY '${PASSWORD}' REQUIRE SSL`);
    const asked = async (declared: object) => await inspectMiddleware({ product: 'mysql', ports: [port], declared });
    const reachWith = async (declared: object): Promise<unknown> => (await asked(declared)).reach;
    const wrong = secretFile(servers.folder, 'canary-wrong');
    expect(await reachWith({})).toBe('credentials-missing');
    expect(await reachWith({ credentials: { ...credentials, passwordFile: wrong } })).toBe('wrong-credentials');
    expect(await reachWith({ credentials: { ...credentials, passwordFile: '/nowhere/at/all' } })).toBe('credentials-unreadable');
    expect(await reachWith({ credentials: { ...credentials, username: 'strict' } })).toBe('wrong-credentials'); // the server does not tell that it wants TLS
    const poor = await asked({ credentials: { ...credentials, username: 'poor' } });
    expect(poor.reach).toBe('partial');
    expect([...(poor.sections.middlewareMysql?.members[0]?.denied ?? [])].sort()).toEqual(['PROCESS', 'REFERENCES', 'SLAVE MONITOR']);
    expect(poor.found).toEqual(['middleware-rights-missing']);
    const verdictOf = (check: string): unknown => poor.verdicts.find((one) => one.check === check)?.verdict;
    expect(['mysql-primary-key-missing', 'mysql-transaction-long', 'mysql-replication-stopped'].map(verdictOf)).toEqual(['unknown', 'unknown', 'unknown']);
    const right = { caFile: authority.caFile };
    const secure = await asked({ credentials: { ...credentials, username: 'strict' }, tls: right });
    expect(secure.sections.middlewareMysql?.members[0]).toMatchObject({ tls: true });
    expect(await reachWith({ credentials, tls: { ...right, serverName: 'mysql.internal' } })).toBe('ok');
    expect(await reachWith({ credentials, tls: { ...right, serverName: 'other.internal' } })).toBe('tls-mismatch');
    expect(await reachWith({ credentials, tls: { caFile: new Authority(servers.folder, 'stranger').caFile } })).toBe('tls-mismatch');
  });

  it('says so when the server has no TLS', async () => {
    const { port, sql } = await servers.start(['skip-ssl']);
    sql(`CREATE USER xunjian@'127.0.0.1' IDENTIFIED BY '${PASSWORD}'`);
    expect((await inspectMiddleware({ product: 'mysql', ports: [port], declared: { credentials, tls: {} } })).reach).toBe('tls-mismatch');
  });
});

describe('inspecting what calls itself MySQL', { timeout: 60_000 }, () => {
  const impostors: Server[] = [];
  afterAll(() => {
    for (const server of impostors) server.close();
  });
  async function impostor(onConnection: (socket: Socket) => void): Promise<number> {
    const server: Server = createServer((socket) => {
      socket.on('error', () => undefined);
      onConnection(socket);
    });
    impostors.push(server);
    return await listening(server);
  }
  async function listening(server: Server): Promise<number> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  it('ends in time with servers that hang, close, babble or flood', async () => {
    const reachOf = async (port: number, statementMs = 20_000): Promise<unknown> =>
      (
        await inspectMiddleware({
          product: 'mysql',
          ports: [port],
          declared: { limits: { ...LIMITS, connectMs: 20_000, statementMs, instanceMs: 30_000, answerBytes: 64 * 1024 } },
        })
      ).reach;
    const silent = await impostor(() => undefined);
    const closing = await impostor((socket) => socket.destroy());
    const babbling = await impostor((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const flooding = await impostor((socket) => {
      const pour = (): void => {
        while (!socket.destroyed && socket.write(Buffer.alloc(64 * 1024, 0xfe)));
      };
      socket.write(Buffer.from([0xff, 0xff, 0xff, 0, 10]));
      socket.on('drain', pour);
      pour();
    });
    const told = vi.spyOn(console, 'error');
    expect(await reachOf(await impostor((socket) => socket.end(Buffer.concat(Array.from({ length: 50 }, () => Buffer.from([1, 0, 0, 7, 10]))))))).toBe('protocol');
    expect(told).not.toHaveBeenCalled(); // numbers of packets out of order
    told.mockRestore();
    expect(await Promise.all([reachOf(silent, 400), reachOf(closing), reachOf(babbling), reachOf(flooding), reachOf(1)])).toEqual([
      'timeout',
      'protocol',
      'protocol',
      'too-large',
      'refused',
    ]);
  });

  /** Speaks the protocol; answers with rows as the manual of MySQL 8.4 shows them for group replication. */
  async function fakeGroup(members: readonly (readonly [id: string, state: string, role: string])[], readOnly: string): Promise<number> {
    const server = createMysql(() => undefined);
    const net = (server as unknown as { _server: Server })._server;
    impostors.push(net);
    server.on('connection', (connection) => {
      connection.on('error', () => undefined);
      connection.serverHandshake({
        protocolVersion: 10,
        serverVersion: '8.4.9',
        connectionId: 1,
        statusFlags: 2,
        characterSet: 8,
        capabilityFlags: 0x00_0f_f7_ff & ~0x800,
        authCallback: (_parameters: unknown, done: (error: null, result: null) => void) => done(null, null),
      } as never);
      connection.on('query', (sql: string) => {
        (connection as unknown as { sequenceId: number }).sequenceId = 1;
        const answer = (names: readonly string[], rows: readonly (readonly string[])[]): void => {
          const columns = names.map((name) => ({
            catalog: 'def',
            schema: '',
            table: '',
            orgTable: '',
            name,
            orgName: name,
            characterSet: 33,
            columnLength: 255,
            columnType: 253,
            flags: 0,
            decimals: 0,
          }));
          (connection as unknown as { writeTextResult(rows: unknown, columns: unknown): void }).writeTextResult(
            rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]]))),
            columns,
          );
        };
        if (sql.includes('VARIABLES'))
          answer(
            ['Variable_name', 'Value'],
            [
              ['version', '8.4.9'],
              ['version_comment', 'MySQL Community Server - GPL'],
              ['read_only', readOnly],
              ['group_replication_single_primary_mode', 'ON'],
              ['gtid_mode', 'ON'],
            ],
          );
        else if (sql.includes('replication_group_members')) answer(['id', 'state', 'role'], members);
        else if (sql.includes('replication_group_member_stats')) answer(['total'], [['1500']]);
        else if (sql.includes('USER_PRIVILEGES')) answer(['word'], [['PROCESS'], ['REFERENCES']]);
        else answer(['none'], []);
        (connection as unknown as { sequenceId: number }).sequenceId = 0;
      });
    });
    return await listening(net);
  }

  it('sees a group of three, and a group that lost its majority', async () => {
    const healthy = [
      ['a', 'ONLINE', 'PRIMARY'],
      ['b', 'ONLINE', 'SECONDARY'],
      ['c', 'ONLINE', 'SECONDARY'],
    ] as const;
    const sick = [
      ['a', 'ONLINE', 'SECONDARY'],
      ['b', 'UNREACHABLE', 'SECONDARY'],
      ['c', 'UNREACHABLE', 'SECONDARY'],
    ] as const;
    const whole = await inspectMiddleware({ product: 'mysql', ports: [await fakeGroup(healthy, 'OFF')] });
    expect(whole.sections.middlewareMysql?.rows[0]).toMatchObject({ mode: 'group-replication', groupMembers: 3, groupOnline: 3, groupPrimaries: 1, primaries: 1 });
    expect(whole.found).toEqual(['mysql-group-queue-long']);
    const broken = await inspectMiddleware({ product: 'mysql', ports: [await fakeGroup(sick, 'ON')] });
    expect(broken.found).toEqual(['mysql-group-few', 'mysql-group-member-offline', 'mysql-group-primary-count', 'mysql-group-queue-long']);
  });

  it('reads replication in the spelling of any release, and trusts no shape', () => {
    expect(replicationOf(undefined)).toBeUndefined();
    expect(replicationOf([])).toEqual({ replicates: false });
    const old = { Slave_IO_Running: 'Yes', Slave_SQL_Running: 'Yes', Seconds_Behind_Master: '12', Last_IO_Errno: '0', Last_SQL_Errno: '0' };
    const recent = { Replica_IO_Running: 'Connecting', Replica_SQL_Running: 'Yes', Seconds_Behind_Source: null, Last_IO_Errno: 1236, Last_SQL_Errno: 0 };
    expect(replicationOf([old])).toEqual({ replicates: true, receiverRunning: true, applierRunning: true, lagSeconds: 12, replicationError: 0 });
    expect(replicationOf([old, recent])).toEqual({ replicates: true, receiverRunning: false, applierRunning: true, lagSeconds: undefined, replicationError: 1236 });
    expect(replicationOf([{ Slave_IO_Running: { evil: 1 } }])).toMatchObject({ receiverRunning: false, lagSeconds: undefined });
    expect(groupOf([{ id: '', state: 'OFFLINE', role: '' }])).toBeUndefined();
    expect(groupOf([{ id: 'a', state: 'ONLINE' }])).toEqual({ members: 1, online: 1 });
  });
});
