/** What a contract's clocks and duties look like to the rest of the collector. Times are milliseconds since 1970. */
import type { EventBody } from '../incidents/event.ts';

/** What is measured: remote first contact, emergency response to a fault (故障救援), arrival on site, first call-back, action plan, status updates, solution, the 24 h rule. */
export const CLOCKS = ['respond', 'rescue', 'arrive', 'call-back', 'action-plan', 'update', 'resolve', 'notify'] as const;
export type ClockName = (typeof CLOCKS)[number];

/** A stretch of time and how much of it counted; all of them together are the arithmetic behind a due time. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly countedMs: number;
  /** Why it counted or did not. */
  readonly because: 'coverage' | 'around-the-clock' | 'outside-coverage' | 'holiday' | 'make-up-workday' | 'weekend' | 'break' | 'paused' | 'whole-working-day';
}

/** A clock of one incident, folded from its events. */
export interface ClockState {
  readonly clock: ClockName;
  readonly state: 'waiting' | 'running' | 'paused' | 'met' | 'breached' | 'cancelled';
  /** Counts restarts of the clock (status updates, reopening): part of its identity. */
  readonly cycle: number;
  /** When it started; of a clock that waits for its start, when the incident opened. */
  readonly startedAt: number;
  /** Absent while paused without a known end, and for goals that the contract leaves open. */
  readonly dueAt?: number | undefined;
  readonly stoppedAt?: number | undefined;
  /** First moment beyond the goal. */
  readonly breachedAt?: number | undefined;
  readonly goalMs: number;
  readonly elapsedMs: number;
  /** Elapsed of goal, 0 … more than 100. */
  readonly percent: number;
  /** The calendar has no data for a year that the arithmetic touches. */
  readonly provisional: boolean;
  /** When 50, 75, 90 and 100 % are reached, as things stand. */
  readonly warnings: readonly { readonly percent: number; readonly at: number }[];
  /** The arithmetic behind the due time; of a clock that has stopped, what it ran through. */
  readonly segments: readonly Segment[];
  /** What it has run through until it stopped, or until now: adds up to `elapsedMs`. */
  readonly counted: readonly Segment[];
}

/** Who has to be told. */
export type Audience = 'customer' | 'customer-representative' | 'support' | 'assignee' | 'duty-manager';

/**
 * Something that the contract makes happen at a time if nothing changes until then: a warning, an escalation, a status
 * update that falls due, an automatic closure. `key` is stable: the same duty of the same incident is done once.
 */
export interface Duty {
  readonly key: string;
  readonly dueAt: number;
  /** Event to append when it is due; absent when it only tells somebody. */
  readonly body?: EventBody | undefined;
  readonly tell: readonly Audience[];
  /** The rule of the policy behind it, e.g. `closing.level-3-information`. */
  readonly rule: string;
}
