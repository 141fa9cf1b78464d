/** One step of the triggers: from what was known and what one look says to what is known now and what has changed. Pure. */
import type { Signal } from '../wire/signal.ts';
import type { Evaluation, Moment } from './evaluation.ts';
import { identityOf } from './identity.ts';
import { isInMaintenance } from './maintenance.ts';
import { answersOf, observe } from './observe.ts';
import { hides, parentRank } from './parents.ts';
import { ruleOf, type TriggerRules } from './rules.ts';
import { settle } from './settle.ts';
import { bySeverity, signalOf } from './signals.ts';
import { MOST_TRACKED, STATE_VERSION, type Told, type Tracked, type TriggerState } from './state.ts';

/** After a restart the wall clock tells what time has passed; a jump forward must not age everything. */
const MOST_DOWNTIME_SECONDS = 7 * 86_400;
/** A trouble that nobody could see for so long is given up; the collector keeps it as stale. */
const FORGET_SECONDS = 30 * 86_400;

export interface Stepped {
  readonly state: TriggerState;
  /** Worst first. */
  readonly changes: readonly Signal[];
}

/** The order of findings and of verdicts does not matter; the same arguments give the same answer. */
export function step(state: TriggerState, evaluation: Evaluation, rules: TriggerRules, { at, elapsedSeconds }: Moment): Stepped {
  const passed = elapsedSeconds ?? (state.at === 0 ? 0 : Math.min(MOST_DOWNTIME_SECONDS, at - state.at));
  const clock = state.clock + Math.max(0, passed);
  const now = { clock, at };

  const observed = observe(state.tracked, answersOf(evaluation), rules, now);
  const settled = settleAll(observed, rules, clock);
  const changes: Signal[] = [];
  const tracked: Record<string, Tracked> = {};
  let { dropped, forgotten } = state;
  const kept = [...settled].filter(([, { open, history, told }]) => open || history !== 0 || told !== undefined);
  kept.sort(worstFirst);
  for (const [index, [key, one]] of kept.entries()) {
    const gone = clock - one.answeredAt > FORGET_SECONDS || ruleOf(rules, one.check, one.severity) === undefined; // or the site wants to hear no more of it
    if (gone || index >= MOST_TRACKED) {
      if (gone) forgotten += 1;
      else dropped += 1;
      if (one.told !== undefined && one.told.state !== 'stale') changes.push(signalOf(one, { ...one.told, state: 'stale', at: after(one.told.at, at) }));
      continue;
    }
    const told = toTell(one, rules, now);
    if (told === undefined && one.told !== undefined) {
      const clearAt = after(one.told.at, at);
      changes.push(signalOf({ ...one, parent: undefined, since: at }, { ...one.told, state: 'clear', flapping: false, at: clearAt }));
    } else if (told !== undefined && told !== one.told) changes.push(signalOf(one, told));
    if (told !== undefined || one.history !== 0) tracked[key] = { ...one, told };
  }
  return { state: { version: STATE_VERSION, clock, at, tracked, dropped, forgotten }, changes: changes.sort(bySeverity) };
}

/** Parents first, so that what they explain is not told beside them. */
function settleAll(observed: ReadonlyMap<string, Tracked>, rules: TriggerRules, clock: number): ReadonlyMap<string, Tracked> {
  const settled = new Map<string, Tracked>();
  const parents: Tracked[] = [];
  const order = [...observed].sort(([a, x], [b, y]) => (parentRank(x.check) ?? 99) - (parentRank(y.check) ?? 99) || (a < b ? -1 : 1));
  for (const [key, one] of order) {
    const parent = parents.find((candidate) => candidate.open && hides(candidate, one));
    const pending = parent === undefined && parents.some((candidate) => !candidate.open && candidate.holdsFrom !== undefined && hides(candidate, one));
    const next = settle(one, { parent: parent && { check: parent.check, scope: parent.scope }, parentPending: pending }, rules, clock);
    settled.set(key, next);
    if (parentRank(next.check) !== undefined) parents.push(next);
  }
  return settled;
}

/** What is to be told of it now: the same object as before when nothing changed, `undefined` when it is over or not yet open. */
function toTell(one: Tracked, rules: TriggerRules, { clock, at }: { readonly clock: number; readonly at: number }): Told | undefined {
  if (!one.open) return undefined;
  const stale = clock - one.answeredAt > (ruleOf(rules, one.check, one.severity)?.staleSeconds ?? 0);
  const hidden = one.parent !== undefined;
  const told: Told = {
    state: stale ? 'stale' : hidden ? 'inhibited' : 'firing',
    severity: one.severity,
    flapping: one.flapping,
    maintenance: isInMaintenance(rules.maintenance, one.check, one.scope, at),
    ...(!stale && one.parent && { parent: identityOf(one.parent.check, one.parent.scope) }),
    at: after(one.told?.at, at),
  };
  const same =
    one.told !== undefined &&
    one.told.state === told.state &&
    one.told.severity === told.severity &&
    one.told.flapping === told.flapping &&
    one.told.maintenance === told.maintenance &&
    one.told.parent === told.parent;
  return same ? one.told : told;
}

/** Signals of one identity are ordered by time: a clock that was set back must not bring a later one before an earlier. */
function after(before: number | undefined, at: number): number {
  return before === undefined ? at : Math.max(at, before + 1);
}

/** Critical before warning, told before not yet told. */
function worstFirst([a, x]: readonly [string, Tracked], [b, y]: readonly [string, Tracked]): number {
  const rank = ({ severity, open }: Tracked): number => (severity === 'critical' ? 0 : 2) + (open ? 0 : 1);
  return rank(x) - rank(y) || (a < b ? -1 : 1);
}
