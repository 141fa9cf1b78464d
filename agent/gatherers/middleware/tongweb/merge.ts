/** What the configuration says of listeners, data sources and applications, with what JMX says of the same. Pure. */
import type { Sections } from '../../../wire/section-values.ts';
import { type ContainerReading, portOfName } from '../jvm/container-reading.ts';
import type { Application, Configuration, Listener } from './configuration.ts';

type Tongweb = Sections['middlewareTongweb'];
export interface Parts {
  readonly instance: string;
  readonly configuration?: Configuration | undefined;
  readonly told?: ContainerReading | undefined;
  /** Ports that the process listens on; left out when they could not be seen. */
  readonly listening?: readonly number[] | undefined;
  /** Connections that wait to be accepted, by port; left out when they could not be seen. */
  readonly waiting?: ReadonlyMap<number, number> | undefined;
  readonly running?: boolean | undefined;
}

/** Told apart by their ports: JMX names a listener after what it listens on. */
export function listenerRows({ instance, configuration, told, listening, waiting, running }: Parts): Tongweb['listeners'][number][] {
  const configured = configuration?.listeners ?? [];
  const pools = new Map((told?.threadPools ?? []).map((pool) => [portOfName(pool.name) ?? pool.name, pool]));
  const requests = new Map((told?.requests ?? []).map((one) => [portOfName(one.name) ?? one.name, one]));
  const others: Listener[] = [...pools.entries()]
    .filter(([key]) => !configured.some(({ port }) => port === key))
    .map(([key, { name }]) => ({ listener: name, use: key === 9060 ? 'console' : 'application', port: typeof key === 'number' ? key : undefined }));
  return [...configured, ...others].map((listener) => {
    const pool = pools.get(listener.port ?? listener.listener);
    const counted = requests.get(listener.port ?? listener.listener);
    const isListening = listener.port === undefined || listening === undefined || running !== true ? undefined : listening.includes(listener.port);
    return {
      instance,
      ...listener,
      listening: isListening,
      waiting: listener.port === undefined ? undefined : waiting?.get(listener.port),
      maxThreads: pool?.maxThreads ?? listener.maxThreads,
      maxConnections: pool?.maxConnections ?? listener.maxConnections,
      busyThreads: pool?.busyThreads,
      connections: pool?.connections,
      requests: counted?.requests,
      errors: counted?.errors,
      averageMs: counted?.averageMs,
    };
  });
}

export function datasourceRows({ instance, configuration, told }: Parts): Tongweb['datasources'][number][] {
  const pools = new Map((told?.pools ?? []).map((pool) => [pool.name, pool]));
  const configured = configuration?.datasources ?? [];
  const names = new Set([...configured.map(({ datasource }) => datasource), ...pools.keys()]);
  return [...names].map((datasource) => {
    const pool = pools.get(datasource);
    const set = configured.find((one) => one.datasource === datasource);
    const maxActive = pool?.maxActive ?? set?.maxActive;
    const share = pool?.active === undefined || !maxActive ? undefined : Math.min(100, (pool.active / maxActive) * 100);
    return { instance, ...set, datasource, maxActive, active: pool?.active, idle: pool?.idle, waiting: pool?.waiting, leaks: pool?.leaks, usedPercent: pool?.usedPercent ?? share };
  });
}

export function applicationRows({ instance, configuration, told }: Parts): Tongweb['applications'][number][] {
  const configured = configuration?.applications ?? [];
  const seen = new Map((told?.applications ?? []).map((one) => [contextOf(one.context), one]));
  const known = configured.map(({ context, ...application }) => {
    const live = context === undefined ? undefined : seen.get(contextOf(context));
    if (context !== undefined) seen.delete(contextOf(context));
    return row(instance, application, live);
  });
  // The console and its like are the product's own.
  const others = [...seen.values()].filter(({ context }) => !/^\/?(console|heimdall|sysweb|genericra)$/.test(context));
  return [...known, ...others.map((live) => row(instance, { application: live.context === '' ? '/' : live.context }, live))];
}
function row(instance: string, application: Omit<Application, 'context'>, live: ContainerReading['applications'][number] | undefined): Tongweb['applications'][number] {
  const { context: _context, ...counts } = live ?? { context: '' };
  return { instance, ...application, ...Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== undefined)) };
}
function contextOf(text: string): string {
  return text === '' || text === '/' ? '/' : `/${text.replace(/^\/+/, '')}`;
}
