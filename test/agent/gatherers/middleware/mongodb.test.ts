import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BSON } from 'mongodb';
import { afterAll, describe, expect, it } from 'vitest';
import { MIDDLEWARE } from '../../../../agent/gatherers/middleware/index.ts';
import { recognise, recogniseProcess } from '../../../../agent/gatherers/middleware/recognise.ts';
import type { Declared } from '../../../../agent/middleware/declaration.ts';
import {
  BUILD,
  HOST,
  memberHello,
  options,
  PARAMETERS,
  ROUTER_HELLO,
  STANDALONE_HELLO,
  setStatus,
  soundMember,
  status,
  TAKEN_AT,
} from '../../../fixtures/middleware/mongodb/documented.ts';
import { makeCertificates } from '../../../support/certificates.ts';
import { Impostors } from '../../../support/impostors.ts';
import { inspectMiddleware, secretFile } from '../../../support/middleware.ts';
import { type Answers, MongodbServers } from '../../../support/mongodb-server.ts';

const PASSWORD = 'canary-pa55-of-mongo';
const USER = { name: 'xunjian', password: PASSWORD };
const folder = mkdtempSync('/tmp/xunjian-mongo-secrets-');
const credentials = { username: 'xunjian', passwordFile: secretFile(folder, PASSWORD) };
const servers = new MongodbServers();
const impostors = new Impostors();
afterAll(() => {
  servers[Symbol.dispose]();
  impostors[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});
const ask = async (ports: readonly number[], declared: Partial<Declared> = {}) => {
  const told = await inspectMiddleware({ product: 'mongodb', ports, declared, now: TAKEN_AT });
  return { ...told, found: told.found.filter((check) => check.startsWith('mongodb')).map((check) => check.replace('mongodb-', '')) };
};
const unknowns = ({ verdicts }: Awaited<ReturnType<typeof ask>>): string[] =>
  verdicts.filter(({ check, verdict }) => check.startsWith('mongodb') && verdict === 'unknown').map(({ check }) => check);

describe('inspecting MongoDB', { timeout: 60_000 }, () => {
  it('finds nothing at a healthy replica set but its plain line, with an account', async () => {
    const ports = await Promise.all([
      servers.start(soundMember('primary', 0), { user: USER }),
      servers.start(soundMember('secondary', 1), { user: USER }),
      servers.start(soundMember('secondary', 2), { user: USER }),
    ]);
    const told = await ask(ports, { credentials });
    expect(told.reach).toBe('ok');
    expect(told.found).toEqual(['tls-off']);
    expect(unknowns(told)).toEqual([]);
    expect(told.sections.middlewareMongodb?.rows[0]).toMatchObject({
      version: '8.0.19',
      mode: 'replica-set',
      sets: 1,
      setsWithoutPrimary: 0,
      dataMembers: 3,
      votingMembers: 3,
      unhealthyMembers: 0,
      laggingSeconds: 1,
    });
    expect(told.sections.middlewareMongodb?.members.map(({ role }) => role)).toEqual(['primary', 'replica', 'replica']);
    expect(told.sections.middlewareMongodb?.members[0]).toMatchObject({
      oplogSeconds: 500_000,
      dynamicTickets: true,
      majorityWrites: true,
      authorization: true,
      memoryBytes: 17_179_869_184,
    });
    expect(told.sections.middlewareSettings?.rows).toContainEqual(expect.objectContaining({ key: 'net.tls.mode', word: 'requireTLS' }));
    expect(told.payload.json + JSON.stringify(told.sections)).not.toContain('canary');
  });

  it('asks only what is listed, and nothing that writes', async () => {
    const own = new MongodbServers();
    await ask([await own.start(soundMember('primary', 0))]);
    own[Symbol.dispose]();
    const words = new Set(own.asked.map((command) => Object.keys(command)[0]));
    expect([...words].map(String).sort()).toEqual(['buildInfo', 'getCmdLineOpts', 'getParameter', 'hello', 'hostInfo', 'ismaster', 'replSetGetStatus', 'serverStatus']);
    expect(own.asked.every((command) => command['$db'] === 'admin' || Object.keys(command)[0] === 'ismaster')).toBe(true);
    expect(JSON.stringify(own.asked)).not.toMatch(/"getParameter":"\*"/);
  });

  it('finds every planted fault of a replica set', async () => {
    const sick: Answers = {
      ...soundMember('primary', 0),
      serverStatus: status({
        version: '6.0.20',
        connections: { current: 900, available: 100 },
        globalLock: { currentQueue: { total: 500 } },
        asserts: { regular: 900, warning: 0, msg: 0 },
        metrics: { cursor: { timedOut: 0, open: { total: BSON.Long.fromNumber(20_000) } } },
        queues: undefined,
        wiredTiger: {
          cache: { 'bytes currently in the cache': 97, 'maximum bytes configured': 14_000_000_000, 'tracked dirty bytes in the cache': 4_000_000_000 },
          concurrentTransactions: { read: { available: 3 }, write: { available: 128 } },
        },
        defaultRWConcern: { defaultWriteConcern: { w: 1 }, defaultWriteConcernSource: 'global' },
        oplog: { latestOptime: new BSON.Timestamp({ t: TAKEN_AT, i: 1 }), earliestOptime: new BSON.Timestamp({ t: TAKEN_AT - 1_800, i: 1 }) },
      }),
      buildInfo: { ...BUILD, version: '6.0.20' },
      getParameter: { featureCompatibilityVersion: { version: '5.0' } },
      getCmdLineOpts: { argv: ['canary'], parsed: { net: { bindIp: '0.0.0.0' }, storage: { journal: { enabled: false } } } },
      replSetGetStatus: setStatus([{ state: 1 }, { state: 2, behind: 400 }, { state: 8, health: 0 }, { state: 7 }, { state: 7 }, { state: 3 }]),
    };
    const told = await ask([await servers.start(sick)]);
    expect(told.found).toEqual(
      [
        'arbiters-many',
        'asserts',
        'auth-off',
        'binds-all',
        'cache-dirty',
        'cache-oversized',
        'compatibility-behind',
        'connections-high',
        'cursors-many',
        'journal-off',
        'member-unhealthy',
        'oplog-short',
        'queue-long',
        'replication-lag',
        'tickets-low',
        'tls-off',
        'votes-even',
        'write-concern-weak',
      ].sort(),
    );
    expect(told.verdicts).toContainEqual(expect.objectContaining({ check: 'middleware-version-eol', verdict: 'fail' }));
    expect(told.verdicts).toContainEqual(expect.objectContaining({ check: 'middleware-known-vulnerability', verdict: 'fail' }));
    expect(told.payload.json + JSON.stringify(told.sections)).not.toContain('canary');
    const headless = await ask([await servers.start({ ...soundMember('secondary', 0), replSetGetStatus: setStatus([{ state: 2 }, { state: 8, health: 0 }, { state: 7 }]) })]);
    expect(headless.found).toEqual(['auth-off', 'member-unhealthy', 'members-few', 'primary-missing', 'tls-off']);
  });

  it('knows a single server, and a sharded cluster by its routers and sets', async () => {
    const single = await ask(
      [
        await servers.start(
          { hello: STANDALONE_HELLO, buildInfo: BUILD, hostInfo: HOST, serverStatus: status({ oplog: undefined }), getCmdLineOpts: options(), getParameter: PARAMETERS },
          { user: USER },
        ),
      ],
      { credentials },
    );
    expect(single.sections.middlewareMongodb?.rows[0]?.mode).toBe('standalone');
    expect(single.found).toEqual(['tls-off']);
    expect(unknowns(single)).toEqual([]);
    const router: Answers = {
      hello: ROUTER_HELLO,
      buildInfo: BUILD,
      hostInfo: HOST,
      serverStatus: status({ wiredTiger: undefined, oplog: undefined, queues: undefined }),
      getCmdLineOpts: options(),
      getParameter: PARAMETERS,
      listShards: {
        shards: [
          { _id: 'canary-shard-a', host: 'canary-set/a:1', state: 1 },
          { _id: 'canary-shard-b', host: 'canary-set/b:1', state: 1, draining: true },
        ],
      },
      balancerStatus: { mode: 'off', inBalancerRound: false, numBalancerRounds: BSON.Long.fromNumber(9) },
    };
    const other: Answers = { ...soundMember('primary', 0), hello: memberHello('primary', 'canary-other') };
    const sharded = await ask(await Promise.all([router, soundMember('primary', 0), other].map((answers) => servers.start(answers, { user: USER }))), { credentials });
    expect(sharded.found).toEqual(['balancer-off', 'shard-draining', 'tls-off']);
    expect(unknowns(sharded)).toEqual([]);
    expect(sharded.sections.middlewareMongodb?.rows[0]).toMatchObject({ mode: 'sharded', sets: 2, shards: 2, drainingShards: 1, balancer: 'off' });
    expect(sharded.payload.json + JSON.stringify(sharded.sections)).not.toContain('canary');
  });

  it('leaves an arbiter be, and speaks to releases that the driver refuses', async () => {
    const arbiter = await ask(
      [await servers.start({ hello: memberHello('arbiter'), buildInfo: BUILD }, { user: USER }), await servers.start(soundMember('primary', 0), { user: USER })],
      { credentials },
    );
    expect(arbiter.reach).toBe('ok');
    expect(arbiter.found).toEqual(['tls-off']);
    const old: Answers = { ...soundMember('primary', 0), hello: { ...memberHello('primary'), maxWireVersion: 7 }, buildInfo: { ...BUILD, version: '4.0.28' } };
    const told = await ask([await servers.start(old, { user: USER })], { credentials });
    expect([told.reach, told.sections.middlewareMongodb?.rows[0]?.version]).toEqual(['ok', '4.0.28']);
    expect(told.verdicts).toContainEqual(expect.objectContaining({ check: 'middleware-version-eol', verdict: 'fail' }));
  });

  it('says what is wrong: credentials, rights, TLS', async () => {
    const port = await servers.start(soundMember('primary', 0), { user: USER });
    const reachWith = async (declared: Partial<Declared>) => (await ask([port], declared)).reach;
    expect(await reachWith({})).toBe('credentials-missing');
    expect(await reachWith({ credentials: { ...credentials, passwordFile: secretFile(folder, 'canary-wrong') } })).toBe('wrong-credentials');
    expect(await reachWith({ credentials: { ...credentials, username: 'nobody' } })).toBe('wrong-credentials');
    expect(await reachWith({ credentials, tls: {} })).toBe('tls-mismatch');
    const weak = await ask([await servers.start(soundMember('primary', 0), { user: USER, refused: ['serverStatus', 'replSetGetStatus', 'getParameter'] })], { credentials });
    expect(weak.reach).toBe('partial');
    expect(weak.sections.middlewareMongodb?.members[0]?.denied).toEqual(['serverStatus', 'replSetGetStatus', 'getParameter']);
    expect(unknowns(weak)).toEqual(expect.arrayContaining(['mongodb-primary-missing', 'mongodb-connections-high', 'mongodb-cache-full']));
    expect(weak.payload.json + JSON.stringify(weak.sections)).not.toContain('canary');
    const { ca, cert, key } = makeCertificates();
    const secure = await servers.start(soundMember('primary', 0), { user: USER, tls: { cert, key } });
    expect((await ask([secure], { credentials, tls: { caFile: secretFile(folder, ca) } })).found).toEqual([]);
    expect((await ask([secure], { credentials, tls: {} })).reach).toBe('tls-mismatch');
    expect((await ask([secure], { credentials })).reach).toBe('tls-mismatch');
  });

  it('takes nothing from a server that lies', async () => {
    const lies: Answers = {
      hello: { ...memberHello('primary'), setName: 'canary', hosts: 7 },
      buildInfo: { version: ['canary'] },
      serverStatus: { connections: 'canary', oplog: { earliestOptime: 'x', latestOptime: -1 }, uptime: -5, wiredTiger: { cache: [] }, queues: 7 },
      replSetGetStatus: { members: 'canary' },
      getCmdLineOpts: { parsed: ['canary'] },
      getParameter: { featureCompatibilityVersion: { version: 'canary' } },
    };
    const told = await ask([await servers.start(lies)]);
    expect(unknowns(told)).toEqual(
      expect.arrayContaining(['connections-high', 'cache-full', 'oplog-short', 'primary-missing', 'write-concern-weak'].map((one) => `mongodb-${one}`)),
    );
    expect(told.payload.json + JSON.stringify(told.sections)).not.toContain('canary');
    expect((await ask([await servers.start({ hello: {} })])).reach).toBe('protocol');
    expect((await ask([await servers.start(soundMember('primary', 0), { user: USER, greedy: true })], { credentials })).reach).toBe('protocol');
  });

  it('ends in time with servers that hang, close, babble or flood', async () => {
    const begin = Buffer.alloc(16);
    begin.writeInt32LE(40_000_000, 0);
    begin.writeInt32LE(1, 12);
    expect(await impostors.ends('mongodb', { begin, filling: 'a' })).toEqual(['timeout', 'protocol', 'protocol', 'too-large', 'refused']);
  });

  it('is told by image, operator and process', () => {
    const by = (image: string, owners: readonly string[] = []) => recognise({ containers: [{ image, ports: [27_017] }], owners }, MIDDLEWARE)?.definition.product;
    expect(by('mongo:8.0')).toBe('mongodb');
    expect(by('mongodb/mongodb-community-server:8.0.4-ubi9')).toBe('mongodb');
    expect(by('percona/percona-server-mongodb:7.0.12')).toBe('mongodb');
    expect(by('bitnami/mongodb-sharded:7')).toBe('mongodb');
    expect(by('internal/store:1', ['psmdb.percona.com/PerconaServerMongoDB'])).toBe('mongodb');
    expect(by('mongo-express:1')).toBeUndefined();
    expect(by('percona/mongodb_exporter:0.40')).toBeUndefined();
    expect(recogniseProcess('mongod', '/usr/bin/mongod --config /etc/mongod.conf', MIDDLEWARE)?.product).toBe('mongodb');
  });

  it('documents the role that it needs', () => {
    expect(readFileSync(join(import.meta.dirname, '../../../../docs/middleware/mongodb.md'), 'utf8')).toContain('role: "clusterMonitor"');
  });
});
