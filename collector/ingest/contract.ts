/** The contract's schemas, built once for each set of clear names that sites declare, and as what they are asked by. */
import type { ZodType } from 'zod';
import type { PayloadKind } from '../../agent/wire/envelope.ts';
import { heartbeatSchema, payloadSchema, signalsSchema, type WireHeartbeat, type WireSignals } from '../../agent/wire/schema.ts';
import { NAME_KINDS, type NameKind } from '../../agent/wire/vocabulary.ts';
import { Cursor, skipValue } from './cursor.ts';
import { type InspectionReader, inspectionReader } from './inspection-reader.ts';
import { type Validator, validatorOf } from './validator.ts';
import type { FactSource, WireInspection } from './wire-inspection.ts';

/** A payload that the contract accepts, by its kind. */
export type Conforming =
  | { readonly kind: 'inspection'; readonly payload: WireInspection }
  | { readonly kind: 'signals'; readonly payload: WireSignals }
  | { readonly kind: 'heartbeat'; readonly payload: WireHeartbeat };

const SCHEMAS: Readonly<Record<PayloadKind, (clear: readonly NameKind[]) => ZodType>> = { inspection: payloadSchema, signals: signalsSchema, heartbeat: heartbeatSchema };
/** Sites differ in a handful of ways; each set costs a few megabytes. */
const MOST_SETS = 12;
const validators = new Map<string, Validator>();
const readers = new Map<string, InspectionReader>();

/** @returns `undefined` when anything in the payload is outside the contract */
export function conforming(kind: PayloadKind, value: unknown): Conforming | undefined {
  const clear = clearNamesOf(value);
  if (clear === undefined) return undefined;
  const validator = cached(validators, `${kind} ${clear.join()}`, MOST_SETS * 3, () => validatorOf(SCHEMAS[kind](clear)));
  // The schema of this kind has just accepted it.
  return validator(value) ? ({ kind, payload: value } as Conforming) : undefined;
}

/**
 * An inspection of this version in the form that every agent writes, read and checked in one pass.
 * @param body the payload's JSON
 * @returns `undefined` when it cannot tell: then the text has to be parsed, and {@link conforming} decides
 */
export function readConforming(body: Uint8Array): FactSource | undefined {
  const cursor = new Cursor(body);
  const clear = clearNamesOfText(cursor);
  if (clear === undefined) return undefined;
  return cached(readers, clear.join(), MOST_SETS, () => inspectionReader(payloadSchema(clear)))(cursor);
}

const BEFORE_AGENT = Buffer.from('{"agent":');
const BEFORE_NAMES = Buffer.from(',"clearNames":');
/** What the site declares, ahead of the rest of the text; it is read again with all of it. */
function clearNamesOfText(cursor: Cursor): readonly NameKind[] | undefined {
  const names = cursor.takesAll(BEFORE_AGENT) && skipValue(cursor) && cursor.takesAll(BEFORE_NAMES) ? skipValue(cursor) : undefined;
  cursor.at = 0;
  if (names === '[]') return [];
  const declared = NAME_KINDS.filter((kind) => names?.includes(`"${kind}"`));
  // As the encoder writes them: in order, each once.
  return JSON.stringify(declared.toSorted()) === names ? declared : undefined;
}

function clearNamesOf(value: unknown): readonly NameKind[] | undefined {
  if (typeof value !== 'object' || value === null || !('clearNames' in value) || !Array.isArray(value.clearNames)) return undefined;
  const named: readonly unknown[] = value.clearNames;
  if (named.length === 0) return [];
  const known = NAME_KINDS.filter((kind) => named.includes(kind));
  return known.length === named.length ? known : undefined;
}

function cached<T>(made: Map<string, T>, key: string, most: number, make: () => T): T {
  const known = made.get(key);
  if (known !== undefined) return known;
  if (made.size >= most) made.delete(made.keys().next().value ?? '');
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}
