/** What triggers remember: plain JSON, bounded. */
import type { Observed, Scope } from '../wire/inspection.ts';
import type { Parent, SignalState } from '../wire/signal.ts';
import type { Area, Severity, Unit } from '../wire/vocabulary.ts';

/** Raised when the meaning changes; a file of another version is set aside. */
export const STATE_VERSION = 1;
/** Troubles that are remembered at once, as many as one payload takes; the worst stay. */
export const MOST_TRACKED = 2_000;

/** One trouble. Times without another word are seconds of {@link TriggerState.clock}. */
export interface Tracked {
  readonly check: string;
  readonly scope: Scope;
  readonly area: Area;
  readonly unit: Unit;
  readonly severity: Exclude<Severity, 'info'>;
  readonly observed?: Observed | undefined;
  readonly threshold?: Observed | undefined;
  readonly nodes?: readonly string[] | undefined;
  /** It has been told. */
  readonly open: boolean;
  /** Last looks at the condition, and at the condition in its critical form; see flap.ts. */
  readonly history: number;
  readonly criticalHistory: number;
  /** Since when it holds, misses that its samples allow included; absent while it does not. */
  readonly holdsFrom?: number | undefined;
  /** When it was last seen, last seen in its critical form, and last answered at all. */
  readonly heldAt: number;
  readonly criticalAt?: number | undefined;
  readonly answeredAt: number;
  /** Since when its check says that it does not apply. */
  readonly absentFrom?: number | undefined;
  readonly flapping: boolean;
  readonly parent?: Parent | undefined;
  /** Looks that it must be seen in after its parent went, before it stands for itself. */
  readonly toConfirm: number;
  /** Unix seconds: since when it holds, for people. */
  readonly since: number;
  readonly told?: Told | undefined;
}
/** What was last told of it. */
export interface Told {
  readonly state: Exclude<SignalState, 'clear'>;
  readonly severity: Severity;
  readonly flapping: boolean;
  readonly maintenance: boolean;
  /** Identity of the parent. */
  readonly parent?: string | undefined;
  /** Unix seconds. */
  readonly at: number;
}

export interface TriggerState {
  readonly version: typeof STATE_VERSION;
  /** Monotonic seconds over all runs. */
  readonly clock: number;
  /** Unix seconds of the last step. */
  readonly at: number;
  /** By identity. */
  readonly tracked: Readonly<Record<string, Tracked>>;
  /** Troubles that there was no room for, and those that nobody could see for so long that they were given up. */
  readonly dropped: number;
  readonly forgotten: number;
}

export const EMPTY_STATE: TriggerState = { version: STATE_VERSION, clock: 0, at: 0, tracked: {}, dropped: 0, forgotten: 0 };
