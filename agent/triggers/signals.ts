/** What is told of troubles. */
import { MOST_SIGNALS, type Signal, type SignalBatch } from '../wire/signal.ts';
import { SEVERITIES } from '../wire/vocabulary.ts';
import { identityOf } from './identity.ts';
import type { Told, Tracked, TriggerState } from './state.ts';

export function signalOf({ check, area, scope, observed, threshold, unit, since, parent }: Tracked, told: Omit<Told, 'state'> & Pick<Signal, 'state'>): Signal {
  return {
    check,
    area,
    severity: told.severity,
    scope,
    unit,
    ...(observed !== undefined && { observed }),
    ...(threshold !== undefined && { threshold }),
    state: told.state,
    since,
    at: told.at,
    flapping: told.flapping,
    maintenance: told.maintenance,
    ...(told.state === 'inhibited' && parent && { parent }),
  };
}

/** Everything that is not clear, worst first, as of the last step. */
export function activeSignals({ tracked, at }: TriggerState): readonly Signal[] {
  return Object.values(tracked)
    .flatMap((one) => (one.told === undefined ? [] : [signalOf(one, { ...one.told, at: Math.max(at, one.told.at) })]))
    .sort(bySeverity);
}

/** Payloads for signals: as many as it takes. @param at Unix seconds */
export function batchesOf(signals: readonly Signal[], complete: boolean, at: number): readonly SignalBatch[] {
  if (complete && signals.length <= MOST_SIGNALS) return [{ at, complete, signals }];
  const batches: SignalBatch[] = [];
  for (let from = 0; from < signals.length; from += MOST_SIGNALS) batches.push({ at, complete: false, signals: signals.slice(from, from + MOST_SIGNALS) });
  return batches;
}

export function bySeverity(a: Signal, b: Signal): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (identityOf(a.check, a.scope) < identityOf(b.check, b.scope) ? -1 : 1);
}
