/** Since when reports have told a problem: a term that one kind of report has set is kept by the others. Times are Unix seconds. */
import type { Finding } from '../../../agent/wire/inspection.ts';
import type { Severity } from '../../../agent/wire/vocabulary.ts';
import { known, type ReportModel, SEVERITY_RANK } from '../../../reports/model.ts';
import { readModel } from '../../reports/read-model.ts';
import type { ReportRequest } from '../../reports/report.ts';
import type { Db } from '../../store/database.ts';
import { lastDocument } from '../../store/report-store.ts';
import { identityOf } from './comparison.ts';

/** Kinds that print problems with a day by which to solve them. */
const TELLING = ['s360', 'tongtech', 'daily', 'risk', 'weekly', 'monthly', 'expert'] as const;

/** By check: when the last report of these kinds, or one before it that it follows, first told its worst findings; checks that none has told are left out. */
export async function toldSinceOf(
  db: Db,
  request: Pick<ReportRequest, 'customerId' | 'clusterId' | 'to'>,
  findings: readonly Finding[],
): Promise<Readonly<Record<string, number>>> {
  const last = await lastDocument(db, request, TELLING, request.to);
  const earlier = last && readModel(last.json);
  return earlier ? carriedOn(earlier, findings) : {};
}

/** The same from the earlier report. What was told as less severe was not told as what it is now. Pure. */
export function carriedOn(
  { period: { asOf }, findings: told, comparison, toldSince }: Pick<ReportModel, 'period' | 'findings' | 'comparison' | 'toldSince'>,
  findings: readonly Finding[],
): Readonly<Record<string, number>> {
  const compared = new Map((known(comparison)?.findings ?? []).map(({ finding, reportedAt }) => [identityOf(finding), reportedAt]));
  const [worstThen, worstNow] = [worstByCheck(told), worstByCheck(findings)];
  const then = new Map(told.map((finding) => [identityOf(finding), finding]));
  const since: Record<string, number> = {};
  for (const finding of findings) {
    const { check, severity } = finding;
    const earlier = then.get(identityOf(finding));
    if (severity !== worstNow.get(check) || !earlier || SEVERITY_RANK[earlier.severity] > SEVERITY_RANK[severity]) continue;
    const own = earlier.severity === worstThen.get(check) ? toldSince?.[check] : undefined;
    since[check] = Math.min(since[check] ?? asOf, own ?? asOf, compared.get(identityOf(finding)) ?? asOf);
  }
  return since;
}
function worstByCheck(findings: readonly Finding[]): ReadonlyMap<string, Severity> {
  const worst = new Map<string, Severity>();
  for (const { check, severity } of findings) {
    const found = worst.get(check);
    if (found === undefined || SEVERITY_RANK[severity] < SEVERITY_RANK[found]) worst.set(check, severity);
  }
  return worst;
}
