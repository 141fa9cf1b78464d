/**
 * A zod schema as a reader of JSON bytes: one pass that builds nothing tells that a text conforms, that its keys are in order and
 * met once, and that it is what JSON.stringify writes. It answers yes, or that it cannot tell: then the text has to be parsed,
 * written again and validated, which is what decides. Three times faster than that on node inspections.
 */
import { Buffer } from 'node:buffer';
import type { ZodType } from 'zod';
import { type Cursor, readNumber, readText, skipValue } from './cursor.ts';
import { type Check, type Definition, definitionOf, isPlain, validatorOf } from './validator.ts';

/** Moves behind the value that stands at the cursor; `false`: it cannot tell, and the cursor stands anywhere. */
export type Reader = (cursor: Cursor) => boolean;

/** Texts of small values that are remembered as conforming: scopes of findings repeat from one inspection to the next. */
const MOST_REMEMBERED = 1_000;
const LONGEST_REMEMBERED = 512;
/** Characters of a value that is parsed on the way: three names and the words around them. */
const LONGEST_PARSED = 4_096;

const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN = 123;
const CLOSE = 125;

export function readerOf(schema: ZodType): Reader {
  return ownReader(schema, definitionOf(schema)) ?? parsing(schema);
}

function ownReader(schema: ZodType, definition: Definition): Reader | undefined {
  const { shape, element, options, entries, values, keyType, valueType, partial, checks = [] } = definition;
  const limits = checks.map(({ _zod }) => _zod.def);
  switch (definition.type) {
    case 'object':
      return shape && limits.length === 0 && definition.catchall && definitionOf(definition.catchall).type === 'never' ? objectReader(shape) : undefined;
    case 'array':
      return element && listReader(readerOf(element), limits);
    case 'union':
      return options && limits.length === 0 ? unionReader(options.map(readerOf)) : undefined;
    case 'enum':
      return entries && wordReader(new Set(Object.values(entries)));
    case 'literal':
      return values?.length === 1 ? literalReader(values[0]) : undefined;
    case 'boolean':
      return unionReader([literalReader(true), literalReader(false)]);
    case 'string':
      return isPlain(schema) ? textReader(schema) : undefined;
    case 'number':
      return numberReader(limits);
    case 'record':
      return keyType && valueType && partial === true && limits.length === 0 ? recordReader(keyType, readerOf(valueType)) : undefined;
    default:
      return undefined;
  }
}

interface Member {
  /** `"key":` and `,"key":` */
  readonly first: Uint8Array;
  readonly next: Uint8Array;
  readonly read: Reader;
  readonly isRequired: boolean;
}
/** @param around what to do beside reading some members, by key */
export function objectReader(shape: Readonly<Record<string, ZodType>>, around: Readonly<Record<string, (read: Reader) => Reader>> = {}): Reader | undefined {
  const members = membersOf(shape, around);
  return members && readingMembers(members);
}

function membersOf(shape: Readonly<Record<string, ZodType>>, around: Readonly<Record<string, (read: Reader) => Reader>>): readonly Member[] | undefined {
  const keys = Object.keys(shape).sort(byUnits);
  if (!keys.every(isInOrder)) return undefined;
  return keys.map((key) => {
    const schema = shape[key];
    const { type, innerType } = schema ? definitionOf(schema) : { type: 'never' };
    const isRequired = type !== 'optional';
    const wanted = isRequired ? schema : innerType;
    const read = wanted ? readerOf(wanted) : () => false;
    const text = `${JSON.stringify(key)}:`;
    return { first: Buffer.from(text), next: Buffer.from(`,${text}`), read: around[key]?.(read) ?? read, isRequired };
  });
}

/** Of its own, so that nothing of the schema, which is some megabytes, is held by its reader. */
function readingMembers(members: readonly Member[]): Reader {
  return (cursor) => {
    if (!cursor.takes(OPEN)) return false;
    let isFirst = true;
    for (const { first, next, read, isRequired } of members) {
      if (cursor.takesAll(isFirst ? first : next)) {
        if (!read(cursor)) return false;
        isFirst = false;
      } else if (isRequired) return false;
    }
    return cursor.takes(CLOSE);
  };
}

function listReader(read: Reader, limits: readonly Check[]): Reader | undefined {
  let most = Number.POSITIVE_INFINITY;
  for (const { check, maximum } of limits) {
    if (check !== 'max_length' || maximum === undefined) return undefined;
    most = Math.min(most, maximum);
  }
  return (cursor) => {
    if (!cursor.takes(OPEN_LIST)) return false;
    if (cursor.takes(CLOSE_LIST)) return true;
    for (let count = 1; count <= most; count += 1) {
      if (!read(cursor)) return false;
      if (!cursor.takes(COMMA)) return cursor.takes(CLOSE_LIST);
    }
    return false;
  };
}

function unionReader(readers: readonly Reader[]): Reader {
  return (cursor) => {
    const from = cursor.at;
    for (const read of readers) {
      if (read(cursor)) return true;
      cursor.at = from;
    }
    return false;
  };
}

function wordReader(words: ReadonlySet<unknown>): Reader {
  return (cursor) => words.has(readText(cursor));
}

function literalReader(value: unknown): Reader {
  const bytes = Buffer.from(JSON.stringify(value));
  return (cursor) => cursor.takesAll(bytes);
}

function textReader(schema: ZodType): Reader {
  const validator = validatorOf(schema); // it remembers texts
  return (cursor) => {
    const text = readText(cursor);
    return text !== undefined && validator(text);
  };
}

function numberReader(limits: readonly Check[]): Reader | undefined {
  let [least, most, isWhole] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, false];
  for (const { check, format, value = Number.NaN, inclusive } of limits) {
    if (check === 'number_format' && format === 'safeint') isWhole = true;
    else if (check === 'greater_than' && inclusive === true) least = Math.max(least, value);
    else if (check === 'less_than' && inclusive === true) most = Math.min(most, value);
    else return undefined;
  }
  return (cursor) => {
    const value = readNumber(cursor);
    return value >= least && value <= most && (!isWhole || Number.isSafeInteger(value));
  };
}

function recordReader(keyType: ZodType, read: Reader): Reader | undefined {
  const { type, entries = {} } = definitionOf(keyType);
  const keys: ReadonlySet<string> = new Set(Object.values(entries));
  if (type !== 'enum' || ![...keys].every(isInOrder)) return undefined;
  return (cursor) => {
    if (!cursor.takes(OPEN)) return false;
    if (cursor.takes(CLOSE)) return true;
    for (let last = ''; ; ) {
      const key = readText(cursor);
      if (key === undefined || key <= last || !keys.has(key) || !cursor.takes(COLON) || !read(cursor)) return false;
      last = key;
      if (!cursor.takes(COMMA)) return cursor.takes(CLOSE);
    }
  };
}

/** What has no reader of its own: a small value like the scope of a finding is parsed, written again and validated. */
function parsing(schema: ZodType): Reader {
  const validator = validatorOf(schema);
  const known = new Set<string>();
  const conforms = (text: string): boolean => {
    try {
      const value: unknown = JSON.parse(text);
      return JSON.stringify(value) === text && validator(value);
    } catch {
      return false;
    }
  };
  return (cursor) => {
    const text = skipValue(cursor);
    if (text === undefined || text.length > LONGEST_PARSED) return false;
    if (known.has(text)) return true;
    if (!conforms(text)) return false;
    if (known.size >= MOST_REMEMBERED) known.clear();
    // A copy: a piece of a text keeps the whole text alive.
    if (text.length <= LONGEST_REMEMBERED) known.add(Buffer.from(text).toString());
    return true;
  };
}

/** JSON.stringify writes keys that look like an index before all others; those that it writes with escapes have no reader either. */
function isInOrder(key: string): boolean {
  return !/^\d+$/.test(key) && /^[ !#-[\]-~]*$/.test(key);
}
function byUnits(a: string, b: string): number {
  return a < b ? -1 : 1;
}
