/** The shape of a check: a pure function of the sections it names, with its texts, severity and sourced threshold beside it. */
import type { CheckVerdict, Finding, Observed, Scope } from '../wire/inspection.ts';
import type { SectionName, Sections, SomeSections } from '../wire/section-values.ts';
import type { HostRole } from '../wire/sections/host/system-roles.ts';
import type { Product } from '../wire/sections/middleware/products.ts';
import type { Area, CheckGroup, Reason, Severity, Text, Unit } from '../wire/vocabulary.ts';

/** Numbers, truth values or word lists by name; a number's unit is part of its key (`warningPercent`, `olderThanDays`). */
export type Threshold = Readonly<Record<string, number | boolean | string | readonly string[]>>;

/** One thing that is wrong. Without `scope` it is about the inspected host (host sections) or the cluster. */
export interface Violation {
  readonly scope?: Scope | undefined;
  /** What was measured, in the check's unit. */
  readonly observed?: Observed | undefined;
  /** The limit that was crossed; default none. */
  readonly threshold?: Observed | undefined;
  /** When this violation is worse or milder than the check's own severity. */
  readonly severity?: Severity | undefined;
  /** Where the check's own unit does not fit: settings of many kinds in one check. */
  readonly unit?: Unit | undefined;
  /** Roles of the machine whose bound was crossed. */
  readonly askedBy?: readonly HostRole[] | undefined;
}
/** The check cannot say (`unknown`) or is not about this platform (`not-applicable`). */
export interface Abstention {
  readonly verdict: 'unknown' | 'not-applicable';
  readonly reason: Reason;
}
/** Empty list = pass. */
export type Outcome = readonly Violation[] | Abstention;

/** A value that the check needs was not there. */
export function unknown(reason: Reason = 'not-reported'): Abstention {
  return { verdict: 'unknown', reason };
}
/** What the check is about does not exist or is not used here. */
export function notApplicable(reason: Reason = 'not-in-use'): Abstention {
  return { verdict: 'not-applicable', reason };
}

/** Facts of the run that a check may use: everything else comes from its sections. */
export interface CheckContext {
  /** Unix seconds. */
  readonly now: number;
  /** Name of the inspected host, for scopes of things that live on it. */
  readonly host: string;
}

export interface CheckSpec<R extends SectionName, T extends Threshold> {
  /** `<area>-<problem>`, the failing state; spelled like its path. An API: renaming needs `replaces`. */
  readonly id: string;
  readonly area: Area;
  /** The problem as a noun phrase. */
  readonly title: Text;
  /** What breaks for whom if nobody acts, in a sentence or two; what is not certain is said to be possible. */
  readonly why: Text;
  /** Imperative; the first safe, read-only command first. No thresholds inside: they are data. */
  readonly remedy: Text;
  readonly severity: Severity;
  /**
   * The check looks at how something was set up, in an area that has faults too: nothing fails yet, and what it finds is advice (the
   * policies' levels for operation, use and configuration), not a fault on a response clock. Never for what is exhausted, down,
   * expiring or losing data. A policy or a contract that names the check in its mapping gives it that level all the same.
   */
  readonly setup?: true;
  /** Area `middleware` only: the product (left out for what holds for all), and the part of a TongTech health check that it belongs to. */
  readonly product?: Product;
  readonly group?: CheckGroup;
  readonly reads: readonly R[];
  /** Unit of `observed` and of the number thresholds. */
  readonly unit: Unit;
  readonly threshold: T;
  /** Where the threshold comes from: a peer's rule, a standard, or `practice` with the reason. */
  readonly source: string;
  readonly references?: readonly string[];
  readonly replaces?: readonly string[];
  evaluate(sections: Pick<Sections, R>, threshold: T, context: CheckContext): Outcome;
}

/** A check with its generics closed over; the registry is a plain list of these. */
export interface Check extends Omit<CheckSpec<SectionName, Threshold>, 'evaluate'> {
  run(sections: SomeSections, missing: MissingReasons, context: CheckContext, overrides?: Threshold): CheckResult;
}
/** Why a section is not there, by its name. */
export type MissingReasons = Readonly<Partial<Record<SectionName, { readonly absent: boolean; readonly reason: Reason }>>>;
export interface CheckResult {
  readonly verdict: CheckVerdict;
  readonly findings: readonly Finding[];
}

/** Widens literal thresholds (`80` → `number`), so that configuration can change them. */
type Widen<T> = { readonly [K in keyof T]: T[K] extends number ? number : T[K] extends boolean ? boolean : T[K] extends string ? string : readonly string[] };

/** Binds a spec to the one place that decides what a missing section means. */
export function defineCheck<const R extends SectionName, const T extends Threshold>(
  spec: Omit<CheckSpec<R, T>, 'evaluate' | 'threshold'> & {
    readonly threshold: T;
    readonly evaluate: (sections: Pick<Sections, R>, threshold: Widen<T>, context: CheckContext) => Outcome;
  },
): Check {
  const { evaluate: _evaluate, ...facts } = spec;
  return {
    ...facts,
    run(sections, missing, context, overrides = {}) {
      const gone = spec.reads.filter((section) => sections[section] === undefined);
      if (gone.length > 0) return { verdict: verdictForMissing(spec, gone, missing), findings: [] };
      const threshold = { ...spec.threshold, ...overrides } as Widen<T>;
      const outcome = spec.evaluate(sections as Pick<Sections, R>, threshold, context);
      if ('verdict' in outcome) return { verdict: verdict(spec, outcome.verdict, outcome.reason), findings: [] };
      if (outcome.length === 0) {
        const cut = spec.reads.some((section) => isCut(sections[section]));
        return { verdict: cut ? verdict(spec, 'unknown', 'truncated') : verdict(spec, 'pass'), findings: [] };
      }
      const findings = outcome.map((violation) => toFinding(spec, violation, context));
      // One finding about the whole cluster or host is a sum, and no list.
      const atLeast = outcome.some(({ scope }) => scope !== undefined) && spec.reads.some((section) => hasLeftOut(sections[section]));
      return { verdict: { ...verdict(spec, 'fail'), ...(atLeast && { atLeast }) }, findings };
    },
  };
}

type Facts = Pick<Check, 'id' | 'area' | 'severity' | 'unit' | 'reads'>;

/** A section that says it left rows out that could matter (`dropped` > 0) proves nothing by showing no violation. */
function isCut(section: unknown): boolean {
  return typeof section === 'object' && section !== null && 'dropped' in section && typeof section.dropped === 'number' && section.dropped > 0;
}

/** Whether any of its lists had more than it carries (`dropped`, `nodesDropped`, …). */
function hasLeftOut(section: unknown): boolean {
  return typeof section === 'object' && section !== null && Object.entries(section).some(([key, value]) => /dropped$/i.test(key) && typeof value === 'number' && value > 0);
}

/** Absent everywhere it reads = not applicable; anything that could not be read = unknown. */
function verdictForMissing(spec: Facts, gone: readonly SectionName[], missing: MissingReasons): CheckVerdict {
  const unreadable = gone.find((section) => !missing[section]?.absent);
  const first = unreadable ?? gone[0];
  const reason = (first && missing[first]?.reason) ?? 'not-gathered';
  return { ...verdict(spec, unreadable ? 'unknown' : 'not-applicable', reason), missing: gone };
}
function verdict({ id, area, severity }: Facts, word: CheckVerdict['verdict'], reason?: Reason): CheckVerdict {
  return { check: id, area, severity, verdict: word, ...(reason && { reason }) };
}
function toFinding({ id, area, severity, unit }: Facts, violation: Violation, context: CheckContext): Finding {
  return {
    check: id,
    area,
    severity: violation.severity ?? severity,
    scope: violation.scope ?? { kind: CLUSTER_AREAS.has(area) ? 'Cluster' : 'Node', name: CLUSTER_AREAS.has(area) ? 'cluster' : context.host },
    unit: violation.unit ?? unit,
    ...(violation.observed !== undefined && { observed: violation.observed }),
    ...(violation.threshold !== undefined && { threshold: violation.threshold }),
    ...(violation.askedBy !== undefined && violation.askedBy.length > 0 && { askedBy: violation.askedBy }),
  };
}
/** Areas whose checks are about the cluster when they name no scope. */
const CLUSTER_AREAS: ReadonlySet<Area> = new Set<Area>(['control-plane', 'node', 'workload', 'pod', 'capacity', 'network', 'storage', 'security', 'addon']);
