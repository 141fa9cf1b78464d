/** What a report of a period is compared with. Times are Unix seconds where nothing else is said. */
import type { CheckVerdict, Finding } from '../../../agent/wire/inspection.ts';
import { known, type ReportModel } from '../../../reports/model.ts';
import { readModel } from '../../reports/read-model.ts';
import type { ReportRequest } from '../../reports/report.ts';
import type { Db } from '../../store/database.ts';
import { lastDocument } from '../../store/report-store.ts';
import { type Before, compareFindings, identityOf, type Lives } from './comparison.ts';
import type { StoredOfCluster } from './stored-history.ts';
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

/** Beside the last report of the kind; else beside what the store knows of the period's begin. */
export async function comparisonOf(
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
/** A point may stand for a whole day, by the UTC's clock: one whose day is not over at the begin may be of an inspection after it. */
const DAY_MS = 86_400_000;
/** `undefined` when nothing was known by then. */
function beginOf(stored: readonly StoredOfCluster[], from: number): Before | undefined {
  const points = stored.flatMap((one) => one.points).filter(({ name, at }) => name === 'score' && at + DAY_MS <= from);
  if (points.length === 0) return undefined;
  const findings = stored
    .flatMap((one) => one.findings)
    .filter(({ firstSeenAt, goneAt }) => firstSeenAt < from && (goneAt === null || goneAt >= from))
    .map(({ check, area, severity, scope, observed, threshold, unit }) => ({ check, area, severity, scope, observed, threshold, unit }) as Finding); // as the contract let it in
  return { asOf: Math.floor(from / 1_000), score: scoresOf(points).at(-1)?.score ?? null, findings, reports: new Map() };
}
