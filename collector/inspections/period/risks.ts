/** Risks that somebody answers for: their findings cost no points and stand in a list of their own. Times are milliseconds. */
import type { AcceptedRisk, ExpiredSuppression } from '../../../agent/wire/inspection.ts';
import type { WireInspection } from '../../ingest/wire-inspection.ts';
import { zonedTime } from '../../notify/zoned-time.ts';
import type { Db } from '../../store/database.ts';
import { expiredRisks, listRisks } from '../../store/risk-store.ts';
import { identityOf } from './comparison.ts';
import type { Inspected } from './inspected.ts';

export interface RisksOfPeriod {
  readonly accepted: readonly AcceptedRisk[];
  /** That ended within the period: their findings count again. */
  readonly expired: readonly ExpiredSuppression[];
  readonly withoutAccepted: (clusterId: string, inspection: WireInspection) => WireInspection;
}
const MOST_RISKS = 1_000;

/** @param stretch.at the moment whose risks are in force. @param stretch.zone of the site: days are its days */
export async function risksOf(
  db: Db,
  inspected: readonly Inspected[],
  { from, at, zone }: { readonly from: number; readonly at: number; readonly zone: string },
): Promise<RisksOfPeriod> {
  const known = new Map<string, { readonly owner: string; readonly reason: string; readonly expires: string }>();
  const expired: ExpiredSuppression[] = [];
  for (const clusterId of new Set(inspected.map((one) => one.clusterId))) {
    for (const { identity, owner, reason, expiresAt } of await listRisks(db, 'all', { clusterId, at: Math.max(at, from), limit: MOST_RISKS }))
      known.set(`${clusterId}|${identity}`, { owner, reason, expires: lastDay(expiresAt, zone) });
    for (const { check, owner, expiresAt } of await expiredRisks(db, clusterId, { from, to: at })) expired.push({ check, owner, expires: lastDay(expiresAt, zone) });
  }
  const riskOf = (clusterId: string, finding: WireInspection['findings'][number]) => known.get(`${clusterId}|${identityOf(finding)}`);
  return {
    expired,
    accepted: inspected.flatMap(({ clusterId, inspection: { findings } }) =>
      findings.flatMap((finding) => {
        const risk = riskOf(clusterId, finding);
        return risk ? [{ finding, ...risk }] : [];
      }),
    ),
    withoutAccepted: (clusterId, inspection) =>
      known.size === 0 ? inspection : { ...inspection, findings: inspection.findings.filter((finding) => riskOf(clusterId, finding) === undefined) },
  };
}
/** Of validity: the moment given is the first at which it is over. */
function lastDay(expiresAt: number, zone: string): string {
  return zonedTime(expiresAt - 1, zone).slice(0, 10);
}
