/** What the inspections that are still kept say about one finding: its value and limit, time by time. */
import type { Visibility } from '../access/visibility.ts';
import { readInspection } from '../ingest/reread-inspection.ts';
import type { Db } from '../store/database.ts';
import type { StoredFinding } from '../store/finding-store.ts';
import { listSnapshots, readSnapshot } from '../store/snapshot-store.ts';
import { identityOf } from './period/comparison.ts';

export interface FindingPoint {
  /** Milliseconds. */
  readonly at: number;
  /** `fail`: found, with its value; otherwise what the check said. */
  readonly verdict: 'fail' | 'pass' | 'unknown' | 'not-applicable';
  readonly observed?: unknown;
  readonly threshold?: unknown;
}
/** Inspections never change: what was read of one is kept. */
const known = new Map<string, FindingPoint | null>();
const MOST_KEPT = 20_000;

/** Oldest first. @param most inspections that are read */
export async function findingHistory(db: Db, visibility: Visibility, finding: StoredFinding, most = 30): Promise<readonly FindingPoint[]> {
  const { clusterId, identity, agent } = finding;
  const points: FindingPoint[] = [];
  for (const { id, takenAt } of await listSnapshots(db, visibility, { clusterId, agent, limit: most })) {
    const key = `${id}|${identity}`;
    let point = known.get(key);
    if (point === undefined) {
      point = await readPoint(db, visibility, finding, { id, takenAt });
      if (known.size >= MOST_KEPT) known.clear();
      known.set(key, point);
    }
    if (point) points.push(point);
  }
  return points.toReversed();
}
/** Null: the inspection says nothing about the check. */
async function readPoint(
  db: Db,
  visibility: Visibility,
  { check, identity }: StoredFinding,
  { id, takenAt }: { readonly id: string; readonly takenAt: number },
): Promise<FindingPoint | null> {
  const json = await readSnapshot(db, visibility, id);
  const inspection = json === undefined ? undefined : readInspection(json);
  const found = inspection?.findings.find((one) => one.check === check && identityOf(one) === identity);
  if (found) return { at: takenAt, verdict: 'fail', observed: found.observed, threshold: found.threshold };
  const said = inspection?.verdicts.find((one) => one.check === check)?.verdict;
  // The check failed on something else: this thing was fine, or the check would have named it.
  return said === undefined ? null : { at: takenAt, verdict: said === 'fail' ? 'pass' : said };
}
