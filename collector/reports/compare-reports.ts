/** Two reports beside each other, from the documents that they were made of. */
import { known, type ReportModel } from '../../reports/model.ts';
import { compareFindings, identityOf } from '../inspections/period/comparison.ts';
import type { Db } from '../store/database.ts';
import { readDocument } from '../store/report-store.ts';
import { readModel } from './read-model.ts';
import type { Report } from './report.ts';

/** The later one's document, compared with the earlier's; both were seen by the caller. `undefined` when a document is not kept any more */
export async function compareReports(db: Db, one: Pick<Report, 'id' | 'to'>, other: Pick<Report, 'id' | 'to'>): Promise<ReportModel | undefined> {
  const [earlier, later] = await Promise.all((one.to <= other.to ? [one, other] : [other, one]).map(async ({ id }) => await modelOf(db, id)));
  if (!earlier || !later) return undefined;
  const lives = new Map((known(later.comparison)?.findings ?? []).map((finding) => [identityOf(finding.finding), finding]));
  const comparison = compareFindings(
    { asOf: earlier.period.asOf, score: earlier.score.total, findings: earlier.findings },
    { asOf: later.period.asOf, findings: later.findings, verdicts: later.verdicts },
    (identity) => lives.get(identity),
  );
  return { ...later, comparison: { value: comparison } };
}
async function modelOf(db: Db, id: string): Promise<ReportModel | undefined> {
  const json = await readDocument(db, 'all', id);
  return json === undefined ? undefined : readModel(json);
}
