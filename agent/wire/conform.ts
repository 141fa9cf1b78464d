/** Holds what a gatherer delivers against the registry, right where it was read. */
import type { Field, Fields, ScalarField } from './fields.ts';
import type { SectionDefinition } from './section.ts';
import { isVersion } from './version.ts';

/** Longest name that Kubernetes or a file system gives. */
export const LONGEST_NAME = 1_024;

/** A required field was missing or outside its type: an error in the gatherer, or a source outside its format. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly path: string;
  /** @param path section and field, never the value */
  constructor(path: string) {
    super(`outside the contract: ${path}`);
    this.path = path;
  }
}

/** A value in the shape of the registry, and how many rows or optional values had to be left out. */
export interface Conformed {
  readonly value: Readonly<Record<string, unknown>>;
  readonly dropped: number;
}

/**
 * Builds the section anew from registered fields only. Rows that do not conform are dropped and counted, lists are cut at
 * their cap, numbers rounded to three decimals.
 * @throws ContractError when a required field of the section does not conform
 */
export function conform(definition: SectionDefinition, value: unknown): Conformed {
  const tally = { dropped: 0 };
  const object = asObject(value, definition.id);
  return { value: buildRow(definition.fields, object, definition.id, tally), dropped: tally.dropped };
}

function buildRow(fields: Fields, from: Readonly<Record<string, unknown>>, path: string, tally: { dropped: number }): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const key in fields) {
    const field = fields[key];
    if (!field) continue;
    const value = from[key];
    const built = value === undefined || value === null ? undefined : build(field, value, `${path}.${key}`, tally);
    if (built !== undefined) out[key] = built;
    else if (!('optional' in field)) throw new ContractError(`${path}.${key}`);
    else if (value !== undefined && value !== null) tally.dropped += 1;
  }
  return out;
}

function build(field: Field, value: unknown, path: string, tally: { dropped: number }): unknown {
  if (field.type === 'list') {
    if (!Array.isArray(value)) return undefined;
    if (value.length > field.cap) tally.dropped += value.length - field.cap;
    return value.slice(0, field.cap).flatMap((row: unknown) => buildListRow(field.row, row, path, tally));
  }
  if (field.type === 'map') {
    const from = asObject(value, path);
    const out: Record<string, number> = {};
    for (const key of field.keys) {
      const number = from[key];
      if (number === undefined) continue;
      if (isNumberIn(number, field.min, field.max)) out[key] = round(number);
      else tally.dropped += 1;
    }
    return out;
  }
  return scalar(field, value);
}

function buildListRow(fields: Fields, row: unknown, path: string, tally: { dropped: number }): readonly unknown[] {
  try {
    return [buildRow(fields, asObject(row, path), path, tally)];
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    tally.dropped += 1;
    return [];
  }
}

/** The conforming value, or `undefined`. Exported for the encoder, which checks again. */
export function scalar(field: ScalarField, value: unknown): unknown {
  switch (field.type) {
    case 'gauge':
      return isNumberIn(value, field.min, field.max) ? round(value) : undefined;
    case 'counter':
      return isNumberIn(value, 0, Number.MAX_SAFE_INTEGER) ? Math.round(value) : undefined;
    case 'timestamp':
      return isNumberIn(value, 0, 253_402_300_799) ? Math.trunc(value) : undefined; // until 9999-12-31
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'enum':
      return typeof value === 'string' && field.values.includes(value) ? value : undefined;
    case 'enum-set':
      return Array.isArray(value) ? field.values.filter((member) => value.includes(member)) : undefined;
    case 'version':
      return isVersion(value) ? value : undefined;
    case 'name':
      return typeof value === 'string' && value.length > 0 ? value.slice(0, LONGEST_NAME) : undefined;
    default:
      return field satisfies never;
  }
}

function isNumberIn(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max;
}
function round(value: number): number {
  return Number.isInteger(value) ? value : Math.round(value * 1_000) / 1_000;
}
function asObject(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ContractError(path);
  return value as Readonly<Record<string, unknown>>;
}
