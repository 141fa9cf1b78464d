/**
 * From the store to the document of a report about a period. What is read is put together by pure functions beside this file; the
 * document holds everything, so that the report can be made again when the store has long forgotten.
 */
import { createHash } from 'node:crypto';
import { KEEPS } from '../../agent/checks/score.ts';
import type { CheckVerdict, Finding } from '../../agent/wire/inspection.ts';
import type { SomeSections } from '../../agent/wire/section-values.ts';
import type { Severity } from '../../agent/wire/vocabulary.ts';
import type { CalendarEntry, LifecycleEntry, NamespaceHealth, Trend } from '../../reports/facts/period.ts';
import type { Prices } from '../../reports/facts/service.ts';
import { type Fact, known, REPORT_SCHEMA, type ReportCheck, type ReportModel, type Rows } from '../../reports/model.ts';
import { advisoryFacts } from '../advisories/advisories.ts';
import { notFound } from '../errors.ts';
import { readInspection } from '../ingest/reread-inspection.ts';
import { zoneMinutes } from '../notify/zoned-time.ts';
import { withRecords } from '../records/apply-records.ts';
import { storedRecords } from '../records/records.ts';
import { NothingToReport } from '../reports/make-report.ts';
import { readModel } from '../reports/read-model.ts';
import type { ReportRequest } from '../reports/report.ts';
import type { Db } from '../store/database.ts';
import type { StoredFinding } from '../store/finding-store.ts';
import { type Cluster, type Customer, clustersOf, findCluster, findCustomer } from '../store/fleet-store.ts';
import { loadIncident } from '../store/incident-store.ts';
import { lastDocument } from '../store/report-store.ts';
import { readSnapshot } from '../store/snapshot-store.ts';
import { type DayPoint, dayPoints, findingsWithin, incidentsWithin, newestWithin, windowsWithin } from '../store/trend-read-store.ts';
import type { ContractRules } from '../support-rules.ts';
import { clusterFactsOf } from './cluster-facts.ts';
import { hostFactsOf } from './host-facts.ts';
import { type Before, changesOf, compareFindings, identityOf, type Lives } from './period/comparison.ts';
import { forecastOf } from './period/forecast.ts';
import { clusterSections, compare, type Inspected, judge, mergedFindings, mergedGatherers, mergedVerdicts } from './period/inspected.ts';
import { kernelsOf } from './period/kernels.ts';
import { middlewareOf } from './period/middleware.ts';
import { NO_CLUSTER_DETAIL, recall } from './period/recalled.ts';
import { backupsOf, calendarOf, certificateDates, costsOf, namespacesOf, type SystemLife, systemsOf } from './period/resources.ts';
import { risksOf } from './period/risks.ts';
import { attainmentOf, changeRecord, contractOf, incidentRecord, policyLifecycles, responsibilitiesOf } from './period/service.ts';
import { CAPACITY, READ_SERIES, runsOf, scoresOf, trendsOf } from './period/trends.ts';

/** What the program knows beside the store: its checks, and until when releases are supported. Given by `bin/`. */
export interface Knowledge {
  readonly checks: readonly ReportCheck[];
  /** Releases in use, with how many things run them. @param asOf Unix seconds */
  readonly lifecycles: (inUse: InUse, asOf: number) => readonly LifecycleEntry[];
  readonly systemLife: SystemLife;
}
export interface InUse {
  readonly kubernetes: readonly string[];
  readonly systems: readonly NonNullable<SomeSections['os']>[];
}
export const NO_KNOWLEDGE: Knowledge = { checks: [], lifecycles: () => [], systemLife: () => undefined };

export interface PeriodOptions {
  readonly db: Db;
  readonly rules: ContractRules;
  readonly knowledge: Knowledge;
  /** Of the program. */
  readonly version: string;
  readonly prices?: Prices | undefined;
}

const DAY_MS = 86_400_000;
/** Older inspections say nothing about the end of a period: the retention of raw inspections, and some reserve. */
const STALE_MS = 35 * DAY_MS;
/** Before the period, so that curves and scores have a past. */
const HISTORY_MS = 200 * DAY_MS;
const MOST_INCIDENTS = 1_000;
const MOST_FORECASTS = 60;

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
  const inspections = inspected.map(({ clusterId: id, inspection }) => risks.withoutAccepted(id, inspection));
  const verdicts = mergedVerdicts(inspections);
  const findings = mergedFindings(inspections);
  const asOf = Math.floor(asOfMs / 1_000);
  const stored = await storedOf(db, clusters, { from: Math.min(from, to - HISTORY_MS), to });
  const alone = clusters.length === 1 ? clusterSections(inspected) : undefined;
  const hosts = inspected.filter(({ role }) => role !== 'cluster');
  const lifecycles = knowledge.lifecycles(inUseOf(inspected), asOf);
  const told = await toldOf(options, request, { customer, clusters, stored, asOfMs, findings, verdicts, lifecycles, certificates: certificateDates(inspected, asOf) });
  return {
    ...told,
    subject: {
      ...told.subject,
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
    hosts: hosts.map(({ machine, inspection: { sections, gatherers } }) => hostFactsOf(machine, sections, gatherers)),
    cluster: alone && clusterFactsOf(alone.sections, alone.gatherers),
    namespaces: namespacesOfAll(inspected, clusters, findings),
    backups: backupsOf(inspected),
    middleware: middlewareOf(inspections.map(({ sections }) => sections)),
    costs: alone ? costsOf(alone.sections, alone.gatherers, options.prices) : { missing: 'not-gathered' },
    systems: systemsOf(hosts, knowledge.systemLife),
    advisories: await advisoryFacts(db, kernelsOf(inspected)),
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
  const stored = await storedOf(options.db, clusters, { from: Math.min(asked, to - HISTORY_MS), to });
  const all = { points: stored.flatMap(({ points }) => points), findings: stored.flatMap(({ findings }) => findings) };
  const known = recall(all.points, all.findings, { from: asked, to });
  if (!known) throw new NothingToReport();
  const { asOf: asOfMs, findings, verdicts, score, coverage } = known;
  const told = await toldOf(options, request, { customer, clusters, stored, asOfMs, findings, verdicts, lifecycles: [], certificates: [] });
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

interface ToldOf extends Subjects {
  readonly stored: readonly StoredOfCluster[];
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
  { customer, clusters, stored, asOfMs, findings, verdicts, lifecycles: inUse, certificates }: ToldOf,
): Promise<Omit<ReportModel, Measured>> {
  const { db, rules, knowledge } = options;
  const { customerId, clusterId, to } = request;
  const asOf = Math.floor(asOfMs / 1_000);
  const from = request.from ?? asOfMs;
  const { terms, contract } = await rules.termsFor(db, { customerId, clusterId, contractId: null });
  const comparison = await comparisonOf(db, request, { from, asOf, findings, verdicts }, stored);
  const zone = clusters[0]?.zone ?? customer.zone;
  const lifecycles = [...inUse, ...policyLifecycles(terms, asOf)];
  const trends = trendsOfAll(stored, clusters, { from, to });
  const points = stored.flatMap((one) => one.points);
  return {
    schema: REPORT_SCHEMA,
    subject: { customer: customer.name, cluster: clusters.some(({ kind }) => kind === 'kubernetes') ? clusters.map(({ name }) => name).join(', ') : undefined, domains: [] },
    period: { ...(request.from !== undefined && { from: Math.floor(from / 1_000), to: Math.floor(to / 1_000) }), asOf, zoneMinutes: zoneMinutes(asOfMs, zone) },
    ...{ verdicts, findings, accepted: [], expired: [], checks: knowledge.checks },
    changes: 'value' in comparison ? { value: changesOf(comparison.value) } : comparison,
    scoreShares: lostShares(),
    history: scoresOf(points),
    comparison,
    runs: { value: runsOf(points, stored.flatMap(livesOf), from) },
    trends: trends.some((trend) => trend.points.length > 1) ? { value: trends } : { missing: 'no-history' },
    forecasts: { value: forecastsOf(trends) },
    calendar: { value: calendarOf([...certificates, ...lifecycleDates(lifecycles), ...contractDates(contract?.endsAt ?? null, terms.ref)]) },
    lifecycles: { value: lifecycles },
    ...(await serviceOf(options, request, from)),
    demands: { missing: 'not-gathered' },
    contract: contractOf(terms, contract, customer),
    middleware: { missing: 'not-gathered' },
    responsibilities: responsibilitiesOf(terms),
  };
}

async function clustersWanted(db: Db, customer: Customer, clusterId: string | null): Promise<readonly Cluster[]> {
  if (clusterId === null) return await clustersOf(db, customer.id);
  const cluster = await findCluster(db, [customer.id], clusterId);
  if (!cluster) throw notFound('cluster');
  return [cluster];
}

async function inspectedOf(db: Db, cluster: Cluster, to: number): Promise<readonly Inspected[]> {
  const found: Inspected[] = [];
  for (const { id, agent, role, takenAt, sha256 } of await newestWithin(db, cluster.id, { from: to - STALE_MS, to })) {
    const json = await readSnapshot(db, 'all', id);
    const inspection = json === undefined ? undefined : readInspection(json);
    if (inspection === undefined) continue;
    const machine = inspection.agent.node ?? agent;
    found.push({ clusterId: cluster.id, clusterName: cluster.name, agent, role: role as Inspected['role'], machine, takenAt, sha256, inspection });
  }
  // Two replicas of the cluster agent tell of one cluster: the newer one counts. A machine that was set up anew likewise.
  const newest = new Map<string, Inspected>();
  for (const one of found.toSorted((a, b) => a.takenAt - b.takenAt || compare(a.agent, b.agent))) newest.set(one.role === 'cluster' ? 'cluster' : `machine ${one.machine}`, one);
  return [...newest.values()].toSorted((one, other) => compare(one.role, other.role) || compare(one.machine, other.machine));
}

interface StoredOfCluster {
  readonly points: readonly DayPoint[];
  readonly findings: readonly StoredFinding[];
}
async function storedOf(db: Db, clusters: readonly Cluster[], stretch: { readonly from: number; readonly to: number }): Promise<readonly StoredOfCluster[]> {
  const out: StoredOfCluster[] = [];
  for (const { id } of clusters) out.push({ points: await dayPoints(db, id, READ_SERIES, stretch), findings: await findingsWithin(db, id, stretch) });
  return out;
}
function livesOf({ findings }: StoredOfCluster): { readonly finding: { readonly check: string }; readonly firstSeenAt: number; readonly goneAt?: number }[] {
  return findings.map(({ check, firstSeenAt, goneAt }) => ({ finding: { check }, firstSeenAt: firstSeenAt / 1_000, ...(goneAt !== null && { goneAt: goneAt / 1_000 }) }));
}

/** Beside the last report of the kind; else beside what the store knows of the period's begin. */
async function comparisonOf(
  db: Db,
  request: Pick<ReportRequest, 'customerId' | 'clusterId' | 'kind' | 'from' | 'to'>,
  { from, asOf, findings, verdicts }: { readonly from: number; readonly asOf: number; readonly findings: readonly Finding[]; readonly verdicts: readonly CheckVerdict[] },
  stored: readonly StoredOfCluster[],
): Promise<NonNullable<ReportModel['comparison']>> {
  const lives = new Map(stored.flatMap((one) => one.findings).map((finding) => [finding.identity, finding]));
  const lifeOf: Lives = (identity) => {
    const life = lives.get(identity);
    return life && { firstSeenAt: Math.floor(life.firstSeenAt / 1_000), ...(life.goneAt !== null && { goneAt: Math.floor(life.goneAt / 1_000) }) };
  };
  const before = (await lastReport(db, request)) ?? (request.from === undefined ? undefined : beginOf(stored, from));
  return before ? { value: compareFindings(before, { asOf, findings, verdicts }, lifeOf) } : { missing: 'no-history' };
}
async function lastReport(db: Db, request: Pick<ReportRequest, 'customerId' | 'clusterId' | 'kind' | 'to'>): Promise<Before | undefined> {
  const last = await lastDocument(db, request, request.to);
  const model = last && readModel(last.json);
  if (!model) return undefined;
  const reports = new Map((known(model.comparison)?.findings ?? []).filter(({ standing }) => standing !== 'gone').map((one) => [identityOf(one.finding), one.reports]));
  const still = (known(model.comparison)?.findings ?? []).filter(({ standing }) => standing === 'open').map(({ finding }) => finding);
  // What could not be checked then stood as open: it is not forgotten.
  const all = new Map([...still, ...model.findings].map((finding) => [identityOf(finding), finding]));
  return { asOf: model.period.asOf, score: model.score.total, findings: [...all.values()], reports };
}
/** `undefined` when nothing was known by then. */
function beginOf(stored: readonly StoredOfCluster[], from: number): Before | undefined {
  const points = stored.flatMap((one) => one.points).filter(({ name, at }) => name === 'score' && at < from);
  if (points.length === 0) return undefined;
  const findings = stored
    .flatMap((one) => one.findings)
    .filter(({ firstSeenAt, goneAt }) => firstSeenAt < from && (goneAt === null || goneAt >= from))
    .map(({ check, area, severity, scope, observed, threshold, unit }) => ({ check, area, severity, scope, observed, threshold, unit }) as Finding); // as the contract let it in
  return { asOf: Math.floor(from / 1_000), score: scoresOf(points).at(-1)?.score ?? null, findings, reports: new Map() };
}

function trendsOfAll(stored: readonly StoredOfCluster[], clusters: readonly Cluster[], stretch: { readonly from: number; readonly to: number }): readonly Trend[] {
  return stored.flatMap(({ points }, index) => trendsOf(points, stretch, clusters.length > 1 ? (clusters[index]?.name ?? '') : ''));
}
/** Soonest first; those without a date behind. */
function forecastsOf(trends: readonly Trend[]): NonNullable<ReturnType<typeof forecastOf>>[] {
  return trends
    .filter(({ kind }) => CAPACITY.has(kind))
    .flatMap((trend) => forecastOf(trend) ?? [])
    .toSorted((one, other) => (one.daysToLimit ?? Number.MAX_SAFE_INTEGER) - (other.daysToLimit ?? Number.MAX_SAFE_INTEGER) || compare(one.id, other.id))
    .slice(0, MOST_FORECASTS);
}

function inUseOf(inspected: readonly Inspected[]): InUse {
  return {
    kubernetes: inspected.flatMap(({ inspection: { sections } }) => sections.apiServer?.version ?? []),
    systems: inspected.flatMap(({ inspection: { sections } }) => sections.os ?? []),
  };
}
function lifecycleDates(entries: readonly LifecycleEntry[]): readonly CalendarEntry[] {
  return entries.flatMap(({ product, version, endOfSupportAt, source, inUse }) =>
    endOfSupportAt === undefined || inUse === 0 ? [] : [{ kind: 'lifecycle' as const, name: `${product} ${version}`.trim(), dueAt: endOfSupportAt, source }],
  );
}
function contractDates(endsAt: number | null, ref: string): readonly CalendarEntry[] {
  return endsAt === null ? [] : [{ kind: 'contract', name: ref, dueAt: Math.floor(endsAt / 1_000) }];
}

function namespacesOfAll(inspected: readonly Inspected[], clusters: readonly Cluster[], findings: readonly Finding[]): Fact<Rows<NamespaceHealth>> {
  const rows: NamespaceHealth[] = [];
  let total = 0;
  let missing: Fact<never> = { missing: 'not-gathered' };
  for (const { id, name } of clusters) {
    const own = inspected.filter(({ clusterId }) => clusterId === id);
    const sections = clusterSections(own);
    if (!sections) continue;
    const mine = clusters.length === 1 ? findings : mergedFindings(own.map(({ inspection }) => inspection));
    const fact = namespacesOf(sections.sections, sections.gatherers, mine, clusters.length === 1 ? '' : `${name}/`);
    if ('value' in fact) {
      rows.push(...fact.value.rows);
      total += fact.value.total;
    } else missing = fact;
  }
  return rows.length === 0 ? missing : { value: { rows, total } };
}

/** Incidents, problems, attainment and changes. A single inspection has no period, and none of them. */
async function serviceOf(
  { db, rules, knowledge }: PeriodOptions,
  { customerId, clusterId, to, from: asked }: Pick<ReportRequest, 'customerId' | 'clusterId' | 'from' | 'to'>,
  from: number,
): Promise<Pick<ReportModel, 'incidents' | 'problems' | 'attainment' | 'changeRecords'>> {
  if (asked === undefined) return {};
  const titles = new Map(knowledge.checks.map(({ id, title }) => [id, title]));
  const { ids, total } = await incidentsWithin(db, customerId, clusterId, { from, to }, MOST_INCIDENTS);
  const told: NonNullable<ReturnType<typeof incidentRecord>>[] = [];
  for (const id of ids) {
    const file = await loadIncident(db, id);
    if (!file) continue;
    const { terms } = await rules.termsFor(db, { ...file.filing, policy: file.incident.policy });
    const record = incidentRecord(file, { terms, to, titleOf: (rule) => titles.get(rule) });
    if (record) told.push(record);
  }
  const isProblem = ({ incident }: (typeof told)[number]): boolean => incident.kind === 'problem' || incident.level >= 4;
  const problems = told.filter(isProblem);
  const incidents = told.filter((one) => !isProblem(one));
  const windows = await windowsWithin(db, customerId, clusterId, { from, to });
  return {
    incidents: { value: { rows: incidents.map(({ record }) => record), total: incidents.length + total - told.length } },
    problems: { value: { rows: problems.map(({ record }) => record), total: problems.length } },
    attainment: { value: attainmentOf(told, { from, to }) },
    changeRecords: { value: { rows: windows.map((window) => changeRecord(window, to)), total: windows.length } },
  };
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
