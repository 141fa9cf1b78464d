/** The contract's schemas, built once for each set of clear names that sites declare. */
import type { PayloadKind } from '../../agent/wire/envelope.ts';
import { heartbeatSchema, payloadSchema, signalsSchema, type WireHeartbeat, type WireSignals } from '../../agent/wire/schema.ts';
import { NAME_KINDS, type NameKind } from '../../agent/wire/vocabulary.ts';
import { type Validator, validatorOf } from './validator.ts';
import type { WireInspection } from './wire-inspection.ts';

/** A payload that the contract accepts, by its kind. */
export type Conforming =
  | { readonly kind: 'inspection'; readonly payload: WireInspection }
  | { readonly kind: 'signals'; readonly payload: WireSignals }
  | { readonly kind: 'heartbeat'; readonly payload: WireHeartbeat };

type Validators = Readonly<Record<PayloadKind, Validator>>;
/** Sites differ in a handful of ways; each set costs a few megabytes. */
const MOST_SETS = 12;
const built = new Map<string, Validators>();

/** @returns `undefined` when anything in the payload is outside the contract */
export function conforming(kind: PayloadKind, value: unknown): Conforming | undefined {
  const clear = clearNamesOf(value);
  if (clear === undefined) return undefined;
  // The schema of this kind has just accepted it.
  return validatorsFor(clear)[kind](value) ? ({ kind, payload: value } as Conforming) : undefined;
}

function clearNamesOf(value: unknown): readonly NameKind[] | undefined {
  if (typeof value !== 'object' || value === null || !('clearNames' in value) || !Array.isArray(value.clearNames)) return undefined;
  const named: readonly unknown[] = value.clearNames;
  if (named.length === 0) return [];
  const known = NAME_KINDS.filter((kind) => named.includes(kind));
  return known.length === named.length ? known : undefined;
}

function validatorsFor(clear: readonly NameKind[]): Validators {
  const key = clear.join();
  const known = built.get(key);
  if (known) return known;
  if (built.size >= MOST_SETS) built.delete(built.keys().next().value ?? '');
  const made = { inspection: validatorOf(payloadSchema(clear)), signals: validatorOf(signalsSchema(clear)), heartbeat: validatorOf(heartbeatSchema(clear)) };
  built.set(key, made);
  return made;
}
