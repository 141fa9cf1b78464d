import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../../../kube/cluster.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { clusterGatherer, UnreadableError } from '../../gatherer.ts';
import { ApiMetricsTally, type Deprecated, type Total } from './api-metrics-tally.ts';
import type { Histogram } from './metrics-text.ts';

type ApiMetrics = Sections['apiMetrics'];

/**
 * Time between the two readings. They are counters, so the gap decides only how many requests are seen, and checks ask for a least number.
 * No longer than the lists of a middling cluster take: an inspection ends no sooner than this.
 */
const GAP_MS = 1_000;
/** A large cluster's API server has some 300,000 lines; ten times that is no API server. */
const MOST_LINES = 3_000_000;
const DAY = 86_400;

/** @throws UnreadableError `too-large` for a text without end, `malformed` when nothing of it is known */
export async function tally(lines: AsyncIterable<string>, mostLines = MOST_LINES): Promise<ApiMetricsTally> {
  const out = new ApiMetricsTally();
  let count = 0;
  for await (const line of lines) {
    count += 1;
    if (count > mostLines) throw new UnreadableError('too-large');
    out.read(line);
  }
  if (out.totals.size === 0) throw new UnreadableError('malformed');
  return out;
}

/** Whether the second reading came from the same process: another instance behind the load balancer has counters of its own. */
export function isSameProcess(first: ApiMetricsTally, second: ApiMetricsTally): boolean {
  const began = first.totals.get('startedAt');
  return began !== undefined && began === second.totals.get('startedAt') && (second.totals.get('cpuSeconds') ?? 0) >= (first.totals.get('cpuSeconds') ?? 0);
}

/** Most urgent first. */
function byRemoval(a: Deprecated, b: Deprecated): number {
  return (a.removedMinor ?? Number.MAX_SAFE_INTEGER) - (b.removedMinor ?? Number.MAX_SAFE_INTEGER);
}
function p99Ms(histogram: Histogram): number | undefined {
  const seconds = histogram.quantile(0.99);
  return seconds === undefined ? undefined : seconds * 1_000;
}
function percentOf(part: number | undefined, whole: number | undefined): number | undefined {
  return part === undefined || whole === undefined || whole <= 0 ? undefined : Math.min(100, (part / whole) * 100);
}

/** What the second reading tells by itself. */
export function levels(tally: ApiMetricsTally): ApiMetrics {
  const total = (key: Total): number | undefined => tally.totals.get(key);
  const started = total('startedAt');
  return {
    startedAt: started,
    residentBytes: total('residentBytes'),
    openFiles: total('openFiles'),
    maxFiles: total('maxFiles'),
    deprecatedCount: tally.deprecated.size,
    deprecated: [...tally.deprecated.values()].sort(byRemoval).slice(0, 200),
    inflightReadOnly: total('readOnly'),
    inflightMutating: total('mutating'),
    inflightLimit: total('nominalSeats') ?? total('concurrencyLimit'),
    longRunning: total('longRunning'),
    requests: total('requests'),
    errorPercent: percentOf(total('errors'), total('requests')),
    terminated: total('terminated'),
    rejected: total('rejected'),
    latencyP99Ms: p99Ms(tally.latency),
    etcdP99Ms: p99Ms(tally.etcdLatency),
    etcdDatabaseBytes: tally.databaseBytes,
    objects: tally.objects.size === 0 ? undefined : Object.fromEntries(tally.objects),
    webhookP99Ms: p99Ms(tally.webhookLatency),
    webhookCalls: total('webhookCalls'),
    webhookFailures: total('webhookFailures'),
    aggregatedDown: total('aggregatedDown'),
    auditEvents: total('auditEvents'),
    auditErrors: total('auditErrors'),
  };
}

/** What happened between two readings of one process. */
export function growth(first: ApiMetricsTally, second: ApiMetricsTally, seconds: number): Partial<ApiMetrics> {
  const more = (key: Total): number => Math.max(0, (second.totals.get(key) ?? 0) - (first.totals.get(key) ?? 0));
  const latency = second.latency.since(first.latency);
  const etcdLatency = second.etcdLatency.since(first.etcdLatency);
  const webhookLatency = second.webhookLatency.since(first.webhookLatency);
  const certificates = second.clientCertificates.since(first.clientCertificates);
  return {
    sampleSeconds: seconds,
    cpuMillicores: seconds > 0 ? (more('cpuSeconds') / seconds) * 1_000 : undefined,
    recentRequests: more('requests'),
    recentErrorPercent: percentOf(more('errors'), more('requests')),
    recentTerminated: more('terminated'),
    recentRejected: more('rejected'),
    recentLatencyP99Ms: p99Ms(latency),
    recentMeasured: latency.total,
    recentEtcdP99Ms: p99Ms(etcdLatency),
    recentEtcdRequests: etcdLatency.total,
    recentWebhookP99Ms: p99Ms(webhookLatency),
    recentWebhookCalls: webhookLatency.total,
    recentClientCertificates: certificates.total,
    recentCertificatesWithin7Days: certificates.upTo(7 * DAY),
    recentCertificatesWithin1Day: certificates.upTo(DAY),
  };
}

/** @param gapMs milliseconds between the readings */
export async function gatherApiMetrics(cluster: Cluster, signal: AbortSignal, gapMs: number): Promise<ApiMetrics> {
  const first = await tally(cluster.lines('/metrics', signal));
  const began = performance.now();
  await sleep(gapMs, undefined, { signal });
  const second = await tally(cluster.lines('/metrics', signal));
  const seconds = (performance.now() - began) / 1_000;
  return { ...levels(second), ...(isSameProcess(first, second) && growth(first, second, seconds)) };
}

export const apiMetrics = clusterGatherer({
  section: 'apiMetrics',
  needs: [{ url: '/metrics' }],
  deadlineMs: 120_000,
  beginsFirst: true,

  async gather(cluster, signal) {
    return await gatherApiMetrics(cluster, signal, GAP_MS);
  },
});
