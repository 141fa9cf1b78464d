/**
 * TongWeb 7's console over its documented REST interface (manual "TongWeb V7.0 二次开发接口" 7049_M9A01, chapter 3.1): GET requests with
 * attributes by name, each answered by `{ name, success, data: [{ key: value }] }`. The manual draws the envelope and the attributes,
 * not how attributes nest in `data`: they are looked for by their names, wherever they stand. TongWeb 8 wants a password that its
 * own library has encrypted, and publishes no answers: it is read over Jolokia or a Prometheus exporter.
 */
import { InstanceFailure, reachOf } from '../../../middleware/failure.ts';
import { askHttp } from '../../../middleware/http.ts';
import type { Visit } from '../../../middleware/visit.ts';
import { type ApplicationReading, type ContainerReading, countOf, javaMajorOf, type PoolReading, wholeOf } from '../jvm/container-reading.ts';
import { stateOf } from '../jvm/from-jolokia.ts';

/** Each costs a request. */
const MOST_LISTENERS = 6;
const MOST_APPLICATIONS = 15;
/** Values of one answer that are looked at, and how deep they may lie. */
const MOST_VALUES = 20_000;
const DEEPEST = 6;
/** Names that go into the next question: nothing that could end a path or an argument. */
const SAFE_NAME = /^[\w.-]{1,100}$/;

/** Applications of the product's own. */
const OWN = /^\/?(console|heimdall|sysweb|genericra)$/;
const FORBIDDEN: ReadonlySet<string> = new Set(['no-rights', 'wrong-credentials', 'credentials-missing']);

type Fields = Readonly<Record<string, unknown>>;
/** An object of an answer, and the key under which it stood. */
interface Found {
  readonly key: string;
  readonly fields: Fields;
}

/** @throws InstanceFailure `protocol` when it is no such console */
export async function readByConsole(visit: Visit, base: string): Promise<ContainerReading> {
  const ask = asker(visit, base);
  const server = await ask('tongweb_server_detail?attrName=serverNumber,stateName');
  if (server === undefined) throw new InstanceFailure('protocol');
  // One after the other: the console has few threads of its own, and the vendor warns of polling it.
  const memory = await ask('jvm_memory_detail?attrName=HeapMemoryUsage');
  const threading = await ask('jvm_threading_detail?attrName=ThreadCount&operatorName=findDeadlockedThreads');
  const collectors = await ask('jvm_garbage_collector_detail?attrName=CollectionCount,CollectionTime');
  const runtime = await ask('runtime_detail?attrName=SpecVersion,StartTime,Uptime');
  const transactions = await ask('transaction_detail?operatorName=count');
  const hung = await ask('hungThreads');
  const pools = await ask('datasource_detail');
  const listeners = await listenersOf(ask);
  return {
    serverVersion: textOf(fieldOf(server, 'serverNumber')),
    jvm: { ...jvmOf({ memory, threading, collectors, runtime }), hungThreads: threadsIn(hung) },
    threadPools: listeners.map(({ name, port, count }) => ({
      name: port === undefined ? name : `${name}-${port}`,
      maxThreads: wholeOf(count?.['maxThreads']),
      busyThreads: wholeOf(count?.['currentThreadsBusy']),
      connections: wholeOf(count?.['connectionCount']),
    })),
    requests: listeners.flatMap(({ name, port, stat }) => (stat ? [{ name: port === undefined ? name : `${name}-${port}`, ...trafficOf(stat) }] : [])),
    applications: await applicationsOf(ask),
    pools: objectsWith(pools, 'ActiveConnections', 'WaitCount').flatMap((one) => poolOf(one) ?? []),
    commits: wholeOf(fieldOf(transactions, 'commits')),
    rollbacks: wholeOf(fieldOf(transactions, 'rollbacks')),
  };
}

type Ask = (question: string) => Promise<unknown>;

/**
 * The `data` of one answer after the other; `undefined` when the console says that it could not tell. Who is not let in is told so at
 * the first question. Later what is forbidden is left out, and a console that does not answer any more is asked no more.
 */
function asker(visit: Visit, base: string): Ask {
  let isOver = false;
  return async (question) => {
    if (isOver) return undefined;
    try {
      const { status, body } = await askHttp(visit, { path: `${base}/${question}` });
      return status < 200 || status > 299 ? undefined : dataOf(body);
    } catch (error) {
      if (visit.statements <= 1) throw error;
      visit.deny();
      isOver = !FORBIDDEN.has(reachOf(error));
      return undefined;
    }
  };
}
function dataOf(body: string): unknown {
  try {
    const answer: unknown = JSON.parse(body);
    return typeof answer === 'object' && answer !== null && 'success' in answer && answer.success === true && 'data' in answer ? answer.data : undefined;
  } catch {
    return undefined;
  }
}

interface ListenerReading {
  readonly name: string;
  readonly port: number | undefined;
  readonly count: Fields | undefined;
  readonly stat: Fields | undefined;
}
async function listenersOf(ask: Ask): Promise<ListenerReading[]> {
  const container = await ask('web_container?attrName=httpListener');
  const named = objectsWith(container, 'port').flatMap(({ fields }) => {
    const name = textOf(fields['name']);
    return name !== undefined && SAFE_NAME.test(name) ? [{ name, port: wholeOf(fields['port']) }] : [];
  });
  const out: ListenerReading[] = [];
  for (const { name, port } of named.slice(0, MOST_LISTENERS)) {
    const detail = await ask(`listener_detail?operatorName=count:${name},stat:${name}`);
    out.push({ name, port, count: objectsWith(detail, 'maxThreads')[0]?.fields, stat: objectsWith(detail, 'requestCount')[0]?.fields });
  }
  return out;
}
function trafficOf(stat: Fields): { requests: number | undefined; errors: number | undefined; averageMs: number | undefined } {
  const requests = wholeOf(stat['requestCount']);
  const totalMs = countOf(stat['processingTime']);
  return {
    requests,
    errors: wholeOf(stat['errorCount']),
    averageMs: requests === undefined || totalMs === undefined ? undefined : requests === 0 ? 0 : totalMs / requests,
  };
}

function jvmOf({ memory, threading, collectors, runtime }: Readonly<Record<'memory' | 'threading' | 'collectors' | 'runtime', unknown>>): ContainerReading['jvm'] {
  const heap = objectsWith(memory, 'committed')[0]?.fields;
  const gcMs = sumOf(objectsWith(collectors, 'CollectionTime'), 'CollectionTime');
  const uptimeMs = countOf(fieldOf(runtime, 'Uptime'));
  const startMs = countOf(fieldOf(runtime, 'StartTime'));
  return {
    javaMajor: javaMajorOf(fieldOf(runtime, 'SpecVersion')),
    startedAt: startMs === undefined ? undefined : Math.floor(startMs / 1_000),
    heapUsedBytes: countOf(heap?.['used']),
    heapLimitBytes: countOf(heap?.['max']),
    gcTimePercent: gcMs === undefined || !uptimeMs ? undefined : Math.min(100, (gcMs / uptimeMs) * 100),
    gcCount: sumOf(objectsWith(collectors, 'CollectionCount'), 'CollectionCount'),
    jvmThreads: wholeOf(fieldOf(threading, 'ThreadCount')),
    deadlockedThreads: deadlocksIn(fieldOf(threading, 'findDeadlockedThreads')),
  };
}
/** Java answers null when nothing waits for anything; an answer without the key tells nothing. */
function deadlocksIn(value: unknown): number | undefined {
  return value === null ? 0 : Array.isArray(value) ? value.length : undefined;
}
/** A list of threads, or one under a key. */
function threadsIn(data: unknown): number | undefined {
  if (!Array.isArray(data)) return undefined;
  const only: unknown = data.length === 1 ? data[0] : undefined;
  const inner: unknown = typeof only === 'object' && only !== null ? Object.values(only).find(Array.isArray) : undefined;
  return Array.isArray(inner) ? inner.length : data.length;
}

async function applicationsOf(ask: Ask): Promise<ApplicationReading[]> {
  const listed = objectsWith(await ask('application_management?operatorName=allapps'), 'contextRoot');
  const out: ApplicationReading[] = [];
  for (const { fields } of listed.slice(0, 500)) {
    const context = textOf(fields['contextRoot']) ?? '';
    const name = textOf(fields['name']);
    const isAsked = name !== undefined && SAFE_NAME.test(name) && !OWN.test(context) && out.length < MOST_APPLICATIONS;
    const sessions = isAsked ? await ask(`application_session?pathValue=${name}&vhost=server&attrName=activeSessions,rejectedSessions`) : undefined;
    out.push({
      context,
      state: stateOf(fields['status']),
      sessions: wholeOf(fieldOf(sessions, 'activeSessions')),
      rejectedSessions: wholeOf(fieldOf(sessions, 'rejectedSessions')),
    });
  }
  return out;
}

/** A pool without XA, or with it; what names it is a field, or the key under which it stands (`Pool (orders)`). */
function poolOf({ key, fields }: Found): PoolReading | undefined {
  const name = textOf(fields['name']) ?? textOf(fields['PoolName']) ?? /^Pool \((.{1,200})\)$/.exec(key)?.[1] ?? (/[a-z]/i.test(key) ? key : undefined);
  if (name === undefined) return undefined;
  const used = fields['ConnectionUsedPercentBaseMaxSize'];
  const percent = countOf(typeof used === 'string' ? used.replace('%', '') : used);
  return {
    name,
    active: wholeOf(fields['ActiveConnections'] ?? fields['Active']),
    idle: wholeOf(fields['IdleConnections'] ?? fields['Idle']),
    waiting: wholeOf(fields['ThreadsAwaitingConnection'] ?? fields['WaitCount']),
    leaks: wholeOf(fields['LeakCount']),
    usedPercent: percent === undefined ? undefined : Math.min(100, percent),
  };
}

/** Objects of an answer that have one of the fields themselves, in their order. */
function objectsWith(data: unknown, ...wanted: readonly string[]): readonly Found[] {
  const found: Found[] = [];
  for (const one of objectsIn(data)) if (wanted.some((field) => Object.hasOwn(one.fields, field))) found.push(one);
  return found;
}
function fieldOf(data: unknown, field: string): unknown {
  for (const { fields } of objectsIn(data)) if (Object.hasOwn(fields, field)) return fields[field];
  return undefined;
}
function* objectsIn(data: unknown): Generator<Found> {
  const queue: { readonly key: string; readonly value: unknown; readonly depth: number }[] = [{ key: '', value: data, depth: 0 }];
  for (let next = 0; next < queue.length && next < MOST_VALUES; next += 1) {
    const { key, value, depth } = queue[next] ?? { key: '', value: undefined, depth: 0 };
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) yield { key, fields: value as Fields };
    if (depth >= DEEPEST || queue.length > MOST_VALUES) continue;
    for (const [inner, child] of Object.entries(value)) queue.push({ key: Array.isArray(value) ? key : inner, value: child, depth: depth + 1 });
  }
}
function sumOf(found: readonly Found[], field: string): number | undefined {
  if (found.length === 0) return undefined;
  let total = 0;
  for (const { fields } of found) {
    const value = wholeOf(fields[field]);
    if (value === undefined) return undefined;
    total += value;
  }
  return total;
}
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;
}
