/** What the incident machine asks of the rest of the collector: a contract's rules, and to be heard when something changed. */
import type { Severity } from '../../agent/wire/vocabulary.ts';
import type { Db, Engine } from '../store/database.ts';
import type { Audience, ClockState, Duty } from '../support/clock.ts';
import type { IncidentEvent, IncidentKind, Level, Source } from './event.ts';
import type { Incident } from './incident.ts';

/** What a level is chosen by. */
export interface LevelFacts {
  readonly source: Source;
  readonly kind: IncidentKind;
  readonly severity: Severity;
  readonly rule: string;
  readonly family?: string | undefined;
  /** It outlasts a planned change that it fell into. */
  readonly beyondChange?: boolean | undefined;
}

/** One version of one policy's tier, in the zone and calendar of one customer's site. */
export interface SupportRules {
  /** `daocloud/advanced@1` */
  readonly ref: string;
  /** Those that the tier knows; nothing else may be chosen. */
  readonly levels?: readonly Level[];
  readonly levelFor: (facts: LevelFacts) => Level;
  /** Rules that the policy or the contract gives a level of their own: faults then, also those that are advice elsewhere. */
  readonly isFault?: (rule: string) => boolean;
  readonly clocksOf: (events: readonly IncidentEvent[], now: number) => readonly ClockState[];
  readonly dutiesOf: (events: readonly IncidentEvent[], now: number) => readonly Duty[];
  /** How long after its resolution a trouble that comes back is the same incident. */
  readonly reopenWindowMs: number;
  /** Whether a trouble that stays away ends by itself; otherwise people resolve it. */
  readonly autoResolve: boolean;
  /** When a resolved incident is closed by the machine; absent when the policy's duties do that. */
  readonly closeAfterMs?: number | undefined;
  /** How long before its start a planned change has to be announced. */
  readonly changeNoticeMs: number;
}

/** `policy` is the pinned one of an incident that exists; without it the contract in force counts. */
export type RulesFor = (
  db: Db,
  subject: { readonly customerId: string; readonly clusterId: string | null; readonly contractId?: string | null; readonly policy?: string | undefined },
) => Promise<{ readonly rules: SupportRules; readonly contractId: string | null }>;

/** Where an incident belongs; never changes. */
export interface Filing {
  readonly id: string;
  /** Short number that people say. */
  readonly number: number;
  readonly customerId: string;
  readonly clusterId: string | null;
  readonly contractId: string | null;
  readonly dedupKey: string;
  readonly groupKey: string | null;
}
export interface IncidentFile {
  readonly filing: Filing;
  readonly incident: Incident;
  readonly events: readonly IncidentEvent[];
}

/** Told inside the transaction of the change, so that no message is lost and none tells what was rolled back. */
export interface IncidentChange {
  readonly file: IncidentFile;
  /** Empty when a duty only tells somebody. */
  readonly events: readonly IncidentEvent[];
  /** The contract's duty behind it, for who has to be told. */
  readonly duty?: Duty | undefined;
  /** Overrides the duty's: nobody for those that a later one of the same clock, due as well, says better. */
  readonly tell?: readonly Audience[] | undefined;
}
export type OnChange = (db: Db, change: IncidentChange) => Promise<void>;

export interface IncidentSettings {
  /** How long a trouble has to stay away before it counts as resolved. */
  readonly observeMs: number;
  /** More scopes than this of one family within the window become one group. */
  readonly groupAbove: number;
  readonly groupWindowMs: number;
  /** A storm is over when nothing joined for this long: what comes then stands for itself. */
  readonly groupCalmMs: number;
  /** Older evidence updates history and opens nothing. */
  readonly lateAfterMs: number;
  /** A flapping incident is told about again this often. */
  readonly flapReminderMs: number;
}
export const INCIDENT_DEFAULTS: IncidentSettings = {
  observeMs: 600_000,
  groupAbove: 10,
  groupWindowMs: 300_000,
  groupCalmMs: 600_000,
  lateAfterMs: 3_600_000,
  flapReminderMs: 21_600_000,
};

/** Everything that the functions of this folder need. */
export interface Desk {
  readonly engine: Engine;
  readonly rulesFor: RulesFor;
  readonly onChange: OnChange;
  readonly settings: IncidentSettings;
  /** Makes a UUID. */
  readonly newId: () => string;
}
