/** Enters one look into what is remembered of each trouble. */
import type { Finding } from '../wire/inspection.ts';
import type { Severity, Verdict } from '../wire/vocabulary.ts';
import type { Evaluation } from './evaluation.ts';
import { heldIn, remember } from './flap.ts';
import { identityOf } from './identity.ts';
import { ruleOf, type TriggerRules } from './rules.ts';
import type { Tracked } from './state.ts';

/**
 * A check that says for so long that it does not apply has answered. Not at once: a runtime whose socket is gone "does not
 * exist", and that is the trouble.
 */
const ABSENT_SECONDS = 86_400;

/** The look, by identity. */
export interface Answers {
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly found: ReadonlyMap<string, Finding>;
  readonly held: ReadonlyMap<string, Severity>;
  readonly partial: ReadonlySet<string>;
  readonly nodes: ReadonlyMap<string, readonly string[]>;
}

export function answersOf({ verdicts, findings, held, partial, placements }: Evaluation): Answers {
  const found = new Map<string, Finding>();
  for (const finding of findings) {
    const key = identityOf(finding.check, finding.scope);
    const before = found.get(key);
    if (finding.severity !== 'info' && (before === undefined || isWorse(finding, before))) found.set(key, finding);
  }
  const still = new Map<string, Severity>();
  for (const { check, scope, severity } of held) {
    const key = identityOf(check, scope);
    if (severity === 'critical' || !still.has(key)) still.set(key, severity);
  }
  return {
    verdicts: new Map(verdicts.map(({ check, verdict }) => [check, verdict])),
    found,
    held: still,
    partial: new Set(partial),
    nodes: new Map(placements.map(({ scope, nodes }) => [identityOf('', scope), [...nodes].sort()])),
  };
}

/** Of two findings of one identity the graver; of two equal ones always the same, in whatever order they come. */
function isWorse(one: Finding, other: Finding): boolean {
  if (one.severity !== other.severity) return one.severity === 'critical';
  const [a, b] = [JSON.stringify([one.observed, one.threshold]), JSON.stringify([other.observed, other.threshold])];
  return typeof one.observed === 'number' && typeof other.observed === 'number' && one.observed !== other.observed ? one.observed > other.observed : a > b;
}

interface Now {
  readonly clock: number;
  /** Unix seconds. */
  readonly at: number;
}

/** Everything that was known, and what is new, after the look. */
export function observe(tracked: Readonly<Record<string, Tracked>>, answers: Answers, rules: TriggerRules, now: Now): ReadonlyMap<string, Tracked> {
  const out = new Map<string, Tracked>();
  for (const [key, one] of Object.entries(tracked)) out.set(key, lookAt(key, one, answers, rules, now));
  for (const [key, finding] of answers.found) {
    if (out.has(key) || ruleOf(rules, finding.check, finding.severity) === undefined) continue;
    out.set(key, seen(fresh(finding, now), finding, answers.nodes.get(identityOf('', finding.scope)), now));
  }
  return out;
}

function lookAt(key: string, one: Tracked, answers: Answers, rules: TriggerRules, now: Now): Tracked {
  const verdict = answers.verdicts.get(one.check);
  const finding = answers.found.get(key);
  if (finding !== undefined) return seen(one, finding, answers.nodes.get(identityOf('', one.scope)) ?? one.nodes, now, answers.held.get(key));
  if (verdict === undefined || verdict === 'unknown') return one; // nobody could look: nothing is known that was not known before
  if (verdict === 'not-applicable') {
    const absentFrom = one.absentFrom ?? now.clock;
    return now.clock - absentFrom < ABSENT_SECONDS ? { ...one, absentFrom } : notSeen({ ...one, absentFrom }, rules, now);
  }
  const held = one.open ? answers.held.get(key) : undefined;
  if (held !== undefined) return seen(one, { severity: held === 'critical' && one.severity === 'critical' ? 'critical' : 'warning' }, one.nodes, now);
  return answers.partial.has(one.check) ? one : notSeen(one, rules, now);
}

function fresh({ check, scope, area, unit, severity }: Finding, { clock, at }: Now): Tracked {
  return {
    check,
    scope,
    area,
    unit,
    severity: severity === 'critical' ? 'critical' : 'warning',
    open: false,
    history: 0,
    criticalHistory: 0,
    heldAt: clock,
    answeredAt: clock,
    flapping: false,
    toConfirm: 0,
    since: at,
  };
}

function seen(one: Tracked, finding: Pick<Finding, 'severity'> & Partial<Finding>, nodes: readonly string[] | undefined, { clock, at }: Now, held?: Severity): Tracked {
  const critical = finding.severity === 'critical' || (one.open && one.severity === 'critical' && held === 'critical');
  const begins = one.holdsFrom === undefined;
  return {
    ...one,
    ...(nodes !== undefined && { nodes }),
    ...(finding.check !== undefined && { observed: finding.observed, threshold: finding.threshold }),
    severity: one.open ? one.severity : critical ? 'critical' : 'warning',
    history: remember(one.history, true),
    criticalHistory: remember(one.criticalHistory, critical),
    holdsFrom: one.holdsFrom ?? clock,
    since: begins && !one.open ? at : one.since,
    heldAt: clock,
    criticalAt: critical ? clock : one.criticalAt,
    answeredAt: clock,
    absentFrom: undefined,
    toConfirm: Math.max(0, one.toConfirm - 1),
  };
}

function notSeen(one: Tracked, rules: TriggerRules, { clock }: Now): Tracked {
  const history = remember(one.history, false);
  const samples = ruleOf(rules, one.check, one.severity)?.samples ?? { atLeast: 1, of: 1 };
  return {
    ...one,
    history,
    criticalHistory: remember(one.criticalHistory, false),
    holdsFrom: heldIn(history, samples.of) < samples.atLeast ? undefined : one.holdsFrom,
    answeredAt: clock,
  };
}
