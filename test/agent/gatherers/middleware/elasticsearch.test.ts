import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { MIDDLEWARE } from '../../../../agent/gatherers/middleware/index.ts';
import { recognise, recogniseProcess } from '../../../../agent/gatherers/middleware/recognise.ts';
import type { Declared } from '../../../../agent/middleware/declaration.ts';
import { makeCertificates } from '../../../support/certificates.ts';
import { HONEST, HTTP_FLOOD, Impostors, type Routes } from '../../../support/impostors.ts';
import { inspectMiddleware, secretFile } from '../../../support/middleware.ts';
import { recordedAt, recordedRoutes } from '../../../support/recorded.ts';

const PASSWORD = 'canary-pa55-of-search';
/** What the recorded machine really was like: little disk, 20 000 files, nothing locked, no security. */
const OF_THE_MACHINE = ['descriptors-low', 'disk-low', 'memory-unlocked', 'security-off', 'tls-off'].map((one) => `elasticsearch-${one}`);
const folder = mkdtempSync('/tmp/xunjian-search-secrets-');
const credentials = { username: 'xunjian', passwordFile: secretFile(folder, PASSWORD) };
const impostors = new Impostors();
afterAll(() => {
  impostors[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});
const ask = async (port: number, declared: Partial<Declared> = {}, now?: number) =>
  await inspectMiddleware({ product: 'elasticsearch', ports: [port], declared, ...(now !== undefined && { now }) });
const basic = `Basic ${Buffer.from(`xunjian:${PASSWORD}`).toString('base64')}`;

describe('inspecting Elasticsearch and OpenSearch', { timeout: 60_000 }, () => {
  it('finds of a healthy OpenSearch only what its machine is like, and names nothing', async () => {
    const file = 'elasticsearch/opensearch-2.19.3-sound';
    const told = await ask(await impostors.http(recordedRoutes(file)), { options: { snapshotRepository: 'canary-repository' } }, recordedAt(file));
    expect(told.reach).toBe('ok');
    expect(told.found).toEqual(OF_THE_MACHINE);
    expect(told.sections.middlewareElasticsearch?.rows[0]).toMatchObject({
      version: '2.19.3',
      distribution: 'opensearch',
      mode: 'cluster',
      status: 'green',
      nodes: 3,
      masterNodes: 3,
      activeShards: 18,
      indices: 3,
      unreplicatedIndices: 0,
      blockedIndices: 0,
      repositories: 1,
      snapshots: 1,
      mostShards: 3_000,
    });
    expect(told.verdicts.filter(({ check, verdict }) => check.startsWith('elasticsearch') && verdict === 'unknown')).toEqual([]);
    expect(told.sections.middlewareElasticsearch?.members.map(({ heapMostBytes }) => heapMostBytes)).toEqual([405_471_232, 405_471_232, 405_471_232]);
    expect(told.sections.middlewareSettings?.rows).toContainEqual(expect.objectContaining({ key: 'cluster.routing.allocation.disk.watermark.low', number: 85 }));
    expect(told.payload.json).not.toContain('canary');
    expect(JSON.stringify(told.sections)).not.toMatch(/canary-(index|repository|snapshot|cluster|value|field)/);
  });

  it('finds every fault of an OpenSearch that lost a node', async () => {
    const file = 'elasticsearch/opensearch-2.19.3-sick';
    const told = await ask(await impostors.http(recordedRoutes(file)), { options: { snapshotRepository: 'canary-repository' } }, recordedAt(file) + 200_000);
    const planted = ['allocation-off', 'indices-blocked', 'masters-few', 'primary-unassigned', 'red', 'replicas-none', 'shards-many', 'snapshot-stale'];
    expect(told.found).toEqual([...OF_THE_MACHINE, ...planted.map((one) => `elasticsearch-${one}`)].sort());
    expect(told.sections.middlewareElasticsearch?.rows[0]).toMatchObject({ nodes: 2, unassignedShards: 8, unassignedPrimaries: 2, blockedIndices: 1, unreplicatedIndices: 1 });
    expect(told.payload.json).not.toContain('canary');
  });

  it('reads an Elasticsearch 7.17, whose maintenance ended', async () => {
    const file = 'elasticsearch/elasticsearch-7.17.29-sound';
    const told = await ask(await impostors.http(recordedRoutes(file)), {}, recordedAt(file));
    expect(told.found).toEqual([...OF_THE_MACHINE, 'middleware-version-eol'].sort());
    expect(told.sections.middlewareElasticsearch?.rows[0]).toMatchObject({ version: '7.17.29', distribution: 'elasticsearch', snapshots: 1 });
    // The recorded server had no ILM: not told is unknown, not healthy.
    expect(told.verdicts).toContainEqual(expect.objectContaining({ check: 'elasticsearch-lifecycle-error', verdict: 'unknown' }));
  });

  it('asks only for constants, without a name of an index in them', async () => {
    const own = new Impostors();
    await ask(await own.http(recordedRoutes('elasticsearch/elasticsearch-7.17.29-sound')));
    own[Symbol.dispose]();
    expect(own.asked.length).toBeLessThanOrEqual(12);
    expect(own.asked.find((path) => path.startsWith('/_cat/indices'))).toBe('/_cat/indices?format=json&bytes=b&h=health,status,pri,rep');
    expect(own.asked.every((path) => !path.includes('canary'))).toBe(true);
  });

  it('signs in as declared: a password, an API key, a bearer token; and tells that nobody else is answered', async () => {
    const routes = recordedRoutes('elasticsearch/opensearch-2.19.3-sound');
    for (const [auth, header] of [
      ['basic', basic],
      ['api-key', `ApiKey ${PASSWORD}`],
      ['bearer', `Bearer ${PASSWORD}`],
    ] as const) {
      const told = await ask(await impostors.http(routes, { authorization: header }), { credentials, options: { auth } });
      expect([auth, told.reach, told.sections.middlewareElasticsearch?.rows[0]?.anonymous]).toEqual([auth, 'ok', false]);
      expect(told.found).not.toContain('elasticsearch-security-off');
    }
  });

  it('says what is wrong: credentials, rights, TLS', async () => {
    const routes = recordedRoutes('elasticsearch/opensearch-2.19.3-sound');
    const closed = await impostors.http(routes, { authorization: basic });
    expect((await ask(closed)).reach).toBe('credentials-missing');
    const wrong = await ask(closed, { credentials: { ...credentials, passwordFile: secretFile(folder, 'canary-wrong') } });
    expect(wrong.reach).toBe('wrong-credentials');
    expect(wrong.payload.json + JSON.stringify(wrong.sections)).not.toContain('canary');
    const unfit = await impostors.http(routes, { admits: (path) => path === '/' || path === '/_cluster/health' });
    const poor = await ask(unfit, { credentials });
    expect(poor.reach).toBe('partial');
    expect(poor.sections.middlewareElasticsearch?.rows[0]?.denied).toEqual(['cluster:monitor', 'indices:monitor', 'cluster:monitor_snapshot']);
    expect(poor.verdicts).toContainEqual(expect.objectContaining({ check: 'elasticsearch-heap-high', verdict: 'unknown', reason: 'forbidden' }));
    expect((await ask(await impostors.http(routes, { admits: () => false }), { credentials })).reach).toBe('no-rights');
    const { ca, cert, key } = makeCertificates();
    const secure = await impostors.http(routes, { tls: { cert, key } });
    expect((await ask(secure, { tls: { caFile: secretFile(folder, ca) } })).found).not.toContain('elasticsearch-tls-off');
    expect((await ask(secure, { tls: {} })).reach).toBe('tls-mismatch');
    expect((await ask(secure)).reach).toBe('tls-mismatch');
  });

  it('keeps to shape and cap: a server that lies is unknown, one that pours is cut and costs only that answer', async () => {
    const root = '{"version":{"number":"8.19.4"},"tagline":"You Know, for Search"}';
    const hostile: Routes = {
      '/': root,
      '/_cluster/health': '{"status":"canary","number_of_nodes":-3}',
      '/_nodes/stats/jvm,fs,thread_pool,breaker,process,os': '{"nodes":[1,2]}',
      '/_nodes/process,jvm,settings': 'not json',
      '/_cat/indices': '{"canary":1}',
      '/_cat/shards': `[${'{"prirep":"p"},'.repeat(40_000)}{}]`,
      '/_cluster/state/blocks': '[]',
      '/_snapshot': '"canary"',
    };
    const told = await ask(await impostors.http(hostile), { limits: { connectMs: 10_000, statementMs: 10_000, instanceMs: 30_000, statements: 60, answerBytes: 65_536 } });
    expect(told.reach).toBe('ok');
    expect(told.found.filter((check) => !/security-off|tls-off/.test(check))).toEqual([]);
    const unknown = ['red', 'heap-high', 'indices-blocked', 'replicas-none', 'primary-unassigned', 'snapshot-missing', 'snapshot-stale', 'masters-few', 'allocation-off'];
    for (const check of unknown) expect(told.verdicts).toContainEqual(expect.objectContaining({ check: `elasticsearch-${check}`, verdict: 'unknown' }));
    expect(told.payload.json).not.toContain('canary');
    expect((await ask(await impostors.http({ '/': '{"tagline":"something else"}' }))).reach).toBe('protocol');
  });

  it('ends in time with servers that hang, close, babble or flood', async () => {
    expect(await impostors.ends('elasticsearch', HTTP_FLOOD)).toEqual([...HONEST]);
  });

  it('is told by image, operator and process', () => {
    const by = (image: string, owners: readonly string[] = []) => recognise({ containers: [{ image, ports: [9200] }], owners }, MIDDLEWARE)?.definition.product;
    expect(by('docker.elastic.co/elasticsearch/elasticsearch:8.19.4')).toBe('elasticsearch');
    expect(by('opensearchproject/opensearch:2.19.3')).toBe('elasticsearch');
    expect(by('registry:5000/custom-build:1', ['elasticsearch.k8s.elastic.co/Elasticsearch'])).toBe('elasticsearch');
    expect(by('opensearchproject/opensearch-dashboards:2')).toBeUndefined();
    expect(by('prometheuscommunity/elasticsearch-exporter:v1')).toBeUndefined();
    const process = (line: string) => recogniseProcess('java', line, MIDDLEWARE)?.product;
    expect(process('/usr/share/elasticsearch/jdk/bin/java -Xms4g --module-path lib -m org.elasticsearch.server/org.elasticsearch.bootstrap.Elasticsearch')).toBe('elasticsearch');
    expect(process('java -cp lib/* org.opensearch.bootstrap.OpenSearch -d')).toBe('elasticsearch');
    expect(process('java -jar app.jar')).toBeUndefined();
  });

  it('has its page, which names the privileges that it asks for', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../../docs/middleware/elasticsearch.md'), 'utf8');
    for (const grant of ['monitor', 'monitor_snapshot', 'view_index_metadata']) expect(page).toContain(`"${grant}"`);
  });
});
