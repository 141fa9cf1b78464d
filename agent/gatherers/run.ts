/** Runs gatherers side by side. The only place that catches: one that fails, hangs or lies harms no other. */
import type { Host } from '../host/host.ts';
import type { Cluster } from '../kube/cluster.ts';
import { KubeError } from '../kube/errors.ts';
import { ContractError, conform } from '../wire/conform.ts';
import type { GathererReport } from '../wire/inspection.ts';
import { SECTIONS } from '../wire/registry.ts';
import type { SectionDefinition } from '../wire/section.ts';
import type { SectionName, SomeSections } from '../wire/section-values.ts';
import type { Reason } from '../wire/vocabulary.ts';
import { AbsentError, type Gatherer, UnreadableError } from './gatherer.ts';

export interface Sources {
  readonly host?: Host | undefined;
  readonly cluster?: Cluster | undefined;
}
export interface Gathered {
  readonly sections: SomeSections;
  readonly reports: readonly GathererReport[];
}
export interface RunOptions {
  readonly signal: AbortSignal;
  /** How many may run at once; the API server is asked for few lists at a time. */
  readonly concurrency: number;
  readonly onDone?: ((report: GathererReport, done: number, total: number) => void) | undefined;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
}

/** Runs every gatherer whose source is there; never throws for a gatherer's sake. */
export async function runGatherers(gatherers: readonly Gatherer[], sources: Sources, options: RunOptions): Promise<Gathered> {
  const sections: Partial<Record<SectionName, unknown>> = {};
  const reports: GathererReport[] = [];
  const present = gatherers.filter(({ domain }) => sources[domain] !== undefined);
  const queue = [...present.filter(({ beginsFirst }) => beginsFirst), ...present.filter(({ beginsFirst }) => !beginsFirst)];
  const total = queue.length;
  async function worker(): Promise<void> {
    for (let gatherer = queue.shift(); gatherer; gatherer = queue.shift()) {
      const { report, value } = await runOne(gatherer, sources, options);
      if (value) sections[gatherer.section] = value;
      reports.push(report);
      options.onDone?.(report, reports.length, total);
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, options.concurrency) }, worker));
  reports.sort((a, b) => (a.section < b.section ? -1 : 1));
  return { sections: sections as SomeSections, reports };
}

async function runOne(gatherer: Gatherer, sources: Sources, { signal, clock }: RunOptions): Promise<{ report: GathererReport; value?: unknown }> {
  const began = clock();
  const { section, domain } = gatherer;
  const end = (status: GathererReport['status'], dropped: number, reason?: Reason): GathererReport => ({
    section,
    domain,
    status,
    dropped,
    durationMs: Math.round(clock() - began),
    ...(reason && { reason }),
  });
  try {
    if (!seesAll(gatherer, sources)) throw new UnreadableError('not-visible');
    const raw = await withDeadline(gatherer, sources, signal).catch((error: unknown) => {
      if (error instanceof KubeError && error.status === 410) return withDeadline(gatherer, sources, signal); // a list expired half-way: once more from the start
      throw error;
    });
    const definition: SectionDefinition = SECTIONS[section];
    const { value, dropped } = conform(definition, raw);
    return { report: end('ok', dropped), value };
  } catch (error) {
    return { report: error instanceof AbsentError ? end('absent', 0, error.reason) : end('failed', 0, reasonOf(error)) };
  }
}

/** A place that is not mounted looks like an empty one: what would be said of it, and that a thing is absent, would be no more than a guess. */
function seesAll(gatherer: Gatherer, { host }: Sources): boolean {
  return gatherer.domain !== 'host' || host === undefined || gatherer.needs.every((need) => !('mount' in need) || need.optional === true || host.sees(need.mount));
}

/** Races the gatherer against its deadline: a call that never returns is left behind. */
async function withDeadline(gatherer: Gatherer, sources: Sources, outer: AbortSignal): Promise<unknown> {
  const abort = new AbortController();
  const signal = AbortSignal.any([outer, abort.signal]);
  const work = gatherer.domain === 'host' ? gatherer.gather(need(sources.host), signal) : gatherer.gather(need(sources.cluster), signal);
  work.catch(() => undefined); // when the race is lost, its later failure is nobody's concern
  let timer: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new UnreadableError('timeout')), gatherer.deadlineMs);
    stop = () => reject(new UnreadableError('timeout'));
    outer.addEventListener('abort', stop, { once: true });
    if (outer.aborted) stop();
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
    if (stop) outer.removeEventListener('abort', stop);
    abort.abort();
  }
}

/** The closed word for any error. Messages are never passed on: they may quote what was read. */
export function reasonOf(error: unknown): Reason {
  if (error instanceof UnreadableError || error instanceof AbsentError) return error.reason;
  if (error instanceof ContractError) return 'malformed';
  if (error instanceof KubeError) return error.reason;
  if (error instanceof SyntaxError) return 'malformed';
  if (!(error instanceof Error)) return 'failed';
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'timeout';
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'EACCES' || code === 'EPERM') return 'forbidden';
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'not-visible';
  if (code === 'ETIMEDOUT') return 'timeout';
  if (/^(ECONN|EHOST|ENET|ENOTFOUND|EAI_|EPIPE)/.test(code)) return 'unreachable';
  return 'failed';
}

function need<T>(source: T | undefined): T {
  if (source === undefined) throw new UnreadableError('not-gathered');
  return source;
}
