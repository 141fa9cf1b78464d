/** What a report of a period is compared with. Times are Unix seconds where nothing else is said. */
import type { CheckVerdict, Finding } from '../../../agent/wire/inspection.ts';
import { known, type ReportModel } from '../../../reports/model.ts';
import { readModel } from '../../reports/read-model.ts';
import type { ReportRequest } from '../../reports/report.ts';
import type { Db } from '../../store/database.ts';
import type { Cluster } from '../../store/fleet-store.ts';
import { lastDocument } from '../../store/report-store.ts';
import { STATE_KIND } from '../cluster-state.ts';
import { type Before, compareFindings, identityOf, type Lives } from './comparison.ts';
import { type Inspected, judge, mergedFindings, mergedVerdicts } from './inspected.ts';
import type { RisksOfPeriod } from './risks.ts';
import type { StoredOfCluster } from './stored-history.ts';
import { inspectedOf } from './stored-inspections.ts';
import { scoresOf } from './trends.ts';

/** Since when the findings' checks have been seen: what a first report can tell of age, with nothing to compare with. */
export function firstSeenOf(findings: readonly Finding[], stored: readonly StoredOfCluster[]): Readonly<Record<string, number>> {
  const lives = new Map(stored.flatMap((one) => one.findings).map(({ identity, firstSeenAt }) => [identity, Math.floor(firstSeenAt / 1_000)]));
  const first = new Map<string, number>();
  for (const finding of findings) {
    const seen = lives.get(identityOf(finding));
    if (seen !== undefined) first.set(finding.check, Math.min(seen, first.get(finding.check) ?? seen));
  }
  return Object.fromEntries(first);
}

/** What is known of the time before a report's. */
export interface Earlier {
  readonly clusters: readonly Cluster[];
  readonly stored: readonly StoredOfCluster[];
  /** No inspection of the period is kept: its own score is the lowest of all, and so may be the one it is compared with. */
  readonly recalled: boolean;
  readonly withoutAccepted: RisksOfPeriod['withoutAccepted'];
}

/** Beside the last report of the kind; else beside the inspections before the begin, or what the store still knows of them. @param from milliseconds */
export async function comparisonOf(
  db: Db,
  request: Pick<ReportRequest, 'customerId' | 'clusterId' | 'kind' | 'to'>,
  { from, asOf, findings, verdicts }: { readonly from: number; readonly asOf: number; readonly findings: readonly Finding[]; readonly verdicts: readonly CheckVerdict[] },
  earlier: Earlier,
): Promise<NonNullable<ReportModel['comparison']>> {
  const { stored } = earlier;
  const lives = new Map(stored.flatMap((one) => one.findings).map((finding) => [finding.identity, finding]));
  const lifeOf: Lives = (identity) => {
    const life = lives.get(identity);
    return life && { firstSeenAt: Math.floor(life.firstSeenAt / 1_000), ...(life.goneAt !== null && { goneAt: Math.floor(life.goneAt / 1_000) }) };
  };
  if (request.kind === STATE_KIND) return { missing: 'not-gathered' };
  const before = (await lastReport(db, request)) ?? (await inspectedBefore(db, earlier, from)) ?? toldBefore(earlier, from);
  return before ? { value: compareFindings(before, { asOf, findings, verdicts }, lifeOf) } : { missing: 'no-history' };
}
async function lastReport(db: Db, request: Pick<ReportRequest, 'customerId' | 'clusterId' | 'kind' | 'to'>): Promise<Before | undefined> {
  const last = await lastDocument(db, request, [request.kind], request.to);
  const model = last && readModel(last.json);
  if (!model) return undefined;
  const carried = (known(model.comparison)?.findings ?? []).filter(({ standing }) => standing !== 'gone').map((one) => [identityOf(one.finding), one] as const);
  const reports = new Map(carried.map(([identity, one]) => [identity, one.reports]));
  const reportedAt = new Map(carried.flatMap(([identity, one]) => (one.reportedAt === undefined ? [] : [[identity, one.reportedAt] as const])));
  const still = (known(model.comparison)?.findings ?? []).filter(({ standing }) => standing === 'open').map(({ finding }) => finding);
  // What could not be checked then stood as open: it is not forgotten.
  const all = new Map([...still, ...model.findings].map((finding) => [identityOf(finding), finding]));
  return { asOf: model.period.asOf, score: model.score.total, findings: [...all.values()], reports, reportedAt };
}
/** The newest inspections before the begin, judged as the report's own are; `undefined` when none of them is kept. */
async function inspectedBefore(db: Db, { clusters, withoutAccepted }: Earlier, from: number): Promise<Before | undefined> {
  const inspected: Inspected[] = [];
  for (const cluster of clusters) inspected.push(...(await inspectedOf(db, cluster, from)));
  if (inspected.length === 0) return undefined;
  const inspections = inspected.map(({ clusterId, inspection }) => withoutAccepted(clusterId, inspection));
  const findings = mergedFindings(inspections);
  const asOf = Math.floor(inspected.reduce((newest, { takenAt }) => Math.max(newest, takenAt), 0) / 1_000);
  return { asOf, score: judge(mergedVerdicts(inspections), findings).score.total, findings };
}
/** From numbers and lives; `undefined` when nothing was known by then. */
function toldBefore({ stored, recalled }: Earlier, from: number): Before | undefined {
  const points = stored.flatMap((one) => one.points).filter(({ name, lastAt }) => name === 'score' && lastAt < from);
  if (points.length === 0) return undefined;
  const findings = stored
    .flatMap((one) => one.findings)
    .filter(({ firstSeenAt, goneAt }) => firstSeenAt < from && (goneAt === null || goneAt >= from))
    .map(({ check, area, severity, scope, observed, threshold, unit }) => ({ check, area, severity, scope, observed, threshold, unit }) as Finding); // as the contract let it in
  const asOf = Math.floor(points.reduce((newest, { lastAt }) => Math.max(newest, lastAt), 0) / 1_000);
  // The score of the whole is not kept, only those of its parts: of one part, or beside the lowest of parts, they are the same.
  const isSame = recalled || new Set(points.map(({ machine }) => machine)).size === 1;
  return { asOf, score: isSame ? (scoresOf(points).at(-1)?.score ?? null) : null, findings };
}
