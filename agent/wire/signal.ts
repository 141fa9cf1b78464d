/**
 * What an agent tells between inspections: signals (a trouble began, goes on, ended, cannot be seen any more) and heartbeats.
 * A signal has the identity of its finding, `check` + `scope`; value, severity and sender are facts about it, never part of it.
 */
import type { Finding, Scope } from './inspection.ts';
import type { Leaves } from './leaves.ts';
import type { RequestReport, Takes } from './request.ts';
import type { SiteIncident } from './site-incident.ts';

/**
 * `firing`: the condition has held for its `for`. `clear`: it was looked at and is over. `stale`: it can no longer be seen;
 * nobody may take that for recovery. `inhibited`: it holds, but behind another trouble that explains it.
 */
export const SIGNAL_STATES = ['firing', 'clear', 'stale', 'inhibited'] as const;
export type SignalState = (typeof SIGNAL_STATES)[number];

/** What a child's signal hides behind. */
export interface Parent {
  readonly check: string;
  readonly scope: Scope;
}

export interface Signal extends Finding {
  readonly state: SignalState;
  /** Unix seconds: since when the condition has held (`firing`, `inhibited`, `stale`), or when it ended (`clear`). */
  readonly since: number;
  /** Unix seconds of the evaluation that says so: signals of one identity are ordered by it. */
  readonly at: number;
  /** The condition comes and goes; one incident, few notifications. */
  readonly flapping: boolean;
  /** It falls into a maintenance window of the site. */
  readonly maintenance: boolean;
  /** Only with `inhibited`. */
  readonly parent?: Parent | undefined;
}

/** Signals in one payload. */
export const MOST_SIGNALS = 2_000;

/** Changes since the last payload, or, at start and every hour, everything that is not clear. */
export interface SignalBatch {
  /** Unix seconds. */
  readonly at: number;
  /** All active signals of this agent: what the collector has beyond them has gone out of sight (stale), not ended. */
  readonly complete: boolean;
  /** {@link MOST_SIGNALS} at most; worst first. */
  readonly signals: readonly Signal[];
  /** Only from a site's collector to a support centre: what people and other systems opened there. */
  readonly incidents?: readonly SiteIncident[] | undefined;
}

/** Why a queued payload was given up. */
export const DROP_REASONS = ['too-old', 'queue-full', 'corrupt', 'refused', 'too-large'] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** The agent lives; its outbox and clock as numbers. */
export interface Heartbeat {
  /** Unix seconds. */
  readonly at: number;
  /** Seconds until the next one, without jitter: the collector counts missed ones with it. */
  readonly intervalSeconds: number;
  /** Seconds since this process started. */
  readonly uptimeSeconds: number;
  /** Unix seconds of the last inspection's end; absent before the first. */
  readonly lastInspectionAt?: number | undefined;
  readonly outbox: {
    readonly items: number;
    readonly bytes: number;
    /** Seconds; 0 when empty. */
    readonly oldestAgeSeconds: number;
    readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  };
  readonly activeSignals: number;
  /** What the collector may ask; said to one that asks at all. */
  readonly takes?: Takes | undefined;
  readonly request?: RequestReport | undefined;
  /** What the site lets leave; said under the same condition. */
  readonly leaves?: Leaves | undefined;
}
