/** Looks at the cluster: watches that stay, three small requests a look, and the fast checks over what they tell. */
import type { AgentOptions } from '../agent-options.ts';
import { CLUSTER_CHECKS } from '../checks/cluster-checks.ts';
import { apiReach } from '../gatherers/cluster/control-plane/api-reach.ts';
import { apiServer } from '../gatherers/cluster/control-plane/api-server.ts';
import { leaders } from '../gatherers/cluster/control-plane/leaders.ts';
import { WATCH_COUNT, WATCHED_SECTIONS, WatchedCluster, type WatchedSection } from '../gatherers/cluster/watched/watched-cluster.ts';
import { AbsentError, type Gatherer } from '../gatherers/gatherer.ts';
import { reasonOf, runGatherers } from '../gatherers/run.ts';
import { KubeClient } from '../kube/client.ts';
import { Cluster } from '../kube/cluster.ts';
import { connect } from '../kube/connection.ts';
import type { Credential } from '../kube/credential.ts';
import { conform } from '../wire/conform.ts';
import type { GathererReport } from '../wire/inspection.ts';
import { SECTIONS } from '../wire/registry.ts';
import type { SectionDefinition } from '../wire/section.ts';
import type { SectionName, SomeSections } from '../wire/section-values.ts';
import { fastOf, judge } from './judge.ts';
import type { Look } from './look.ts';

const FAST_CLUSTER_CHECKS = fastOf(CLUSTER_CHECKS);
/** Not lists of objects that change: asked for at every look. */
export const FETCHED: readonly Gatherer[] = [apiReach, apiServer, leaders];
/** Requests that a server which is down would hold for long. */
const FETCH_IDLE_MS = 10_000;
/** A first list of a large cluster takes a while; the look after it sees everything. */
const FIRST_LISTS_MS = 45_000;

export class ClusterLook {
  readonly #options: AgentOptions;
  /** At the end of the look before. */
  #cpu = process.cpuUsage();
  readonly #now: () => number;
  readonly #client: KubeClient;
  readonly #watching: Cluster;
  #watched: WatchedCluster | undefined;
  #opened: number | undefined;
  /** Why the watches ended for good. */
  fault: unknown;

  /** @param now Unix seconds */
  constructor(options: AgentOptions, credential: Credential, proxy: string, now: () => number = unixNow) {
    const connection = connect(credential, proxy, WATCH_COUNT);
    this.#options = options;
    this.#now = now;
    this.#client = new KubeClient(connection, { idleTimeoutMs: FETCH_IDLE_MS });
    this.#watching = new Cluster(new KubeClient(connection), now);
  }

  /** @param signal bounds this look; @param life bounds the watches */
  async look(signal: AbortSignal, life: AbortSignal): Promise<Look> {
    const began = performance.now();
    const optedOut = new Set<string>(this.#options.optOut);
    const isWanted = (section: SectionName): boolean => !optedOut.has(SECTIONS[section].group);
    // A new view for every look: its discovery is as old as the look.
    const fetched = await runGatherers(
      FETCHED.filter(({ section }) => isWanted(section)),
      { cluster: new Cluster(this.#client, this.#now) },
      { signal, clock: () => performance.now(), concurrency: 3 },
    );
    await this.#watch(signal, life);
    const sections: Partial<Record<SectionName, unknown>> = { ...fetched.sections };
    const reports: GathererReport[] = [...fetched.reports];
    for (const section of WATCHED_SECTIONS) {
      if (!isWanted(section)) continue;
      const { value, report } = this.#read(section);
      if (value !== undefined) sections[section] = value;
      reports.push(report);
    }
    const evaluation = judge(sections as SomeSections, reports, {
      checks: FAST_CLUSTER_CHECKS,
      settings: this.#options.settings,
      suppressions: this.#options.suppressions,
      triggers: this.#options.triggers?.settings ?? {},
      now: Math.floor(this.#now()),
      host: this.#options.nodeName ?? 'cluster-agent',
    });
    const used = process.cpuUsage(this.#cpu);
    this.#cpu = process.cpuUsage();
    return {
      evaluation,
      durationMs: Math.round(performance.now() - began),
      cpuMs: Math.round((used.user + used.system) / 1_000),
      rssBytes: process.memoryUsage.rss(),
      failed: reports.flatMap(({ section, status, reason }) => (status === 'failed' ? [{ section, reason: reason ?? 'failed' }] : [])),
      watches: this.#watched?.counts,
    };
  }

  /** Begins the watches; a server that is down is asked again at the next look. */
  async #watch(signal: AbortSignal, life: AbortSignal): Promise<void> {
    if (this.#watched === undefined) {
      try {
        const watched = await WatchedCluster.open(this.#watching, { clock: () => performance.now(), random: Math.random }, signal);
        this.#watched = watched;
        this.#opened = performance.now();
        watched.run(life).catch((error: unknown) => {
          this.fault = error;
        });
      } catch (error) {
        if (reasonOf(error) === 'unauthorized') this.fault = error;
        return;
      }
    }
    const until = (this.#opened ?? 0) + FIRST_LISTS_MS;
    while (!this.#watched.settled && performance.now() < until && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  #read(section: WatchedSection): { readonly value?: unknown; readonly report: GathererReport } {
    const report = { section, domain: 'cluster', durationMs: 0 } as const;
    try {
      if (this.#watched === undefined) return { report: { ...report, status: 'failed', reason: 'unreachable', dropped: 0 } };
      const definition: SectionDefinition = SECTIONS[section];
      const { value, dropped } = conform(definition, this.#watched.section(section));
      return { value, report: { ...report, status: 'ok', dropped } };
    } catch (error) {
      return { report: { ...report, status: error instanceof AbsentError ? 'absent' : 'failed', reason: reasonOf(error), dropped: 0 } };
    }
  }
}

function unixNow(): number {
  return Date.now() / 1_000;
}
