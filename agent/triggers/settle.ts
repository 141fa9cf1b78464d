/** Decides whether a trouble opens, goes on or is over, and how grave it is. */
import type { Parent } from '../wire/signal.ts';
import { heldIn, isFlapping } from './flap.ts';
import { identityOf } from './identity.ts';
import { ruleOf, type TriggerRules } from './rules.ts';
import type { Tracked } from './state.ts';

export interface Family {
  /** The trouble that explains this one, when one is open. */
  readonly parent: Parent | undefined;
  /** One that would explain it is seen but not yet sure: this one waits. */
  readonly parentPending: boolean;
}

export function settle(one: Tracked, family: Family, rules: TriggerRules, clock: number): Tracked {
  const flapping = isFlapping(one.history, one.flapping);
  const answered = one.answeredAt === clock;
  if (!one.open) return opens({ ...one, flapping }, family, rules, clock);
  if (answered && !flapping && isOver(one, rules, clock)) return { ...one, flapping, open: false, parent: undefined, toConfirm: 0 };
  return withParent({ ...one, flapping, severity: severityOf(one, rules, clock) }, family.parent, rules);
}

function opens(one: Tracked, { parent, parentPending }: Family, rules: TriggerRules, clock: number): Tracked {
  const [asCritical, asWarning] = [ruleOf(rules, one.check, 'critical'), ruleOf(rules, one.check, 'warning')];
  if (!asCritical || !asWarning) return { ...one, history: 0, flapping: false };
  if (one.answeredAt !== clock) return clock - one.answeredAt > asWarning.staleSeconds ? { ...one, history: 0, holdsFrom: undefined } : one; // what was seen once and then never again proves nothing
  if (one.heldAt !== clock || parentPending) return one;
  const heldSeconds = clock - (one.holdsFrom ?? clock);
  const critical = one.criticalAt === clock && heldIn(one.criticalHistory, asCritical.samples.of) >= asCritical.samples.atLeast && heldSeconds >= asCritical.forSeconds;
  const warning = heldIn(one.history, asWarning.samples.of) >= asWarning.samples.atLeast && heldSeconds >= asWarning.forSeconds;
  // What comes and goes never holds for long, and is a trouble all the same.
  if (!critical && !warning && !one.flapping) return one;
  return { ...one, open: true, severity: critical || (one.flapping && !warning && one.criticalAt === clock) ? 'critical' : 'warning', ...(parent && { parent }) };
}

function isOver(one: Tracked, rules: TriggerRules, clock: number): boolean {
  const rule = ruleOf(rules, one.check, one.severity);
  return one.heldAt !== clock && (rule === undefined || clock - one.heldAt >= rule.keepFiringSeconds);
}

/** Up when the critical form is sure, down when it has been away for as long as a trouble must be to be over. */
function severityOf(one: Tracked, rules: TriggerRules, clock: number): Tracked['severity'] {
  const rule = ruleOf(rules, one.check, 'critical');
  if (!rule) return one.severity;
  if (one.severity === 'warning') return one.criticalAt === clock && heldIn(one.criticalHistory, rule.samples.of) >= rule.samples.atLeast ? 'critical' : 'warning';
  const away = one.heldAt === clock && clock - (one.criticalAt ?? clock) >= Math.max(1, rule.keepFiringSeconds);
  return away ? 'warning' : 'critical';
}

/** A trouble whose parent has gone stands for itself only after it was seen again: it may have gone with it. */
function withParent(one: Tracked, parent: Parent | undefined, rules: TriggerRules): Tracked {
  if (parent !== undefined) {
    const same = one.parent !== undefined && identityOf(one.parent.check, one.parent.scope) === identityOf(parent.check, parent.scope);
    return { ...one, parent: same ? one.parent : parent, toConfirm: ruleOf(rules, one.check, one.severity)?.samples.atLeast ?? 1 };
  }
  return one.parent !== undefined && one.toConfirm === 0 ? { ...one, parent: undefined } : one;
}
