import { mkdtempSync, rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { MIDDLEWARE } from '../../../../agent/gatherers/middleware/index.ts';
import { hasPlainListener } from '../../../../agent/gatherers/middleware/kafka/facts.ts';
import { modeOf, releaseOf, versionOf } from '../../../../agent/gatherers/middleware/kafka/release.ts';
import { imageParts, recognise, recogniseProcess } from '../../../../agent/gatherers/middleware/recognise.ts';
import { LIMITS } from '../../../../agent/middleware/declaration.ts';
import { Authority } from '../../../support/certificates.ts';
import { HONEST, Impostors } from '../../../support/impostors.ts';
import { KafkaBrokers, kafkaRecording } from '../../../support/kafka.ts';
import { inspectMiddleware, secretFile } from '../../../support/middleware.ts';

/** Half a year before the recorded release ends. */
const NOW = 1_767_225_600;
const PASSWORD = 'canary-password-7';
const HEALTHY = kafkaRecording('kraft-4.1.2-healthy');
const FAULTS = kafkaRecording('kraft-4.1.2-faults');
const ZOOKEEPER = kafkaRecording('zookeeper-3.9.2-faults');
const NO_RIGHTS = kafkaRecording('kraft-4.1.2-no-rights');

describe('inspecting Kafka', { timeout: 120_000 }, () => {
  const folder = mkdtempSync('/tmp/xunjian-kafka-');
  const brokers = new KafkaBrokers();
  afterAll(() => {
    brokers[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  const credentials = { username: 'xunjian', passwordFile: secretFile(folder, PASSWORD) };
  const wrong = { username: 'xunjian', passwordFile: secretFile(folder, 'another') };
  const ask = async (ports: readonly number[], declared: object = {}) => {
    const told = await inspectMiddleware({ product: 'kafka', ports, declared, now: NOW });
    expect(told.payload.json).not.toContain('canary');
    expect(JSON.stringify(told.sections)).not.toContain('canary');
    return { ...told, row: told.sections.middlewareKafka?.rows[0], found: told.found.filter((check) => check.startsWith('kafka')) };
  };

  it('finds nothing at a sound KRaft cluster, and everything is known', async () => {
    const { reach, found, verdicts, row, sections } = await ask(await brokers.start(HEALTHY));
    expect(reach).toBe('ok');
    expect(found).toEqual([]);
    expect(verdicts.filter(({ check, verdict }) => check.startsWith('kafka') && verdict === 'unknown')).toEqual([]);
    expect(row).toMatchObject({
      mode: 'kraft',
      version: '4.1',
      brokers: 3,
      brokersAsked: 3,
      controllers: 1,
      quorumVoters: 3,
      groups: 1,
      groupsMeasured: 1,
      worstLag: 0,
      authorizer: true,
    });
    expect(sections.middlewareKafka?.members.map(({ brokerId }) => brokerId)).toEqual([1, 2, 3]);
    expect(sections.middlewareSettings?.rows).toContainEqual(expect.objectContaining({ key: 'min.insync.replicas', number: 2 }));
  });
  it('asks for nothing that changes anything', () => {
    expect(new Set(brokers.asked)).toEqual(new Set([18, 3, 32, 35, 55, 16, 9, 2]));
  });
  it('finds what is wrong with a KRaft cluster that has lost a broker', async () => {
    const ports = await brokers.start(FAULTS);
    const { reach, found, row } = await ask([...ports, 1]);
    expect(reach).toBe('partial');
    expect(row).toMatchObject({ brokers: 2, brokersAsked: 2, brokersAbsent: 1, worstLag: expect.any(Number) });
    expect(found).toEqual(
      expect.arrayContaining([
        'kafka-broker-absent',
        'kafka-quorum-voter-behind',
        'kafka-retention-unlimited',
        'kafka-topic-min-isr-weak',
        'kafka-topic-single-replica',
        'kafka-unclean-election',
        'kafka-under-replicated',
      ]),
    );
  });
  it('finds what is wrong with a ZooKeeper cluster that has lost a broker, by its own mode', async () => {
    const { found, row, verdicts } = await ask(await brokers.start(ZOOKEEPER));
    expect(row).toMatchObject({ mode: 'zookeeper', version: '3.9', controllers: 1, brokersAbsent: 1, plainListener: true, authorizer: false });
    expect(found).toEqual(
      expect.arrayContaining([
        'kafka-authorizer-off',
        'kafka-auto-create-topics',
        'kafka-broker-absent',
        'kafka-offline-partitions',
        'kafka-plain-listener',
        'kafka-topic-single-replica',
        'kafka-under-replicated',
        'kafka-zookeeper-mode',
      ]),
    );
    expect(verdicts).toContainEqual(expect.objectContaining({ check: 'kafka-quorum-voters-few', verdict: 'not-applicable' }));
  });
  it('says of one broker of several what it knows, and of the lag that it does not', async () => {
    const [port = 0] = await brokers.start(HEALTHY);
    const { reach, verdicts, row } = await ask([port]);
    expect(reach).toBe('ok');
    expect(row).toMatchObject({ brokers: 3, brokersAsked: 1 });
    expect(verdicts).toContainEqual(expect.objectContaining({ check: 'kafka-offline-partitions', verdict: 'pass' }));
  });
  it('knows nothing of topics that an account without rights does not see', async () => {
    const { reach, row, verdicts } = await ask(await brokers.start(NO_RIGHTS), { credentials, options: { saslMechanism: 'PLAIN' } });
    expect(reach).toBe('partial');
    expect(row?.denied).toContain('Describe Cluster');
    expect(row?.topics).toBeUndefined();
    for (const check of ['kafka-offline-partitions', 'kafka-consumer-lag', 'kafka-unclean-election', 'kafka-log-dir-full', 'kafka-authorizer-off'])
      expect(verdicts).toContainEqual(expect.objectContaining({ check, verdict: 'unknown' }));
  });

  it('signs in by SCRAM, by PLAIN over TLS, and says when it may not', async () => {
    const sasl = { mechanisms: ['PLAIN', 'SCRAM-SHA-256'], username: 'xunjian', password: PASSWORD };
    const authority = new Authority(folder, 'trusted');
    const tls = authority.issue('kafka', 'IP:127.0.0.1');
    const scram = await brokers.start(HEALTHY, { sasl });
    expect(await ask(scram, { credentials })).toMatchObject({ reach: 'ok', row: { groupsMeasured: 1 } });
    expect((await ask(scram, { credentials: wrong })).reach).toBe('wrong-credentials');
    expect((await ask(scram, {})).reach).toBe('credentials-missing');
    expect((await ask(scram, { credentials: { ...credentials, passwordFile: '/nowhere' } })).reach).toBe('credentials-unreadable');
    const plain = await brokers.start(HEALTHY, { sasl: { ...sasl, mechanisms: ['PLAIN'] }, tls });
    expect((await ask(plain, { credentials, tls: { caFile: authority.caFile } })).reach).toBe('ok');
    expect((await ask(plain, { credentials: wrong, tls: { caFile: authority.caFile } })).reach).toBe('wrong-credentials');
    expect((await ask(plain, { credentials, tls: {} })).reach).toBe('tls-mismatch');
    expect((await ask(plain, { credentials })).reach).toBe('tls-mismatch');
    expect((await ask(scram, { credentials, tls: { caFile: authority.caFile } })).reach).toBe('tls-mismatch');
  });
  it('gives its password to no line without TLS unless the site says so', async () => {
    using open = new KafkaBrokers();
    const ports = await open.start(HEALTHY, { sasl: { mechanisms: ['PLAIN'], username: 'xunjian', password: PASSWORD } });
    expect((await ask(ports, { credentials })).reach).toBe('wrong-credentials');
    expect(Buffer.concat(open.heard).includes(PASSWORD)).toBe(false);
    expect((await ask(ports, { credentials, options: { saslMechanism: 'PLAIN' } })).reach).toBe('ok');
  });
  it('presents its certificate where one is wanted', async () => {
    const authority = new Authority(folder, 'mutual');
    const server = authority.issue('kafka', 'IP:127.0.0.1');
    const client = authority.issue('xunjian', 'DNS:xunjian');
    const ports = await brokers.start(HEALTHY, { tls: { cert: server.cert, key: server.key, ca: (await import('node:fs')).readFileSync(authority.caFile, 'utf8') } });
    expect((await ask(ports, { tls: { caFile: authority.caFile, certFile: client.certFile, keyFile: client.keyFile } })).reach).toBe('ok');
    expect((await ask(ports, { tls: { caFile: authority.caFile } })).reach).toBe('tls-mismatch');
  });

  it('does not hash for ever because a broker says so', async () => {
    const ports = await brokers.start(HEALTHY, { sasl: { mechanisms: ['SCRAM-SHA-512'], username: 'xunjian', password: PASSWORD, iterations: 2_000_000_000 } });
    const began = performance.now();
    expect((await ask(ports, { credentials })).reach).toBe('protocol');
    expect(performance.now() - began).toBeLessThan(20_000);
  });
  it('ends in time with servers that hang, close, babble, flood or lie', async () => {
    using impostors = new Impostors();
    const begin = Buffer.alloc(4);
    begin.writeInt32BE(50_000_000);
    // Who closes at once, and whom we gave no password, may be a listener with SASL as well; it is not one before it has answered.
    expect(await impostors.ends('kafka', { begin, filling: 'x' })).toEqual([...HONEST]);
    const lengths = await brokers.start(HEALTHY, { spoil: (api, answer) => (api === 3 ? Buffer.concat([answer.subarray(0, 6), Buffer.alloc(40, 0xff)]) : answer) });
    expect((await ask(lengths)).reach).toMatch(/protocol|credentials-missing/);
    const limits = { ...LIMITS, answerBytes: 2_000, connectMs: 10_000, statementMs: 10_000 };
    expect((await ask(await brokers.start(HEALTHY), { limits })).reach).toBe('too-large');
  });
  it('survives any bytes in place of an answer', async () => {
    const random: { bytes: Uint8Array } = { bytes: new Uint8Array() };
    const [port = 0] = await brokers.start(HEALTHY, { spoil: (api, answer) => (api === 18 ? answer : Buffer.from(random.bytes)) });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        random.bytes = bytes;
        const { reach } = await ask([port]);
        expect(['ok', 'partial', 'protocol', 'credentials-missing', 'failed']).toContain(reach);
      }),
      { numRuns: 25 },
    );
  });
});

describe('recognising Kafka', () => {
  const productOf = (image: string, label?: string): string | undefined =>
    recognise({ containers: [{ image, ports: [9092] }], owners: [], ...(label !== undefined && { label }) }, MIDDLEWARE)?.definition.product;
  it('knows its images, and Strimzi’s programs that share one', () => {
    for (const image of ['apache/kafka:4.1.2', 'quay.io/strimzi/kafka:0.45.0-kafka-3.9.0', 'bitnami/kafka:3.9', 'confluentinc/cp-kafka:7.8.0', 'wurstmeister/kafka'])
      expect(productOf(image), image).toBe('kafka');
    expect(productOf('quay.io/strimzi/kafka:0.45.0-kafka-3.9.0', 'kafka-connect')).toBeUndefined();
    expect(productOf('danielqsj/kafka-exporter:latest')).toBeUndefined();
    expect(productOf('provectuslabs/kafka-ui:latest')).toBeUndefined();
    expect(imageParts('quay.io/strimzi/kafka:0.45.0-kafka-3.9.0').tag).toBe('0.45.0-kafka-3.9.0');
  });
  it('knows its process by the main class', () => {
    expect(recogniseProcess('java', 'java\0-cp\0/opt/kafka/libs/*\0kafka.Kafka\0/opt/kafka/config/server.properties', MIDDLEWARE)?.product).toBe('kafka');
    expect(recogniseProcess('java', 'java\0-cp\0/opt/kafka/libs/*\0org.apache.kafka.connect.cli.ConnectDistributed', MIDDLEWARE)).toBeUndefined();
  });
  it('tells the release by what a broker knows, and believes an image that says the same', () => {
    expect(
      releaseOf(
        new Map([
          [1, 11],
          [18, 3],
          [3, 9],
        ]),
      ),
    ).toBe('2.4');
    expect(releaseOf(new Map([[1, 2]]))).toBeUndefined();
    expect(modeOf(new Map([[55, 2]]))).toBe('kraft');
    expect(modeOf(new Map([[3, 12]]))).toBe('zookeeper');
    expect(versionOf('3.9', '3.9.2')).toBe('3.9.2');
    expect(versionOf('3.9', '0.45.0')).toBe('3.9');
  });
  it('tells an open listener from one that is not for clients', () => {
    const config = (listeners: string, map = ''): ReadonlyMap<string, string> =>
      new Map([
        ['listeners', listeners],
        ['listener.security.protocol.map', map],
        ['controller.listener.names', 'CONTROLLER'],
      ]);
    expect(hasPlainListener(config('PLAINTEXT://:9092'))).toBe(true);
    expect(hasPlainListener(config('EXTERNAL://0.0.0.0:9092', 'EXTERNAL:PLAINTEXT'))).toBe(true);
    expect(hasPlainListener(config('CONTROLLER://:9093,SASL_SSL://:9094', 'CONTROLLER:PLAINTEXT'))).toBe(false);
    expect(hasPlainListener(config('PLAINTEXT://127.0.0.1:9092'))).toBe(false);
  });
});
