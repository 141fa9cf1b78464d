/**
 * TongWeb 7's console by its REST interface. The answers are synthetic: envelope, requests and attributes are those of the manual
 * (TongWeb V7.0 二次开发接口 7049_M9A01, chapters 2.2 and 3.1); how attributes nest is the manual's one example and variations of it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LIMITS } from '../../../../agent/middleware/declaration.ts';
import { declaredAt, inspectHostMiddleware, secretFile } from '../../../support/middleware.ts';
import { put, type TongwebTree, tongweb7 } from '../../../support/tongweb-tree.ts';

const NOW = Math.floor(Date.now() / 1_000);
type Answers = Readonly<Record<string, unknown>>;

/** What the console tells of a server in trouble; `nested` false: attributes stand one by one, as "data: [<key, value>]" can be read, too. */
function troubled(nested: boolean): Answers {
  const list = (fields: Readonly<Record<string, unknown>>): unknown => (nested ? [fields] : Object.entries(fields).map(([key, value]) => ({ [key]: value })));
  return {
    'tongweb_server_detail?attrName=serverNumber,stateName': list({ serverNumber: '7.0.4.9_M4', stateName: 'STARTED' }),
    'jvm_memory_detail?attrName=HeapMemoryUsage': list({ HeapMemoryUsage: { init: 1, used: 1_900, committed: 2_000, max: 2_000 } }),
    'jvm_threading_detail?attrName=ThreadCount&operatorName=findDeadlockedThreads': list({ ThreadCount: 90, findDeadlockedThreads: [11, 12] }),
    'jvm_garbage_collector_detail?attrName=CollectionCount,CollectionTime': [
      { CollectionCount: 4, CollectionTime: 10_000 },
      { CollectionCount: 1, CollectionTime: 10_000 },
    ],
    'runtime_detail?attrName=SpecVersion,StartTime,Uptime': list({ SpecVersion: '1.8', StartTime: (NOW - 100) * 1_000, Uptime: 100_000 }),
    'transaction_detail?operatorName=count': list({ count: { commits: 5, rollbacks: 1, active: 0 } }),
    hungThreads: nested ? [{ hungThreads: [{ tid: 1, url: 'canary-url' }, { tid: 2 }] }] : [{ tid: 1, stack: 'canary-stack' }, { tid: 2 }],
    datasource_detail: nested
      ? [{ 'Pool (orders)': { ActiveConnections: 50, IdleConnections: 0, ThreadsAwaitingConnection: 4, LeakCount: 1, ConnectionUsedPercentBaseMaxSize: '100%' } }]
      : [{ name: 'orders', ActiveConnections: 50, ThreadsAwaitingConnection: 4, LeakCount: 1, topFiveSlowSqls: ['canary-sql'] }],
    'web_container?attrName=httpListener': [
      {
        httpListener: [
          { name: 'tong-http-listener', port: 8088, 'create-time': 'canary' },
          { name: 'bad/../name?x', port: 9 },
        ],
      },
    ],
    'listener_detail?operatorName=count:tong-http-listener,stat:tong-http-listener': list({
      [nested ? 'count:tong-http-listener' : 'count']: { connectionCount: '300', currentThreadsBusy: '199', maxThreads: 200, threadPoolUsage: '0.99' },
      [nested ? 'stat:tong-http-listener' : 'stat']: { requestCount: '10000', errorCount: '900', processingTime: '30000000', maxTime: '9' },
    }),
    'application_management?operatorName=allapps': [
      {
        allapps: [
          { name: 'canary-orders', contextRoot: '/canary-context', status: 'stopped', location: '/canary/path' },
          { name: 'console', contextRoot: '/console', status: 'started' },
        ],
      },
    ],
    'application_session?pathValue=canary-orders&vhost=server&attrName=activeSessions,rejectedSessions': list({ activeSessions: 3, rejectedSessions: 2 }),
  };
}

async function console7(
  answers: (question: string, authorization: string | undefined) => { status?: number; text: string; silent?: boolean },
): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const { status = 200, text, silent } = answers((request.url ?? '').replace('/console/rest/api/', ''), request.headers.authorization);
    if (!silent) response.writeHead(status).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, asked };
}
const told = (data: unknown): { text: string } => ({ text: JSON.stringify({ name: 'X', success: true, errorInfo: null, message: null, data }) });

function installed(): { tree: TongwebTree; home: string } {
  const root = mkdtempSync(join(tmpdir(), 'xunjian-console-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const tree = { root, now: NOW };
  put(tree, '/etc/hostname', 'app-1\n');
  return { tree, home: tongweb7(tree, { change: (xml) => xml.replaceAll('canary-pool', 'orders') }) };
}
async function inspected(port: number, password = 'sesame', limits = {}) {
  const { tree, home } = installed();
  const access = {
    addresses: [{ host: '127.0.0.1', port }],
    credentials: { username: 'xunjian', passwordFile: secretFile(tree.root, password) },
    limits: { ...LIMITS, connectMs: 10_000, statementMs: 10_000, instanceMs: 30_000, ...limits },
  };
  return await inspectHostMiddleware({ root: tree.root, now: NOW, instances: [declaredAt('tongweb', 'core', { home, console: '/console/rest/api/' }, access)] });
}

describe('the console of a TongWeb 7', () => {
  it.each([true, false])('is asked for what JMX would tell, however its attributes nest (%s)', async (nested) => {
    const answers = troubled(nested);
    const expected = `Basic ${Buffer.from('xunjian:sesame').toString('base64')}`;
    const { port, asked } = await console7((question, authorization) =>
      authorization === expected && answers[question] !== undefined ? told(answers[question]) : { status: 401, text: 'canary' },
    );
    const { sections, found, payload } = await inspected(port);
    expect(sections.middleware?.rows[0]).toMatchObject({ instance: 'core', reach: 'ok', version: '7.0.4.9_m4', statements: 12 });
    expect(found).toEqual(
      [
        'app-not-running',
        'datasource-leak',
        'datasource-saturated',
        'datasource-waiting',
        'deadlock',
        'gc-time-high',
        'heap-usage-high',
        'request-error-rate',
        'request-slow',
        'session-rejected',
        'thread-pool-saturated',
        'threads-hung',
      ].map((one) => `tongweb-${one}`),
    );
    expect(asked.every((one) => one.startsWith('GET /console/rest/api/'))).toBe(true);
    expect(asked.join(' ')).not.toMatch(/bad|searchLog|log\/|sql/i); // names that are no names go into no question; logs and SQL are not asked for
    expect(payload.json).not.toContain('canary');
    expect(JSON.stringify([sections.middlewareTongweb?.rows, sections.middlewareTongweb?.datasources])).not.toContain('canary');
  });

  it.each([
    ['refuses the password', () => ({ status: 401, text: 'canary' }), 'wrong-credentials'],
    ['lets nobody in', () => ({ status: 403, text: 'canary' }), 'no-rights'],
    ['says that it failed', () => ({ text: JSON.stringify({ success: false, message: 'canary', errorInfo: 'canary', data: null }) }), 'protocol'],
    ['is a page', () => ({ text: '<html>canary</html>' }), 'protocol'],
    ['floods', () => ({ text: JSON.stringify({ success: true, data: 'x'.repeat(6_000_000) }) }), 'too-large'],
  ])('that %s leaves what the files tell, and says so', async (_what, answer, reach) => {
    const { port } = await console7(answer);
    const { sections, verdicts, payload } = await inspected(port);
    expect(sections.middleware?.rows[0]?.reach).toBe('partial');
    expect(sections.middleware?.members[0]?.reach).toBe(reach);
    expect(verdicts).toContainEqual(expect.objectContaining({ check: 'tongweb-heap-usage-high', verdict: 'unknown' }));
    expect(verdicts).toContainEqual(expect.objectContaining({ check: 'tongweb-heap-too-small', verdict: 'pass' }));
    expect(payload.json).not.toContain('canary');
  });

  it('whose role may not see some of it leaves that unknown', async () => {
    const answers = troubled(true);
    const { port } = await console7((question) =>
      /^(jvm_|hung)/.test(question) ? { status: 403, text: 'canary' } : answers[question] === undefined ? { status: 404, text: 'canary' } : told(answers[question]),
    );
    const { sections, verdicts } = await inspected(port);
    expect(sections.middleware?.rows[0]).toMatchObject({ reach: 'partial', denied: 4 });
    expect(verdicts).toContainEqual(expect.objectContaining({ check: 'tongweb-threads-hung', verdict: 'unknown' }));
    expect(verdicts).toContainEqual(expect.objectContaining({ check: 'tongweb-thread-pool-saturated', verdict: 'fail' }));
  });

  it('that falls silent is asked no more, and what it told stays', async () => {
    const answers = troubled(true);
    const { port, asked } = await console7((question) => (/^(tongweb|jvm_memory)/.test(question) ? told(answers[question]) : { silent: true, text: '' }));
    const { sections, verdicts } = await inspected(port, 'sesame', { statementMs: 300 });
    expect(asked).toHaveLength(3);
    expect(sections.middleware?.rows[0]?.reach).toBe('partial');
    expect(verdicts).toContainEqual(expect.objectContaining({ check: 'tongweb-heap-usage-high', verdict: 'fail' }));
    expect(verdicts).toContainEqual(expect.objectContaining({ check: 'tongweb-deadlock', verdict: 'unknown' }));
  });

  it('that answers nonsense of any depth does not hurt', async () => {
    let deep: unknown = { maxThreads: 1, HeapMemoryUsage: { committed: 1, used: 'x', max: -1 }, name: 7, port: 'x' };
    for (let level = 0; level < 2_000; level += 1) deep = [deep];
    const { port } = await console7(() => told([deep, null, 7, 'canary', { findDeadlockedThreads: 'canary', ThreadCount: -4, Uptime: -1 }]));
    const { sections, payload } = await inspected(port);
    expect(sections.middlewareTongweb?.rows[0]).not.toHaveProperty('deadlockedThreads');
    expect(payload.json).not.toContain('canary');
  });
});
