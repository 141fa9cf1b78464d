/**
 * A period whose inspections the store has let go of: told from what is kept longer, the findings with their lives and the numbers by
 * day. What an inspection alone knows (nodes, workloads, every verdict) is said to be gone. Pure.
 */
import type { CheckVerdict, Coverage, Finding, Score } from '../../../agent/wire/inspection.ts';
import { SEVERITIES } from '../../../agent/wire/vocabulary.ts';
import type { ClusterFacts } from '../../../reports/model.ts';
import type { DayPoint } from '../../store/day-points.ts';
import type { StoredFinding } from '../../store/finding-store.ts';
import { compare } from './inspected.ts';

const DAY_MS = 86_400_000;

export interface Recalled {
  /** Milliseconds: end of the last day that numbers are known of, and never after the period. */
  readonly asOf: number;
  readonly findings: readonly Finding[];
  readonly verdicts: readonly CheckVerdict[];
  readonly score: Score;
  readonly coverage: Coverage;
}

/** @returns nothing when not even a day's score is known in the period */
export function recall(points: readonly DayPoint[], stored: readonly StoredFinding[], { from, to }: { readonly from: number; readonly to: number }): Recalled | undefined {
  const days = points.filter(({ name, lastAt }) => name === 'score' && lastAt >= from && lastAt < to).map(({ at }) => at);
  const last = days.length === 0 ? undefined : Math.max(...days);
  if (last === undefined) return undefined;
  const asOf = Math.min(last + DAY_MS, to) - 1_000;
  const findings = stored
    .filter(({ firstSeenAt, goneAt }) => firstSeenAt <= asOf && (goneAt === null || goneAt > asOf))
    .map(({ check, area, severity, scope, observed, threshold, unit }) => ({ check, area, severity, scope, observed, threshold, unit }) as Finding) // as the contract let it in
    .toSorted(
      (one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) || compare(one.check, other.check) || compare(one.scope.name, other.scope.name),
    );
  const of = (name: string): readonly number[] => points.filter((point) => point.name === name && point.at === last).map((point) => point.last);
  const total = Math.min(...of('score'));
  const coverages = of('coverage');
  const worst = new Map<string, Finding>();
  for (const finding of findings) if (!worst.has(finding.check)) worst.set(finding.check, finding);
  return {
    asOf,
    findings,
    verdicts: [...worst.values()].map(({ check, area, severity }) => ({ check, area, severity, verdict: 'fail' })),
    score: { total: round(total), uncapped: round(total), areas: [], levers: [] },
    // How many checks answered is not kept, only their share.
    coverage: { percent: coverages.length === 0 ? 0 : round(Math.min(...coverages)), checked: 0, applicable: 0, notApplicable: 0, unknown: [] },
  };
}
function round(value: number): number {
  return Math.round(value * 100) / 100;
}

const GONE = { missing: 'expired' } as const;
/** All that a cluster's chapters ask for. */
export const NO_CLUSTER_DETAIL: ClusterFacts = { platform: GONE, nodes: GONE, controlPlane: GONE, etcd: GONE, addons: GONE, workloads: GONE, pods: GONE, storage: GONE };
