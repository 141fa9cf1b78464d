/** Two moments of one cluster beside each other: what is new, worse, still there, better, gone. */
import type { ReportModel } from '../../reports/model.ts';
import type { Db } from '../store/database.ts';
import { findingsWithin } from '../store/trend-read-store.ts';
import type { Assemble } from './cluster-state.ts';
import { compareFindings } from './period/comparison.ts';

/** Of a kind that no report has: it is compared with no report. */
const KIND = 'state';

/** The later moment's document with the comparison in it. Times are milliseconds. @throws NothingToReport when one of them has no inspection */
export async function compareStates(
  { db, assemble }: { readonly db: Db; readonly assemble: Assemble },
  { id: clusterId, customerId }: { readonly id: string; readonly customerId: string },
  { before, after }: { readonly before: number; readonly after: number },
): Promise<ReportModel> {
  const earlier = await assemble({ customerId, clusterId, kind: KIND, from: undefined, to: before });
  const later = await assemble({ customerId, clusterId, kind: KIND, from: undefined, to: after });
  const lives = new Map((await findingsWithin(db, clusterId, { from: before, to: after })).map((one) => [one.identity, one]));
  const comparison = compareFindings(
    { asOf: earlier.period.asOf, score: earlier.score.total, findings: earlier.findings },
    { asOf: later.period.asOf, findings: later.findings, verdicts: later.verdicts },
    (identity) => {
      const life = lives.get(identity);
      return life && { firstSeenAt: Math.floor(life.firstSeenAt / 1_000), ...(life.goneAt !== null && { goneAt: Math.floor(life.goneAt / 1_000) }) };
    },
  );
  return { ...later, comparison: { value: comparison } };
}
