/** What the store keeps of an inspection beside its bytes: findings with their identity, what was answered, score and series. */
import { createHash } from 'node:crypto';
import { coverageOf, totalOf } from '../../agent/checks/score.ts';
import type { CheckVerdict, Coverage, Finding, Observed, Scope } from '../../agent/wire/inspection.ts';
import type { SectionName } from '../../agent/wire/section-values.ts';
import { type Reason, SEVERITIES, type Severity } from '../../agent/wire/vocabulary.ts';
import { SERIES, seriesOf } from './series.ts';
import type { FactSource } from './wire-inspection.ts';

/** Sections that facts are drawn from. */
export const FACT_SECTIONS: readonly SectionName[] = [...new Set<SectionName>(['nodes', ...SERIES.map(({ section }) => section)])];

export interface FindingFact {
  readonly identity: string;
  readonly check: string;
  readonly area: string;
  readonly severity: Severity;
  readonly scope: Scope;
  readonly observed: Observed | undefined;
  readonly threshold: Observed | undefined;
  readonly unit: string;
  readonly askedBy?: Finding['askedBy'];
}
/** Plain data: it travels between threads. */
export interface InspectionFacts {
  /** Unix seconds. */
  readonly takenAt: number;
  readonly score: number | null;
  /** Percent. */
  readonly coverage: number;
  readonly findings: readonly FindingFact[];
  /** Checks whose answer proves that a finding is gone, separated by blanks. */
  readonly answered: string;
  /** Name and value; of one machine unless the sender is a cluster agent. */
  readonly series: readonly (readonly [string, number])[];
  /** Names of all nodes of the cluster; absent when they are not all known. */
  readonly nodes?: readonly string[] | undefined;
}

/** `check` + `scope`, never the value: the same trouble has the same identity in every inspection. Hexadecimal SHA-256. */
export function findingIdentity(check: string, { kind, node, namespace, name }: Scope): string {
  return createHash('sha256')
    .update(JSON.stringify([check, kind, node ?? '', namespace ?? '', name]))
    .digest('hex');
}

export function factsOf({ takenAt, sections, verdicts, findings, findingsCut }: FactSource): InspectionFacts {
  const failing = new Map<string, Severity>();
  const bySeverity: Record<Severity, number> = { critical: 0, warning: 0, info: 0 };
  for (const { check, severity } of findings) {
    bySeverity[severity] += 1;
    const worst = failing.get(check);
    if (worst === undefined || SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(worst)) failing.set(check, severity);
  }
  const { covered, answered } = answersOf(verdicts);
  const coverage = covered.percent;
  const score = totalOf(verdicts, failing, covered);
  return {
    takenAt,
    score,
    coverage,
    findings: findings.map(toFact),
    // Findings beyond the cap are not in the list: what is not listed is then not proved to be gone.
    answered: findingsCut > 0 ? '' : answered,
    series: [
      ...(score === null ? [] : [['score', score] as const]),
      ['coverage', coverage],
      ...SEVERITIES.map((severity) => [`findings.${severity}`, bySeverity[severity]] as const),
      ...seriesOf(sections, takenAt),
    ],
    nodes: sections.nodes?.dropped === 0 ? sections.nodes.rows.map(({ name }) => name) : undefined,
  };
}

interface Answers {
  readonly covered: Coverage;
  readonly answered: string;
}
/** A list that is met again is the same object. */
const told = new WeakMap<readonly CheckVerdict[], Answers>();
function answersOf(verdicts: readonly CheckVerdict[]): Answers {
  const known = told.get(verdicts);
  if (known !== undefined) return known;
  const answers = {
    covered: coverageOf(verdicts),
    answered: verdicts
      .filter(proves)
      .map(({ check }) => check)
      .join(' '),
  };
  told.set(verdicts, answers);
  return answers;
}

/** The thing that a check looks at is not there any more; all other reasons leave the question open. */
const GONE_REASONS: ReadonlySet<Reason> = new Set<Reason>(['not-present', 'not-in-use', 'not-a-node', 'not-served']);
function proves({ verdict, reason }: CheckVerdict): boolean {
  return verdict === 'pass' || verdict === 'fail' || (verdict === 'not-applicable' && reason !== undefined && GONE_REASONS.has(reason));
}
function toFact({ check, area, severity, scope, observed, threshold, unit, askedBy }: Finding): FindingFact {
  return { identity: findingIdentity(check, scope), check, area, severity, scope, observed, threshold, unit, askedBy };
}
