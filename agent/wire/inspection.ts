/** What one inspection yields: shapes that checks, reports and the collector share. */
import type { HostRole } from './sections/host/system-roles.ts';
import type { Area, Domain, Reason, ScopeKind, Severity, Text, Unit, Verdict } from './vocabulary.ts';

/** Raised when the meaning of the payload changes; the collector accepts this and the one before. */
export const SCHEMA_VERSION = 1;

/** What a finding is about; `node` stands beside things that live on one node (mounts, disks, certificates). */
export interface Scope {
  readonly kind: ScopeKind;
  readonly node?: string | undefined;
  readonly namespace?: string | undefined;
  readonly name: string;
}

/** A measured value or limit: a number in the check's unit, a version, or a word of the check's vocabulary. */
export type Observed = number | string | boolean;

/** A failing verdict with the thing it is about. Identity is `check` + `scope`, never the value. */
export interface Finding {
  readonly check: string;
  readonly area: Area;
  readonly severity: Severity;
  readonly scope: Scope;
  readonly observed?: Observed | undefined;
  readonly threshold?: Observed | undefined;
  readonly unit: Unit;
  /** Roles of the machine that ask for what is missing; left out where every machine is asked. */
  readonly askedBy?: readonly HostRole[] | undefined;
}

/** A finding that somebody answers for until a date. */
export interface AcceptedRisk {
  readonly finding: Finding;
  readonly owner: string;
  readonly reason: string;
  /** Day, `YYYY-MM-DD`, last day of validity. */
  readonly expires: string;
}

/** A suppression whose day has passed: its findings count again. */
export interface ExpiredSuppression {
  readonly check: string;
  readonly owner: string;
  readonly expires: string;
}

/** What one check said in one run. */
export interface CheckVerdict {
  readonly check: string;
  readonly area: Area;
  readonly verdict: Verdict;
  readonly severity: Severity;
  /** Why it is unknown or not applicable. */
  readonly reason?: Reason | undefined;
  /** Sections that were missing. */
  readonly missing?: readonly string[] | undefined;
  /** It fails on more things than its findings tell: a list that it read had reached its cap, or the payload had. */
  readonly atLeast?: true | undefined;
}

/** The texts of a check, as catalogue and reports print them. */
export interface CheckText {
  readonly id: string;
  readonly area: Area;
  readonly title: Text;
  readonly remedy: Text;
  readonly severity: Severity;
}

/** How one gatherer ended. */
export interface GathererReport {
  readonly section: string;
  readonly domain: Domain;
  readonly status: 'ok' | 'absent' | 'failed';
  readonly reason?: Reason | undefined;
  readonly durationMs: number;
  /** Rows or values that were cut or refused by the contract. */
  readonly dropped: number;
}

/** Points of one area and the whole; `null` when nothing was checked. */
export interface Score {
  readonly total: number | null;
  /** The total before the cap by coverage. */
  readonly uncapped: number | null;
  readonly areas: readonly AreaScore[];
  /** What most would raise the total, best first. */
  readonly levers: readonly Lever[];
}
export interface AreaScore {
  readonly area: Area;
  readonly score: number | null;
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
  readonly notApplicable: number;
}
/** Solving `check` raises the total by `points`. */
export interface Lever {
  readonly check: string;
  readonly points: number;
}

/** How much was looked at: checks answered of checks that apply, in percent. */
export interface Coverage {
  readonly percent: number;
  readonly checked: number;
  readonly applicable: number;
  readonly notApplicable: number;
  readonly unknown: readonly CheckVerdict[];
}
