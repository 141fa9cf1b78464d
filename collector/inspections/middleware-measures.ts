/** What was measured where a check passed: a report shows the value, not only that it was good. Pure. */
import type { SomeSections } from '../../agent/wire/section-values.ts';

type Measure = (sections: SomeSections, instance: string) => number | boolean | string | undefined;

function tongwebRow(tell: (row: NonNullable<SomeSections['middlewareTongweb']>['rows'][number]) => number | boolean | string | undefined): Measure {
  return ({ middlewareTongweb }, instance) => {
    const row = middlewareTongweb?.rows.find((one) => one.instance === instance);
    return row && tell(row);
  };
}
/** The worst of an instance's listeners or data sources. */
function most<P extends { readonly instance: string }>(parts: (sections: SomeSections) => readonly P[] | undefined, tell: (part: P) => number | undefined): Measure {
  return (sections, instance) => {
    const values = (parts(sections) ?? []).filter((part) => part.instance === instance).flatMap((part) => tell(part) ?? []);
    return values.length === 0 ? undefined : Math.max(...values);
  };
}
function share(part: number | undefined, whole: number | undefined): number | undefined {
  return part === undefined || !whole ? undefined : Math.round((part / whole) * 100);
}
const listeners = (sections: SomeSections) => sections.middlewareTongweb?.listeners.filter(({ use }) => use === 'application');
const datasources = (sections: SomeSections) => sections.middlewareTongweb?.datasources;

const MEASURES: Readonly<Record<string, Measure>> = {
  'tongweb-heap-usage-high': tongwebRow(({ heapUsedBytes, heapLimitBytes }) => share(heapUsedBytes, heapLimitBytes)),
  'tongweb-heap-exceeds-memory': tongwebRow(({ heapMostBytes, metaspaceMostBytes = 0, memoryLimitBytes }) =>
    heapMostBytes === undefined ? undefined : share(heapMostBytes + metaspaceMostBytes, memoryLimitBytes),
  ),
  'tongweb-heap-too-small': tongwebRow(({ heapMostBytes }) => heapMostBytes),
  'tongweb-gc-time-high': tongwebRow(({ gcTimePercent }) => gcTimePercent),
  'tongweb-deadlock': tongwebRow(({ deadlockedThreads }) => deadlockedThreads),
  'tongweb-fd-usage-high': tongwebRow(({ openFiles, openFilesLimit }) => share(openFiles, openFilesLimit)),
  'tongweb-nofile-low': tongwebRow(({ openFilesLimit }) => openFilesLimit),
  'tongweb-nproc-low': tongwebRow(({ processesLimit }) => processesLimit),
  'tongweb-disk-low': tongwebRow(({ installFreeBytes }) => installFreeBytes),
  'tongweb-dump-present': tongwebRow(({ heapDumps, fatalErrorLogs }) => (heapDumps ?? 0) + (fatalErrorLogs ?? 0)),
  'tongweb-thread-pool-saturated': most(listeners, ({ busyThreads, maxThreads }) => share(busyThreads, maxThreads)),
  'tongweb-listener-connections-high': most(listeners, ({ connections, maxConnections }) => share(connections, maxConnections)),
  'tongweb-listener-max-threads-odd': most(listeners, ({ maxThreads }) => maxThreads),
  'tongweb-listener-spare-threads-low': most(listeners, ({ minSpareThreads }) => minSpareThreads),
  'tongweb-request-error-rate': most(listeners, ({ errors, requests }) => share(errors, requests)),
  'tongweb-request-slow': most(listeners, ({ averageMs }) => averageMs),
  'tongweb-datasource-saturated': most(datasources, ({ usedPercent }) => usedPercent),
  'tongweb-datasource-waiting': most(datasources, ({ waiting }) => waiting),
  'tongweb-datasource-leak': most(datasources, ({ leaks }) => leaks),
  'tongweb-datasource-oversized': most(datasources, ({ maxActive }) => maxActive),
};

/** `undefined` where nothing was measured, or the check is about a setting. */
export function measured(check: string, sections: SomeSections, instance: string): number | boolean | string | undefined {
  return MEASURES[check]?.(sections, instance);
}
