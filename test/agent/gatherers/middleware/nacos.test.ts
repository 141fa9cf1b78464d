import { mkdtempSync, rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { MIDDLEWARE } from '../../../../agent/gatherers/middleware/index.ts';
import { databaseOf, fileFacts, metricFacts, NACOS_PROPERTIES, nodeFacts, stateOf } from '../../../../agent/gatherers/middleware/nacos/answers.ts';
import { recognise, recogniseProcess } from '../../../../agent/gatherers/middleware/recognise.ts';
import { parseAllowedProperties } from '../../../../agent/host/allowed-properties.ts';
import { Authority } from '../../../support/certificates.ts';
import { HONEST, HTTP_FLOOD, Impostors } from '../../../support/impostors.ts';
import { inspectHostMiddleware, inspectMiddleware, secretFile } from '../../../support/middleware.ts';
import { type NacosAnswers, NacosServers, nacosRecording } from '../../../support/nacos.ts';
import { makeTree } from '../../../support/tree.ts';

const NODES = 'GET /v1/core/cluster/nodes?withInstances=false';
const METRICS = 'GET /actuator/prometheus';
const ABSENT = 'GET /v1/cs/configs?dataId=xunjian-absent&group=xunjian-absent';
const PASSWORD = 'canary-password-7';
const HEALTHY = nacosRecording('cluster-1.4.1');
const DOWN = nacosRecording('cluster-1.4.1-member-down');

/** In the form of the sources of 3.1 (ServerStateController, NacosClusterControllerV3, Result): no such server could be run here. */
const THREE: NacosAnswers = {
  'GET /v3/admin/core/state': {
    status: 200,
    body: '{"code":0,"message":"success","data":{"version":"3.1.1","startup_mode":"cluster","auth_enabled":"true","datasource_platform":"mysql","function_mode":null}}',
  },
  'GET /v3/admin/core/state/readiness': { status: 200, body: '{"code":0,"message":"success","data":"ok"}' },
  'POST /v3/auth/user/login': { status: 200, body: '{"accessToken":"recorded.token.0","tokenTtl":18000,"globalAdmin":true,"username":"nacos"}' },
  'GET /v3/admin/core/cluster/node/list': {
    status: 200,
    body: JSON.stringify({
      code: 0,
      data: [1, 2, 3].map((n) => ({
        ip: `10.0.0.${n}`,
        port: 8848,
        state: 'UP',
        address: `10.0.0.${n}:8848`,
        extendInfo: { version: '3.1.1', raftMetaData: { metaDataMap: { naming_persistent_service_v2: { leader: '10.0.0.1:7848' } } } },
      })),
    }),
  },
};

describe('inspecting Nacos', { timeout: 120_000 }, () => {
  const folder = mkdtempSync('/tmp/xunjian-nacos-');
  const servers = new NacosServers();
  afterAll(() => {
    servers[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  const credentials = { username: 'xunjian', passwordFile: secretFile(folder, PASSWORD) };
  const account = { username: 'xunjian', password: PASSWORD };
  const ask = async (ports: readonly number[], declared: object = {}) => {
    const told = await inspectMiddleware({ product: 'nacos', ports, declared });
    expect(told.payload.json + JSON.stringify(told.sections)).not.toContain('canary');
    return {
      ...told,
      row: told.sections.middlewareNacos?.rows[0],
      members: told.sections.middlewareNacos?.members ?? [],
      found: told.found.filter((check) => check.startsWith('nacos')),
    };
  };
  const startAll = async (all: readonly NacosAnswers[]): Promise<number[]> => await Promise.all(all.map(async (answers) => await servers.start(answers, { account })));

  it('finds nothing at a sound cluster of 1.4, and says what that release does not tell', async () => {
    const { reach, found, row, members, verdicts } = await ask(await startAll(HEALTHY), { credentials });
    expect(reach).toBe('ok');
    expect(found).toEqual([]);
    expect(row).toMatchObject({ mode: 'cluster', version: '1.4.1', nodes: 3, nodesUp: 3, raftLeaderless: 0, versions: 1, authEnabled: true });
    expect(members[0]).toMatchObject({ ready: true, metrics: true, failedPushes: 0, databaseErrors: 0, heapPercent: expect.any(Number) });
    expect(verdicts.filter(({ check, verdict }) => check.startsWith('nacos') && verdict === 'unknown').map(({ check }) => check)).toEqual(['nacos-database-embedded']);
    expect([...servers.authorizations].every((one) => one.startsWith('Bearer '))).toBe(true);
  });
  it('asks for nothing that changes anything, and for no configuration that exists', () => {
    expect(new Set(servers.asked)).toEqual(new Set(['GET /v1/console/server/state', 'GET /v1/console/health/readiness', 'POST /v1/auth/login', NODES, METRICS, ABSENT]));
  });
  it('finds a member that is down', async () => {
    const { found, row } = await ask(await startAll(DOWN), { credentials });
    expect(row).toMatchObject({ nodes: 3, nodesUp: 2 });
    expect(found).toEqual(['nacos-member-down']);
  });
  it('finds an open server in trouble', async () => {
    const [answers = {}] = HEALTHY;
    const metrics = `${answers[METRICS]?.body}nacos_exception_total{module="config",name="db",} 7.0\n`.replace('name="failedPush",} 0.0', 'name="failedPush",} 9.0');
    const port = await servers.start({
      ...answers,
      [METRICS]: { status: 200, body: metrics },
      [ABSENT]: { status: 404, body: 'config data not exist' },
      [NODES]: { status: 200, body: (answers[NODES]?.body ?? '').replaceAll(/"leader":"[^"]*"/g, '"leader":null').replace('1.4.1', '1.4.0') },
      'GET /v1/console/health/readiness': { status: 500, body: 'naming and config not in readiness: canary' },
    });
    const { found } = await ask([port], { options: { tryDefaultPassword: true } });
    expect(found).toEqual([
      'nacos-auth-off',
      'nacos-database-errors',
      'nacos-default-password',
      'nacos-leader-missing',
      'nacos-not-ready',
      'nacos-push-failing',
      'nacos-versions-mixed',
    ]);
  });
  it('reads 3.x by its own paths', async () => {
    const port = await servers.start(THREE, { account, guarded: ['/cluster/'] });
    const { reach, row, found } = await ask([port], { credentials });
    expect(reach).toBe('ok');
    expect(row).toMatchObject({ mode: 'cluster', version: '3.1.1', nodes: 3, nodesUp: 3, authEnabled: true, database: 'mysql' });
    expect(found).toEqual(['nacos-metrics-off']);
    const anonymous = await ask([port]);
    expect(anonymous.reach).toBe('partial');
    expect(anonymous.row?.denied).toEqual(['cluster nodes']);
    expect(anonymous.verdicts).toContainEqual(expect.objectContaining({ check: 'nacos-member-down', verdict: 'unknown' }));
  });

  it('says when it may not sign in, and checks the certificate of its line', async () => {
    const [answers = {}] = HEALTHY;
    const wrong = { credentials: { username: 'xunjian', passwordFile: secretFile(folder, 'another') } };
    expect((await ask([await servers.start(answers, { account })], wrong)).reach).toBe('wrong-credentials');
    expect((await ask([await servers.start(answers, { account, refusesBadly: true })], wrong)).reach).toBe('wrong-credentials');
    const authority = new Authority(folder, 'trusted');
    const secure = await servers.start(answers, { account, tls: authority.issue('nacos', 'IP:127.0.0.1') });
    expect((await ask([secure], { credentials, tls: { caFile: authority.caFile } })).reach).toBe('ok');
    expect((await ask([secure], { credentials, tls: {} })).reach).toBe('tls-mismatch');
    expect((await ask([secure], { credentials })).reach).toBe('tls-mismatch');
  });
  it('ends in time with servers that hang, close, babble, flood or lie', async () => {
    using impostors = new Impostors();
    expect(await impostors.ends('nacos', HTTP_FLOOD)).toEqual([...HONEST]);
    const lying = await servers.start({ 'GET /v1/console/server/state': { status: 200, body: '{"version":{"canary":1}}' } });
    expect((await ask([lying])).reach).toBe('protocol');
    const [answers = {}] = HEALTHY;
    const token = await servers.start({ ...answers, 'POST /v1/auth/login': { status: 200, body: '{"accessToken":"canary\\r\\nX-Evil: 1"}' } });
    expect((await ask([token], { credentials })).reach).toBe('wrong-credentials');
  });

  it('reads its properties on a host: allow-listed values, and of secrets one word', async () => {
    const root = makeTree({
      '/opt/nacos/conf/application.properties': [
        'nacos.core.auth.enabled=false',
        'nacos.core.auth.plugin.nacos.token.secret.key=U2VjcmV0S2V5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODk=',
        'nacos.core.auth.server.identity.key=canary-key',
        'nacos.core.auth.server.identity.value=',
        'db.url.0=jdbc:mysql://canary:3306/nacos',
        'db.password.0=canary',
        'nacos.core.auth.enable.userAgentAuthWhite=true',
      ].join('\n'),
      '/opt/nacos/target/nacos-server.jar': '',
    });
    const { sections, found, payload } = await inspectHostMiddleware({ root, now: 1_795_000_000 });
    expect(sections.middlewareNacos?.rows[0]).toMatchObject({ reach: 'files-only', authEnabled: false, database: 'derby' });
    expect(found).toContain('nacos-auth-off');
    expect(payload.json + JSON.stringify(sections)).not.toMatch(/canary|U2Vjc/);
  });
});

describe('Nacos’ answers', () => {
  it('tell the state in every generation', () => {
    expect(stateOf({ version: '1.4.1', standalone_mode: 'standalone' })).toEqual({ version: '1.4.1', standalone: true, authEnabled: undefined, database: undefined });
    expect(stateOf({ version: '2.3.2', startup_mode: 'cluster', auth_enabled: 'false', datasource_platform: '' })).toEqual({
      version: '2.3.2',
      standalone: false,
      authEnabled: false,
      database: 'derby',
    });
    expect(databaseOf('dm')).toBe('other');
  });
  it('are counts whatever their shape', () => {
    expect(nodeFacts([{}, 7, null, { state: 'UP', extendInfo: { raftMetaData: { metaDataMap: 'x' } } }])).toEqual({ nodes: 4, nodesUp: 1 });
    expect(metricFacts('garbage\nnacos_monitor{name="failedPush"} NaN\n', 1)).toMatchObject({ metrics: false });
  });
  it('keep of the properties what is no secret', () => {
    const kept = parseAllowedProperties(
      'db.password.0=canary\nnacos.core.auth.server.identity.value=canary\nnacos.core.auth.default.token.secret.key=canary\nserver.port=8848',
      NACOS_PROPERTIES,
    );
    expect([...kept.values()].join()).not.toContain('canary');
    expect(fileFacts(kept)).toEqual({ defaultSecretKey: false, defaultIdentity: true, userAgentTrusted: false });
  });
});

describe('recognising Nacos', () => {
  it('knows its image and its process', () => {
    const productOf = (image: string): string | undefined => recognise({ containers: [{ image, ports: [8848] }], owners: [] }, MIDDLEWARE)?.definition.product;
    expect(productOf('nacos/nacos-server:v2.3.2')).toBe('nacos');
    expect(productOf('nacos/nacos-mysql:5.7')).toBeUndefined();
    expect(recogniseProcess('java', 'java\0-Dnacos.home=/opt/nacos\0-jar\0/opt/nacos/target/nacos-server.jar', MIDDLEWARE)?.product).toBe('nacos');
  });
});
