/**
 * The same from a Prometheus exporter: jmx_exporter before and after its 1.0 (which renamed the JVM's metrics), Micrometer,
 * and the lower-case rules that TongWeb's own instructions use. The first name that exists wins.
 */
import { InstanceFailure } from '../../../middleware/failure.ts';
import { askHttp } from '../../../middleware/http.ts';
import type { Visit } from '../../../middleware/visit.ts';
import { type ApplicationReading, type ContainerReading, type RequestCounts, type ThreadPool, wholeOf } from './container-reading.ts';
import { parseExposition, type Sample } from './exposition.ts';
import { fullCollections } from './full-collections.ts';

const WANTED = /^(jvm_|java_lang_|process_|tongweb_|tomcat_|catalina_)/i;

/** @throws InstanceFailure `protocol` when it is no exposition */
export async function readByMetrics(visit: Visit, path: string): Promise<ContainerReading> {
  const { status, body } = await askHttp(visit, { path, headers: { accept: 'text/plain' } });
  if (status !== 200) throw new InstanceFailure('protocol');
  const samples = parseExposition(body, WANTED);
  if (samples.length === 0) throw new InstanceFailure('protocol');
  return readingOf(samples);
}

export function readingOf(samples: readonly Sample[]): ContainerReading {
  const at = lookup(samples);
  const started = at.sum(['process_start_time_seconds', 'java_lang_runtime_starttime']);
  const startedSeconds = started !== undefined && started > 1e11 ? started / 1_000 : started;
  const now = at.sum(['process_uptime_seconds']);
  const gcSeconds = at.sum(['jvm_gc_collection_seconds_sum', 'jvm_gc_pause_seconds_sum']);
  return {
    jvm: {
      startedAt: startedSeconds === undefined ? undefined : Math.floor(startedSeconds),
      heapUsedBytes: at.sum(['jvm_memory_used_bytes', 'jvm_memory_bytes_used', 'java_lang_memory_heapmemoryusage_used'], isHeap),
      heapLimitBytes: at.sum(['jvm_memory_max_bytes', 'jvm_memory_bytes_max', 'java_lang_memory_heapmemoryusage_max'], isHeap),
      gcTimePercent: gcSeconds === undefined || !now ? undefined : Math.min(100, (gcSeconds / now) * 100),
      gcCount: wholeOf(at.sum(['jvm_gc_collection_seconds_count', 'jvm_gc_pause_seconds_count'])),
      fullGcCount: fullGcs(at),
      jvmThreads: wholeOf(at.sum(['jvm_threads_current', 'jvm_threads_live_threads', 'java_lang_threading_threadcount'])),
      deadlockedThreads: wholeOf(at.sum(['jvm_threads_deadlocked'])),
      openFiles: wholeOf(at.sum(['process_open_fds', 'process_files_open_files', 'java_lang_operatingsystem_openfiledescriptorcount'])),
      openFilesLimit: wholeOf(at.sum(['process_max_fds', 'process_files_max_files', 'java_lang_operatingsystem_maxfiledescriptorcount'])),
    },
    threadPools: threadPools(at),
    requests: requests(at),
    applications: applications(at),
    pools: [],
  };
}

/** By the collector (exporters), or by what it did (Micrometer, which has no row for what never happened). */
function fullGcs(at: Lookup): number | undefined {
  const byCollector = at.by(['jvm_gc_collection_seconds_count'], ['gc']);
  if (byCollector.size > 0) return wholeOf(fullCollections(byCollector));
  const byAction = at.by(['jvm_gc_pause_seconds_count'], ['action']);
  return byAction.size === 0 ? undefined : wholeOf(byAction.get('end of major GC') ?? 0);
}

/** Micrometer lists the heap's pools one by one, exporters the area as a whole. */
function isHeap({ labels, value }: Sample): boolean {
  return (labels.get('area') ?? 'heap') === 'heap' && value >= 0;
}

interface Lookup {
  /** Sum over all samples of the first name that exists. */
  sum(names: readonly string[], filter?: (sample: Sample) => boolean): number | undefined;
  /** Values by a label, of the first name that exists. */
  by(names: readonly string[], label: readonly string[]): ReadonlyMap<string, number>;
}
function lookup(samples: readonly Sample[]): Lookup {
  const byName = Map.groupBy(samples, ({ name }) => name.toLowerCase());
  const first = (names: readonly string[]): readonly Sample[] => names.map((name) => byName.get(name) ?? byName.get(`${name}_total`)).find((found) => found !== undefined) ?? [];
  return {
    sum(names, filter = () => true) {
      const found = first(names).filter(filter);
      return found.length === 0 ? undefined : found.reduce((total, { value }) => total + value, 0);
    },
    by(names, labels) {
      const out = new Map<string, number>();
      for (const sample of first(names)) {
        const key = labels.map((label) => sample.labels.get(label)).find((value) => value !== undefined) ?? '';
        out.set(key, (out.get(key) ?? 0) + sample.value);
      }
      return out;
    },
  };
}

function both(metric: string): string[] {
  return ['tongweb', 'tomcat', 'catalina'].map((prefix) => `${prefix}_${metric}`);
}
function threadPools(at: Lookup): ThreadPool[] {
  const most = at.by([...both('threadpool_maxthreads'), 'tomcat_threads_config_max_threads', 'tomcat_threadpool_maxthreads'], ['name', 'port']);
  const busy = at.by([...both('threadpool_currentthreadsbusy'), 'tomcat_threads_busy_threads'], ['name', 'port']);
  const connections = at.by([...both('threadpool_connectioncount'), 'tomcat_connections_current_connections'], ['name', 'port']);
  return [...new Set([...most.keys(), ...busy.keys()])].map((name) => ({
    name: unquoted(name),
    maxThreads: wholeOf(most.get(name)),
    busyThreads: wholeOf(busy.get(name)),
    connections: wholeOf(connections.get(name)),
  }));
}
function requests(at: Lookup): RequestCounts[] {
  const counts = at.by([...both('globalrequestprocessor_requestcount'), 'tomcat_requestcount', 'tomcat_global_request_seconds_count'], ['name', 'port']);
  const errors = at.by([...both('globalrequestprocessor_errorcount'), 'tomcat_errorcount', 'tomcat_global_error'], ['name', 'port']);
  const timesMs = at.by([...both('globalrequestprocessor_processingtime'), 'tomcat_processingtime'], ['name', 'port']);
  return [...counts].map(([name, count]) => {
    const total = timesMs.get(name);
    return { name: unquoted(name), requests: wholeOf(count), errors: wholeOf(errors.get(name)), averageMs: total === undefined ? undefined : count === 0 ? 0 : total / count };
  });
}
function applications(at: Lookup): ApplicationReading[] {
  const rejected = at.by([...both('manager_rejectedsessions'), 'tomcat_session_rejectedsessions'], ['context']);
  const sessions = at.by([...both('manager_activesessions'), 'tomcat_session_activesessions'], ['context']);
  return [...new Set([...rejected.keys(), ...sessions.keys()])].map((context) => ({
    context,
    sessions: wholeOf(sessions.get(context)),
    rejectedSessions: wholeOf(rejected.get(context)),
  }));
}
function unquoted(text: string): string {
  return text.replace(/^"|"$/g, '');
}
