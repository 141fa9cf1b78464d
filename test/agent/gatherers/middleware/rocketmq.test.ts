import { mkdtempSync, rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { MIDDLEWARE } from '../../../../agent/gatherers/middleware/index.ts';
import { recognise, recogniseProcess } from '../../../../agent/gatherers/middleware/recognise.ts';
import { lagsOf, slowShare, strictJson } from '../../../../agent/gatherers/middleware/rocketmq/answers.ts';
import { Authority } from '../../../support/certificates.ts';
import { HONEST, Impostors } from '../../../support/impostors.ts';
import { inspectMiddleware, secretFile } from '../../../support/middleware.ts';
import { frameOf, RocketmqServers, rocketmqMember, withBody } from '../../../support/rocketmq.ts';

const RUNTIME = 28;
const CONFIG = 26;
const SECRET = 'canary-password-7';

describe('inspecting RocketMQ', { timeout: 120_000 }, () => {
  const folder = mkdtempSync('/tmp/xunjian-rocketmq-');
  const servers = new RocketmqServers();
  afterAll(() => {
    servers[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  const credentials = { username: 'xunjian', passwordFile: secretFile(folder, SECRET) };
  const ask = async (ports: readonly number[], declared: object = {}) => {
    const told = await inspectMiddleware({ product: 'rocketmq', ports, declared });
    expect(told.payload.json).not.toContain('canary');
    expect(JSON.stringify(told.sections)).not.toContain('canary');
    return {
      ...told,
      row: told.sections.middlewareRocketmq?.rows[0],
      members: told.sections.middlewareRocketmq?.members ?? [],
      found: told.found.filter((check) => check.startsWith('rocketmq')),
    };
  };
  const hardened = (body: string): string =>
    body
      .replace(/^autoCreateTopicEnable=.*$/m, 'autoCreateTopicEnable=false')
      .replace(/^autoCreateSubscriptionGroup=.*$/m, 'autoCreateSubscriptionGroup=false')
      .replace(/^aclEnable=.*$/m, 'aclEnable=true')
      .replace(/^flushDiskType=.*$/m, 'flushDiskType=SYNC_FLUSH');

  it('finds what is wrong with a cluster as its installation leaves it', async () => {
    const ports = await Promise.all(['name-server', 'broker-a', 'broker-a-slave', 'broker-b'].map(async (name) => await servers.start(rocketmqMember(name))));
    const { reach, found, row, members } = await ask(ports);
    expect(reach).toBe('ok');
    expect(row).toMatchObject({
      mode: 'cluster',
      version: '5.3.3',
      nameServers: 1,
      brokersAsked: 3,
      masters: 2,
      slaves: 1,
      mastersAlone: 1,
      brokersUnregistered: 0,
      deadLetterTopics: 1,
    });
    expect(row?.worstLag).toBeGreaterThan(1_000);
    expect(members.map(({ role }) => role)).toEqual(['node', 'primary', 'replica', 'primary']);
    expect(members[2]).toMatchObject({ behindBytes: expect.any(Number), nameServer: false });
    expect(found).toEqual([
      'rocketmq-access-open',
      'rocketmq-auto-create-groups',
      'rocketmq-auto-create-topics',
      'rocketmq-dead-letters',
      'rocketmq-durability-relaxed',
      'rocketmq-master-alone',
      'rocketmq-name-server-single',
    ]);
  });
  it('asks for nothing that changes anything', () => {
    expect(new Set(servers.asked)).toEqual(new Set([28, 106, 206, 26, 317]));
  });
  it('finds nothing at a sound pair behind two name servers, and everything is known', async () => {
    const sound = (name: string) => withBody(rocketmqMember(name), CONFIG, hardened);
    const alone = withBody(
      withBody(rocketmqMember('name-server'), 106, (body) => body.replace(/"broker-b":\{"brokerAddrs":\{[^}]*\},[^}]*\},?/, '')),
      206,
      (body) => body.replace(/"%DLQ%[^"]*",?/g, '').replace(',]', ']'),
    );
    const ports = [await servers.start(alone), await servers.start(alone), await servers.start(sound('broker-a')), await servers.start(sound('broker-a-slave'))];
    const { reach, found, verdicts, row, sections } = await ask(ports);
    expect(reach).toBe('ok');
    expect(row).toMatchObject({ mode: 'primary-replica', nameServers: 2, masters: 1, slaves: 1, nameServersDiffer: false, deadLetterTopics: 0 });
    expect(found).toEqual([]);
    expect(verdicts.filter(({ check, verdict }) => check.startsWith('rocketmq') && verdict === 'unknown')).toEqual([]);
    expect(sections.middlewareSettings?.rows).toContainEqual(expect.objectContaining({ key: 'flushDiskType', word: 'SYNC_FLUSH' }));
    expect(JSON.stringify(sections.middlewareSettings)).not.toMatch(/brokerIP|storePath|namesrvAddr|broker-a"/);
  });
  it('finds a full disk, a slave far behind, a broker that nobody knows, and name servers that disagree', async () => {
    const full = withBody(rocketmqMember('broker-a'), RUNTIME, (body) =>
      body.replace('"commitLogDiskRatio":"', '"commitLogDiskRatio":"0.91","was":"').replace('"commitLogMaxOffset":"', '"commitLogMaxOffset":"900000000","w":"'),
    );
    const lost = withBody(rocketmqMember('broker-b'), CONFIG, (body) => body.replace(/^brokerName=.*$/m, 'brokerName=canary-lost'));
    const empty = withBody(rocketmqMember('name-server'), 106, () => '{"brokerAddrTable":{},"clusterAddrTable":{}}');
    const ports = [
      await servers.start(rocketmqMember('name-server')),
      await servers.start(empty),
      await servers.start(full),
      await servers.start(rocketmqMember('broker-a-slave')),
      await servers.start(lost),
    ];
    const { found, findings } = await ask(ports);
    expect(found).toEqual(expect.arrayContaining(['rocketmq-broker-unregistered', 'rocketmq-disk-high', 'rocketmq-name-servers-differ', 'rocketmq-slave-behind']));
    expect(findings.find(({ check }) => check === 'rocketmq-disk-high')?.severity).toBe('critical');
  });

  it('signs its requests, and says when it may not ask', async () => {
    const account = { accessKey: 'xunjian', secretKey: SECRET };
    const port = await servers.start(rocketmqMember('broker-b'), { account });
    expect((await ask([port], { credentials })).reach).toBe('ok');
    expect((await ask([port], { credentials: { username: 'xunjian', passwordFile: secretFile(folder, 'another') } })).reach).toBe('wrong-credentials');
    expect((await ask([port])).reach).toBe('credentials-missing');
    const refusing = await servers.start(rocketmqMember('broker-b-refuses'));
    expect((await ask([refusing])).reach).toBe('credentials-missing');
    expect(Buffer.concat(servers.heard).includes(SECRET)).toBe(false);
  });
  it('reads what is left when one answer is refused', async () => {
    const recorded = rocketmqMember('broker-a');
    const refused = { header: { code: 16, flag: 1, remark: 'AuthorizationException: canary has no permission' }, body: '' };
    const port = await servers.start({ ...recorded, answers: { ...recorded.answers, [CONFIG]: refused } });
    const { reach, members, verdicts } = await ask([port], { credentials });
    expect(reach).toBe('partial');
    expect(members[0]).toMatchObject({ role: 'broker', diskUsedPercent: expect.any(Number) });
    expect(verdicts).toContainEqual(expect.objectContaining({ check: 'rocketmq-access-open', verdict: 'unknown' }));
  });
  it('checks the certificate of its line', async () => {
    const authority = new Authority(folder, 'trusted');
    const port = await servers.start(rocketmqMember('broker-a'), { tls: authority.issue('rocketmq', 'IP:127.0.0.1') });
    expect((await ask([port], { tls: { caFile: authority.caFile } })).reach).toBe('ok');
    expect((await ask([port], { tls: { caFile: new Authority(folder, 'stranger').caFile } })).reach).toBe('tls-mismatch');
    expect((await ask([port])).reach).toBe('tls-mismatch');
  });
  it('ends in time with servers that hang, close, babble, flood or lie', async () => {
    using impostors = new Impostors();
    const begin = Buffer.alloc(4);
    begin.writeInt32BE(9_000_000);
    expect(await impostors.ends('rocketmq', { begin, filling: 'x' })).toEqual([...HONEST]);
    for (const lie of [
      frameOf({ code: 0, flag: 1, opaque: 77 }, '{}'),
      frameOf({ code: 0, flag: 0, opaque: 1 }, '{}'),
      frameOf({ code: 0, flag: 1, opaque: 1 }, '{"table":{"canary":1}}'),
    ]) {
      const port = await impostors.raw((socket) => socket.once('data', () => socket.write(lie)));
      expect((await ask([port])).reach).toBe('protocol');
    }
  });
});

describe('RocketMQ’s answers', () => {
  it('are JSON once keys that are numbers or objects are strings', () => {
    expect(JSON.parse(strictJson('{"a":{0:"x", 12:"y"},"b":{{"topic":"t}\\"","q":1}:{"o":2}}}'))).toEqual({ a: { 0: 'x', 12: 'y' }, b: { '{"topic":"t}\\"","q":1}': { o: 2 } } });
  });
  it('that are JSON already stay what they are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(strictJson(JSON.stringify(value)))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
  it('never make the parser fail or hang', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', '0', 'a', ' ') }), (text) => {
        expect(typeof strictJson(text)).toBe('string');
        lagsOf(text);
      }),
    );
  });
  it('tell retries from the rest of the lag', () => {
    const queue = (topic: string): string => `{"brokerName":"b","queueId":0,"topic":"${topic}"}:{"brokerOffset":10,"consumerOffset":4}`;
    expect([...(lagsOf(`{"consumeStatsList":[{"g":[{"offsetTable":{${queue('t')},${queue('%RETRY%g')}}}]}]}`) ?? [])]).toEqual([['g', { lag: 6, retryLag: 6 }]]);
  });
  it('tell how many writes were slow', () => {
    expect(slowShare('[<=0ms]:90 [0~10ms]:5 [200~500ms]:1 [500ms~1s]:2 [1~2s]:1 [10s~]:1 ')).toBe(4);
    expect(slowShare('[<=0ms]:0 [10s~]:0 ')).toBe(0);
    expect(slowShare(undefined)).toBeUndefined();
  });
});

describe('recognising RocketMQ', () => {
  const productOf = (image: string): string | undefined => recognise({ containers: [{ image, ports: [10911] }], owners: [] }, MIDDLEWARE)?.definition.product;
  it('knows its servers, and not the tools around them', () => {
    for (const image of ['apache/rocketmq:5.3.3', 'apache/rocketmq-broker:4.9.8', 'apacherocketmq/rocketmq-nameserver:4.5.0-alpine-operator-0.3.0'])
      expect(productOf(image), image).toBe('rocketmq');
    for (const image of ['apache/rocketmq-exporter:0.0.3', 'apacherocketmq/rocketmq-dashboard:2.0.0', 'apacherocketmq/rocketmq-operator:0.3.0'])
      expect(productOf(image), image).toBeUndefined();
    expect(recogniseProcess('java', 'java\0-cp\0/opt/rocketmq/lib/*\0org.apache.rocketmq.broker.BrokerStartup\0-c\0broker.conf', MIDDLEWARE)?.product).toBe('rocketmq');
  });
});
