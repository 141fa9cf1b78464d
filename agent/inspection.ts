/** One inspection: gather, judge, sort out accepted risks, score. */
import type { Check } from './checks/check.ts';
import { type InstanceVerdicts, verdictsByInstance } from './checks/instance-verdicts.ts';
import { runChecks } from './checks/run.ts';
import { coverageOf, scoreOf } from './checks/score.ts';
import type { CheckSettings } from './checks/settings.ts';
import { applySuppressions, type Suppression } from './checks/suppressions.ts';
import type { Gatherer } from './gatherers/gatherer.ts';
import { withInstances } from './gatherers/host/system/host-roles.ts';
import type { MiddlewareRequest } from './gatherers/middleware/run.ts';
import { runGatherers, type Sources } from './gatherers/run.ts';
import type { AcceptedRisk, CheckVerdict, Coverage, ExpiredSuppression, Finding, GathererReport, Score } from './wire/inspection.ts';
import { SECTIONS } from './wire/registry.ts';
import type { SomeSections } from './wire/section-values.ts';
import { type Domain, type Group, type Reason, SEVERITIES, type Severity } from './wire/vocabulary.ts';

export interface InspectionRequest {
  readonly gatherers: readonly Gatherer[];
  /** They may still be loading: they are needed when everything is gathered. */
  readonly checks: readonly Check[] | Promise<readonly Check[]>;
  readonly sources: Sources;
  /** Middleware to look for and to ask; left out: none (node agents). */
  readonly middleware?: Pick<MiddlewareRequest, 'products' | 'config' | 'baselines' | 'counters'> | undefined;
  /** Why a source that was asked for is not there: its gatherers are reported as failed, its checks as unknown. */
  readonly faults?: Readonly<Partial<Record<Domain, Reason>>>;
  readonly settings?: CheckSettings;
  readonly suppressions?: readonly Suppression[];
  /** Groups of sections that the site does not want read. */
  readonly optOut?: readonly Group[];
  readonly hostName: string;
  readonly signal: AbortSignal;
  /** Unix seconds. */
  readonly now: () => number;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
  readonly onProgress?: ((stage: Stage, done: number, total: number, report?: GathererReport) => void) | undefined;
}
export type Stage = Domain | 'checks';

export interface Inspection {
  /** Unix seconds at the start. */
  readonly takenAt: number;
  readonly durationMs: number;
  readonly hostName: string;
  readonly sections: SomeSections;
  readonly gatherers: readonly GathererReport[];
  readonly verdicts: readonly CheckVerdict[];
  /** Of each middleware instance alone; stays at the site. */
  readonly instanceVerdicts: readonly InstanceVerdicts[];
  /** Open findings, worst first. */
  readonly findings: readonly Finding[];
  readonly accepted: readonly AcceptedRisk[];
  readonly expired: readonly ExpiredSuppression[];
  readonly score: Score;
  readonly coverage: Coverage;
  /** Stopped before everything was read: what was under way counts as not read. */
  readonly interrupted: boolean;
}

/** Host gatherers mostly wait for their second sample: run all at once. Lists are heavy for the API server: few at a time. */
const CONCURRENCY = { host: 64, cluster: 3 } as const;

/** Always ends with a result; what could not be read is in `gatherers` and `coverage`. */
export async function inspect(request: InspectionRequest): Promise<Inspection> {
  const { sources, faults = {}, signal, clock, onProgress } = request;
  const began = clock();
  const takenAt = Math.floor(request.now());
  const optedOut = new Set(request.optOut ?? []);
  const wanted = request.gatherers.filter(({ section }) => !optedOut.has(SECTIONS[section].group));
  const sightings = await watchForMiddleware(request);
  const domains = new Set<Domain>((['host', 'cluster'] as const).filter((domain) => sources[domain] !== undefined || faults[domain] !== undefined));

  const gathering = Promise.all(
    (['host', 'cluster'] as const).map((domain) =>
      runGatherers(
        wanted.filter((gatherer) => gatherer.domain === domain),
        sources,
        {
          signal,
          clock,
          concurrency: CONCURRENCY[domain],
          onDone: (report, done, total) => onProgress?.(domain, done, total, report),
        },
      ),
    ),
  );
  const gathered = await gathering;
  const middleware = await middlewareOf(request, sightings, optedOut, takenAt);
  const interrupted = signal.aborted;
  if (middleware) domains.add('middleware');
  const sections = withInstances(Object.assign({}, ...gathered.map((one) => one.sections), middleware?.sections) as SomeSections);
  const gatherers = [...gathered.flatMap((one) => one.reports), ...(middleware?.reports ?? []), ...notRun(request, domains, optedOut)];

  const rules = await request.checks;
  const context = { now: takenAt, host: request.hostName };
  const { verdicts, findings } = runChecks(rules, sections, gatherers, domains, context, request.settings);
  const { open, accepted, expired } = applySuppressions(findings, request.suppressions ?? [], takenAt);
  onProgress?.('checks', verdicts.length, verdicts.length);
  return {
    takenAt,
    durationMs: Math.round(clock() - began),
    hostName: request.hostName,
    sections,
    gatherers,
    verdicts,
    instanceVerdicts: verdictsByInstance(rules, sections, gatherers, domains, context, request.settings),
    findings: open,
    accepted,
    expired,
    score: scoreOf(verdicts, worstByCheck(open)),
    coverage: coverageOf(verdicts),
    interrupted,
  };
}

/** Looks over the shoulder of whoever lists the cluster's pods and workloads, from before they begin. */
async function watchForMiddleware({ middleware, sources: { cluster } }: InspectionRequest): Promise<MiddlewareRequest['sightings']> {
  if (!middleware?.config.discovery.cluster || !cluster) return undefined;
  const { ClusterSightings } = await import('./gatherers/middleware/cluster-sightings.ts');
  const sightings = new ClusterSightings(middleware.products);
  cluster.observe((resource, object) => sightings.see(resource, object));
  return sightings;
}

/** After host and cluster, because they tell where it is. Drivers are loaded for products that exist. */
async function middlewareOf(request: InspectionRequest, sightings: MiddlewareRequest['sightings'], optOut: ReadonlySet<Group>, now: number) {
  const { middleware, sources, hostName, signal, clock, onProgress } = request;
  if (!middleware) return undefined;
  const { gatherMiddleware } = await import('./gatherers/middleware/run.ts');
  const onDone: MiddlewareRequest['onDone'] = (report, done, total) => onProgress?.('middleware', done, total, report);
  return await gatherMiddleware({ ...middleware, sightings, cluster: sources.cluster, host: sources.host, hostName, optOut, signal, now, clock, onDone });
}

/** Reports of gatherers that never ran: opted out, or their whole source could not be reached. */
function notRun({ gatherers, sources, faults = {} }: InspectionRequest, domains: ReadonlySet<Domain>, optedOut: ReadonlySet<Group>): GathererReport[] {
  return gatherers.flatMap(({ section, domain }) => {
    if (!domains.has(domain)) return [];
    const reason = optedOut.has(SECTIONS[section].group) ? 'opted-out' : sources[domain] === undefined ? faults[domain] : undefined;
    return reason === undefined ? [] : [{ section, domain, status: 'failed' as const, reason, durationMs: 0, dropped: 0 }];
  });
}

function worstByCheck(findings: readonly Finding[]): ReadonlyMap<string, Severity> {
  const worst = new Map<string, Severity>();
  for (const { check, severity } of findings) {
    const known = worst.get(check);
    if (known === undefined || SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(known)) worst.set(check, severity);
  }
  return worst;
}
