/** Tomcat's and TongWeb's MBeans. TongWeb's domain and names changed between releases, so every read is a pattern. */
import type { Visit } from '../../../middleware/visit.ts';
import { type ApplicationReading, type ContainerReading, countOf, type JvmReading, javaMajorOf, type PoolReading, wholeOf } from './container-reading.ts';
import { fullCollections } from './full-collections.ts';
import { askJolokia, type Bean, type JolokiaRead } from './jolokia.ts';

const READS = {
  memory: { mbean: 'java.lang:type=Memory', attributes: ['HeapMemoryUsage'] },
  threading: { mbean: 'java.lang:type=Threading', attributes: ['ThreadCount'] },
  runtime: { mbean: 'java.lang:type=Runtime', attributes: ['Uptime', 'StartTime', 'SpecVersion'] },
  system: { mbean: 'java.lang:type=OperatingSystem', attributes: ['OpenFileDescriptorCount', 'MaxFileDescriptorCount'] },
  collectors: { mbean: 'java.lang:type=GarbageCollector,*', attributes: ['CollectionCount', 'CollectionTime'] },
  server: { mbean: '*:type=Server', attributes: ['serverInfo', 'serverNumber'] },
  threadPools: { mbean: '*:type=ThreadPool,*', attributes: ['maxThreads', 'currentThreadsBusy', 'connectionCount', 'maxConnections'] },
  requests: { mbean: '*:type=GlobalRequestProcessor,*', attributes: ['requestCount', 'errorCount', 'processingTime'] },
  managers: { mbean: '*:type=Manager,*', attributes: ['activeSessions', 'rejectedSessions'] },
  modules: { mbean: '*:j2eeType=WebModule,*', attributes: ['stateName', 'requestCount', 'errorCount'] },
  dataSources: { mbean: '*:type=DataSource,*', attributes: ['numActive', 'numIdle', 'maxTotal', 'active', 'idle', 'maxActive', 'waitCount', 'NumActive', 'NumIdle', 'MaxTotal'] },
  hulkPools: {
    mbean: 'com.tongweb.hulk:type=Pool*',
    attributes: ['ActiveConnections', 'IdleConnections', 'ThreadsAwaitingConnection', 'LeakCount', 'ConnectionUsedPercentBaseMaxSize', 'MaximumPoolSize'],
  },
  transactions: { mbean: 'monitor:name=trans,*', attributes: ['commits', 'rollbacks'] },
} as const satisfies Record<string, JolokiaRead>;
type ReadName = keyof typeof READS;

/** @throws InstanceFailure */
export async function readByJolokia(visit: Visit, path: string): Promise<ContainerReading> {
  const names = Object.keys(READS) as ReadName[]; // keys of the literal above
  const { reads, deadlockedThreads } = await askJolokia(
    visit,
    path,
    names.map((name) => READS[name]),
  );
  const beans = (name: ReadName): readonly Bean[] => reads[names.indexOf(name)] ?? [];
  const server = beans('server').map(({ attributes }) => attributes['serverNumber'] ?? attributes['serverInfo']);
  const transactions = beans('transactions')[0]?.attributes;
  return {
    serverVersion: server.map((text) => (typeof text === 'string' ? text.replace(/^.*\//, '') : undefined)).find((text) => text !== undefined && /\d/.test(text)),
    jvm: jvmOf(beans, deadlockedThreads),
    threadPools: beans('threadPools').map(({ keys, attributes }) => ({
      name: nameOf(keys),
      maxThreads: wholeOf(attributes['maxThreads']),
      busyThreads: wholeOf(attributes['currentThreadsBusy']),
      connections: wholeOf(attributes['connectionCount']),
      maxConnections: wholeOf(attributes['maxConnections']),
    })),
    requests: beans('requests').map(({ keys, attributes }) => ({
      name: nameOf(keys),
      requests: wholeOf(attributes['requestCount']),
      errors: wholeOf(attributes['errorCount']),
      averageMs: averageOf(countOf(attributes['processingTime']), countOf(attributes['requestCount'])),
    })),
    applications: applicationsOf(beans('managers'), beans('modules')),
    pools: [...beans('hulkPools').flatMap((bean) => hulkPool(bean) ?? []), ...beans('dataSources').map(dataSource)],
    commits: wholeOf(transactions?.['commits']),
    rollbacks: wholeOf(transactions?.['rollbacks']),
  };
}

function jvmOf(beans: (name: ReadName) => readonly Bean[], deadlockedThreads: number | undefined): JvmReading {
  const heap: unknown = beans('memory')[0]?.attributes['HeapMemoryUsage'];
  const runtime = beans('runtime')[0]?.attributes;
  const system = beans('system')[0]?.attributes;
  const collectors = beans('collectors');
  const gcMs = sumOf(collectors.map(({ attributes }) => countOf(attributes['CollectionTime'])));
  const uptimeMs = countOf(runtime?.['Uptime']);
  const startMs = countOf(runtime?.['StartTime']);
  return {
    javaMajor: javaMajorOf(runtime?.['SpecVersion']),
    startedAt: startMs === undefined ? undefined : Math.floor(startMs / 1_000),
    heapUsedBytes: heapPart(heap, 'used'),
    heapLimitBytes: heapPart(heap, 'max'),
    gcTimePercent: gcMs === undefined || !uptimeMs ? undefined : Math.min(100, (gcMs / uptimeMs) * 100),
    gcCount: sumOf(collectors.map(({ attributes }) => wholeOf(attributes['CollectionCount']))),
    fullGcCount: fullCollections(
      new Map(
        collectors.flatMap(({ keys, attributes }) => {
          const count = wholeOf(attributes['CollectionCount']);
          return count === undefined ? [] : [[nameOf(keys), count] as const];
        }),
      ),
    ),
    jvmThreads: wholeOf(beans('threading')[0]?.attributes['ThreadCount']),
    deadlockedThreads,
    openFiles: wholeOf(system?.['OpenFileDescriptorCount']),
    openFilesLimit: wholeOf(system?.['MaxFileDescriptorCount']),
  };
}
function heapPart(heap: unknown, part: 'used' | 'max'): number | undefined {
  return typeof heap === 'object' && heap !== null && part in heap ? countOf((heap as Readonly<Record<string, unknown>>)[part]) : undefined;
}

function applicationsOf(managers: readonly Bean[], modules: readonly Bean[]): ApplicationReading[] {
  const found = new Map<string, ApplicationReading>();
  for (const { keys, attributes } of modules) {
    const context = (keys.get('name') ?? '').replace(/^\/\/[^/]*/, '');
    found.set(context, { context, state: stateOf(attributes['stateName']), requests: wholeOf(attributes['requestCount']), errors: wholeOf(attributes['errorCount']) });
  }
  for (const { keys, attributes } of managers) {
    const context = keys.get('context') ?? keys.get('path') ?? '';
    const key = found.has(context) || context !== '/' ? context : '/';
    found.set(key, { ...found.get(key), context: key, sessions: wholeOf(attributes['activeSessions']), rejectedSessions: wholeOf(attributes['rejectedSessions']) });
  }
  return [...found.values()];
}
/** Tomcat's LifecycleState, and TongWeb's words for the same. */
export function stateOf(text: unknown): ApplicationReading['state'] {
  const word = typeof text === 'string' ? text.toUpperCase() : '';
  if (word === '') return undefined;
  if (/^(STARTED|RUNNING|AVAILABLE)$/.test(word)) return 'running';
  if (/FAIL|ERROR/.test(word)) return 'failed';
  return /STOP|DESTROY|DISABLED|UNAVAILABLE/.test(word) ? 'stopped' : 'other';
}

/** `com.tongweb.hulk:type=Pool (orders)`; `PoolConfig (orders)` matches the pattern too and is no pool. */
function hulkPool({ keys, attributes }: Bean): PoolReading | undefined {
  const name = /^Pool \((.{1,200})\)$/.exec(keys.get('type') ?? '')?.[1];
  if (name === undefined) return undefined;
  const used = attributes['ConnectionUsedPercentBaseMaxSize'];
  const percent = countOf(typeof used === 'string' ? used.replace('%', '') : used);
  return {
    name,
    active: wholeOf(attributes['ActiveConnections']),
    idle: wholeOf(attributes['IdleConnections']),
    waiting: wholeOf(attributes['ThreadsAwaitingConnection']),
    leaks: wholeOf(attributes['LeakCount']),
    maxActive: wholeOf(attributes['MaximumPoolSize']),
    usedPercent: percent === undefined ? undefined : Math.min(100, percent),
  };
}
function dataSource({ keys, attributes }: Bean): PoolReading {
  const first = (...candidates: readonly string[]): number | undefined => candidates.map((key) => wholeOf(attributes[key])).find((value) => value !== undefined);
  return {
    name: keys.get('name') ?? '',
    active: first('numActive', 'NumActive', 'active'),
    idle: first('numIdle', 'NumIdle', 'idle'),
    waiting: first('waitCount'),
    maxActive: first('maxTotal', 'MaxTotal', 'maxActive'),
  };
}

function nameOf(keys: ReadonlyMap<string, string>): string {
  return keys.get('name') ?? '';
}
function averageOf(totalMs: number | undefined, count: number | undefined): number | undefined {
  if (totalMs === undefined || count === undefined) return undefined;
  return count === 0 ? 0 : totalMs / count;
}
function sumOf(values: readonly (number | undefined)[]): number | undefined {
  if (values.length === 0 || values.includes(undefined)) return undefined;
  let total = 0;
  for (const value of values) total += value ?? 0;
  return total;
}
