/** What triggers are fed with: plain data, so that it can cross a process. */
import type { CheckVerdict, Finding, Scope } from '../wire/inspection.ts';

/** One look: the verdicts of the checks that ran, and what they found. Checks that did not run are left as they were. */
export interface Evaluation {
  readonly verdicts: readonly Pick<CheckVerdict, 'check' | 'verdict'>[];
  readonly findings: readonly Finding[];
  /** What the checks find under their clear thresholds: a trouble that fired goes on as long as it stands here. */
  readonly held: readonly Pick<Finding, 'check' | 'scope' | 'severity'>[];
  /** Checks whose sections were cut: what they do not find may still be there. */
  readonly partial: readonly string[];
  /** Nodes that the things in question run on, when it is not in their scope: workloads by their abnormal pods. */
  readonly placements: readonly Placement[];
}
export interface Placement {
  readonly scope: Scope;
  readonly nodes: readonly string[];
}

export const NOTHING_SEEN: Evaluation = { verdicts: [], findings: [], held: [], partial: [], placements: [] };

/** When a look was taken. */
export interface Moment {
  /** Unix seconds by the wall clock, which may jump. */
  readonly at: number;
  /** Monotonic seconds since the last step; `undefined` after a restart, then the wall clock has to do. */
  readonly elapsedSeconds: number | undefined;
}
