/**
 * From the store to the document of a report about a period. What is read is put together by pure functions beside this file; the
 * document holds everything, so that the report can be made again when the store has long forgotten.
 */
import { createHash } from 'node:crypto';
import { KEEPS } from '../../agent/checks/score.ts';
import type { CheckVerdict, Finding } from '../../agent/wire/inspection.ts';
import type { Severity } from '../../agent/wire/vocabulary.ts';
import type { CalendarEntry, LifecycleEntry } from '../../reports/facts/period.ts';
import type { Prices } from '../../reports/facts/service.ts';
import { known, REPORT_SCHEMA, type ReportModel } from '../../reports/model.ts';
import { advisoryFacts } from '../advisories/advisories.ts';
import { notFound } from '../errors.ts';
import { zoneMinutes } from '../notify/zoned-time.ts';
import { withRecords } from '../records/apply-records.ts';
import { storedRecords } from '../records/records.ts';
import { NothingToReport } from '../reports/make-report.ts';
import type { ReportRequest } from '../reports/report.ts';
import type { Db } from '../store/database.ts';
import { type Cluster, type Customer, findCustomer } from '../store/fleet-store.ts';
import type { ContractRules } from '../support-rules.ts';
import { inCalendarDays } from './calendar-days.ts';
import { clusterFactsOf } from './cluster-facts.ts';
import { STATE_KIND } from './cluster-state.ts';
import { hostFactsOf } from './host-facts.ts';
import { inUseOf, type Knowledge } from './knowledge.ts';
import { changesOf } from './period/comparison.ts';
import { costsOf } from './period/costs.ts';
import { clusterSections, compare, type Inspected, judge, mergedFindings, mergedGatherers, mergedVerdicts } from './period/inspected.ts';
import { kernelsOf } from './period/kernels.ts';
import { middlewareOf } from './period/middleware.ts';
import { namespacesOfAll } from './period/namespaces.ts';
import { nodeDifferencesOf } from './period/node-differences.ts';
import { packagesOf } from './period/packages.ts';
import { comparisonOf, type Earlier, firstSeenOf } from './period/previous-report.ts';
import { NO_CLUSTER_DETAIL, recall } from './period/recalled.ts';
import { backupsOf, calendarOf, certificateDates, contractDates, lifecycleDates, systemsOf } from './period/resources.ts';
import { risksOf } from './period/risks.ts';
import { contractOf, policyLifecycles, responsibilitiesOf } from './period/service.ts';
import { serviceOf } from './period/service-record.ts';
import { forecastsOf, historyBegin, livesOf, storedOf, trendsOfAll } from './period/stored-history.ts';
import { clustersWanted, inspectedOf, workloadUsageOf } from './period/stored-inspections.ts';
import { toldSinceOf } from './period/told-since.ts';
import { runsOf, scoresOf } from './period/trends.ts';

export interface PeriodOptions {
  readonly db: Db;
  readonly rules: ContractRules;
  readonly knowledge: Knowledge;
  /** Of the program. */
  readonly version: string;
  readonly prices?: Prices | undefined;
}

/** Reports that tell what workloads use: reading it takes many inspections. */
const COST_KINDS: ReadonlySet<string> = new Set(['cost', 'weekly', 'monthly']);

/** The document of a report, with what people supplied. @throws NothingToReport without an inspection, AppError `not-found` when customer or cluster are gone */
export async function assemblePeriod(options: PeriodOptions, request: PeriodRequest): Promise<ReportModel> {
  const model = await measuredPeriod(options, request);
  // The collector is where demands and plans are kept: none there is none.
  return withRecords(model, await storedRecords(options.db, request), true);
}
type PeriodRequest = Pick<ReportRequest, 'customerId' | 'clusterId' | 'kind' | 'from' | 'to'>;

async function measuredPeriod(options: PeriodOptions, request: PeriodRequest): Promise<ReportModel> {
  const { db, knowledge, version } = options;
  const { customerId, clusterId, to } = request;
  const customer = await findCustomer(db, 'all', customerId);
  if (!customer) throw notFound('customer');
  const clusters = await clustersWanted(db, customer, clusterId);
  const inspected: Inspected[] = [];
  for (const cluster of clusters) inspected.push(...(await inspectedOf(db, cluster, to)));
  if (inspected.length === 0) return await recalledPeriod(options, request, { customer, clusters });
  const asOfMs = Math.max(...inspected.map(({ takenAt }) => takenAt));
  const from = request.from ?? asOfMs;
  const zone = clusters[0]?.zone ?? customer.zone;
  const risks = await risksOf(db, inspected, { from, at: asOfMs, zone });
  const asOf = Math.floor(asOfMs / 1_000);
  const minutes = zoneMinutes(asOfMs, zone);
  const told = inspected.map(({ clusterId: id, machine, inspection }) => {
    const { findings, ...rest } = risks.withoutAccepted(id, inspection);
    return { machine, inspection: { ...rest, findings: inCalendarDays(findings, rest.sections, { takenAt: rest.takenAt, asOf, zoneMinutes: minutes }) } };
  });
  const inspections = told.map(({ inspection }) => inspection);
  const verdicts = mergedVerdicts(inspections);
  const findings = mergedFindings(inspections);
  const stored = await storedOf(db, clusters, { from: historyBegin(from, to), to }, minutes);
  const alone = clusters.length === 1 ? clusterSections(inspected) : undefined;
  const hosts = inspected.filter(({ role }) => role !== 'cluster');
  const [only] = clusters;
  const packages = packagesOf(hosts.map(({ machine, inspection: { sections } }) => ({ machine, sections })));
  const usage = only && alone && COST_KINDS.has(request.kind) ? await workloadUsageOf(db, only.id, { from, to }) : undefined;
  const lifecycles = knowledge.lifecycles(inUseOf(inspected), asOf);
  const base = await toldOf(options, request, {
    ...{ customer, clusters, stored, asOfMs, findings, verdicts, lifecycles, certificates: certificateDates(inspected, asOf) },
    ...{ recalled: false, withoutAccepted: risks.withoutAccepted },
  });
  return {
    ...base,
    subject: {
      ...base.subject,
      host: hosts.length === 1 && inspected.length === 1 ? hosts[0]?.machine : undefined,
      domains: (['host', 'cluster'] as const).filter((domain) => inspections.some(({ gatherers }) => gatherers.some((report) => report.domain === domain))),
    },
    product: {
      version,
      checks: knowledge.checks.length,
      snapshotSha256: digestOf(inspected),
      rules: newestOf(inspections.map(({ agent }) => (agent.pack === undefined ? agent.version : `${agent.version}+${agent.pack}`))),
    },
    ...judge(verdicts, findings),
    accepted: risks.accepted,
    expired: risks.expired,
    gatherers: mergedGatherers(inspections),
    hosts: hosts.map(({ machine, inspection }) => hostFactsOf(machine, inspection.sections, inspection.gatherers, inspection.verdicts)),
    cluster: alone && clusterFactsOf(alone.sections, alone.gatherers),
    namespaces: namespacesOfAll(inspected, clusters, findings),
    backups: backupsOf(inspected),
    middleware: middlewareOf(told, knowledge),
    costs: alone ? costsOf(alone.sections, alone.gatherers, options.prices, usage) : { missing: 'not-gathered' },
    differences: nodeDifferencesOf(inspected),
    systems: systemsOf(hosts, knowledge.systemLife),
    packages,
    advisories: await advisoryFacts(db, kernelsOf(inspected), known(packages)?.rows),
  };
}

interface Subjects {
  readonly customer: Customer;
  readonly clusters: readonly Cluster[];
}

/** Of a period that no inspection is kept of any more. @throws NothingToReport when no number of it is */
async function recalledPeriod(options: PeriodOptions, request: PeriodRequest, { customer, clusters }: Subjects): Promise<ReportModel> {
  const { from: asked, to } = request;
  if (asked === undefined) throw new NothingToReport();
  const zone = clusters[0]?.zone ?? customer.zone;
  const stored = await storedOf(options.db, clusters, { from: historyBegin(asked, to), to }, zoneMinutes(to - 1, zone));
  const all = { points: stored.flatMap(({ points }) => points), findings: stored.flatMap(({ findings }) => findings) };
  const recalled = recall(all.points, all.findings, { from: asked, to });
  if (!recalled) throw new NothingToReport();
  const { asOf: asOfMs, findings, verdicts, score, coverage } = recalled;
  const told = await toldOf(options, request, {
    ...{ customer, clusters, stored, asOfMs, findings, verdicts, lifecycles: [], certificates: [] },
    ...{ recalled: true, withoutAccepted: (_clusterId, inspection) => inspection },
  });
  const isCluster = clusters.some(({ kind }) => kind === 'kubernetes');
  const gone = { missing: 'expired' } as const;
  return {
    ...told,
    recalled: true,
    subject: { ...told.subject, domains: isCluster ? ['host', 'cluster'] : ['host'] },
    product: { version: options.version, checks: options.knowledge.checks.length, snapshotSha256: createHash('sha256').update(JSON.stringify(all)).digest('hex') },
    ...{ score, coverage, gatherers: [], hosts: [] },
    ...(isCluster && { cluster: NO_CLUSTER_DETAIL }),
    ...{ namespaces: gone, backups: gone, costs: gone, systems: gone, advisories: gone },
  };
}

interface ToldOf extends Subjects, Earlier {
  readonly asOfMs: number;
  readonly findings: readonly Finding[];
  readonly verdicts: readonly CheckVerdict[];
  readonly lifecycles: readonly LifecycleEntry[];
  readonly certificates: readonly CalendarEntry[];
}
type Measured = 'product' | 'score' | 'coverage' | 'gatherers' | 'hosts';
/** What the store tells of a period, whether its inspections are still there or not. */
async function toldOf(
  options: PeriodOptions,
  request: PeriodRequest,
  { customer, clusters, stored, asOfMs, findings, verdicts, lifecycles: inUse, certificates, recalled, withoutAccepted }: ToldOf,
): Promise<Omit<ReportModel, Measured>> {
  const { db, rules, knowledge } = options;
  const { customerId, clusterId, to } = request;
  const asOf = Math.floor(asOfMs / 1_000);
  const from = request.from ?? asOfMs;
  const { terms, contract } = await rules.termsFor(db, { customerId, clusterId, contractId: null });
  const agreed = contractOf(terms, contract, customer);
  const minutes = zoneMinutes(asOfMs, clusters[0]?.zone ?? customer.zone);
  // Of a single inspection the day is its period: what was known before that day stands beside it.
  const begin = request.from ?? dayBegin(asOfMs, minutes);
  const comparison = await comparisonOf(db, request, { from: begin, asOf, findings, verdicts }, { clusters, stored, recalled, withoutAccepted });
  const lifecycles = [...inUse, ...policyLifecycles(terms, asOf)];
  const trends = trendsOfAll(stored, clusters, { from, to });
  const points = stored.flatMap((one) => one.points);
  return {
    schema: REPORT_SCHEMA,
    subject: { customer: customer.name, cluster: clusters.some(({ kind }) => kind === 'kubernetes') ? clusters.map(({ name }) => name).join(', ') : undefined, domains: [] },
    period: { ...(request.from !== undefined && { from: Math.floor(from / 1_000), to: Math.floor(to / 1_000) }), asOf, zoneMinutes: minutes },
    ...{ verdicts, findings, accepted: [], expired: [], checks: knowledge.checks },
    changes: 'value' in comparison ? { value: changesOf(comparison.value) } : comparison,
    scoreShares: lostShares(),
    history: scoresOf(points),
    comparison,
    ...('missing' in comparison && { firstSeen: firstSeenOf(findings, stored) }),
    ...(request.kind !== STATE_KIND && { toldSince: await toldSinceOf(db, request, findings) }),
    runs: { value: runsOf(points, stored.flatMap(livesOf), { from, zoneMinutes: minutes }) },
    trends: trends.some((trend) => trend.points.length > 1) ? { value: trends } : { missing: 'no-history' },
    forecasts: { value: forecastsOf(trends) },
    calendar: { value: calendarOf([...certificates, ...lifecycleDates(lifecycles), ...contractDates(contract?.endsAt ?? null, agreed.number, terms.ref)]) },
    lifecycles: { value: lifecycles },
    ...(await serviceOf(options, request, from)),
    demands: { missing: 'not-gathered' },
    contract: agreed,
    middleware: { missing: 'not-gathered' },
    responsibilities: responsibilitiesOf(terms),
  };
}

const DAY_MS = 86_400_000;
/** Milliseconds. */
function dayBegin(at: number, minutes: number): number {
  return Math.floor((at + minutes * 60_000) / DAY_MS) * DAY_MS - minutes * 60_000;
}

/** Of all snapshots: of one its own digest, of several the digest of theirs in order. */
function digestOf(inspected: readonly Inspected[]): string {
  const digests = inspected.map(({ sha256 }) => sha256).toSorted(compare);
  const [only] = digests;
  return digests.length === 1 && only !== undefined ? only : createHash('sha256').update(digests.join('\n')).digest('hex');
}
function newestOf(versions: readonly string[]): string | undefined {
  return versions.toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true })).at(-1);
}
/** Percent of the remaining points that one failing check takes. */
function lostShares(): Record<Severity, number> {
  const lost = (severity: Severity): number => Math.round((1 - KEEPS[severity]) * 1_000) / 10;
  return { critical: lost('critical'), warning: lost('warning'), info: lost('info') };
}
