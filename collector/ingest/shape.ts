/**
 * One pass over a payload's bytes before it is parsed: nesting, counts and the vocabulary of its keys. It allocates nothing,
 * so a payload of a million invented fields or ten thousand levels costs its own bytes and no more.
 */
import { randomInt } from 'node:crypto';
import type { Field } from '../../agent/wire/fields.ts';
import { SECTIONS } from '../../agent/wire/registry.ts';
import type { SectionDefinition } from '../../agent/wire/section.ts';
import { DROP_REASONS } from '../../agent/wire/signal.ts';

/** Levels of the deepest payload of the contract are 6 (payload, sections, section, list, row, set). */
const MOST_LEVELS = 10;
/** Rows of the longest list of the contract are 5,000, members of its largest object 100. */
const MOST_ELEMENTS = 6_000;
const MOST_VALUES = 1_000_000;
/** Of the version before this one, whose keys are not in the registry any more; of this version, none is allowed. */
const MOST_STRANGE_KEYS = 50_000;
/** Names have 253 characters at most, each of 4 bytes at most. */
const LONGEST_STRING = 1_100;

export interface Shape {
  /** Value of the top member `schema`. */
  readonly version: number | undefined;
  /** `malformed`: no JSON object. `contract`: nothing of the contract looks like this. */
  readonly fault?: 'malformed' | 'contract';
  /** It has keys that this version of the contract does not know. */
  readonly hasStrangeKeys: boolean;
}

/** Members that stand outside sections. */
const FRAME_KEYS = [
  'schema agent takenAt clearNames sections gatherers verdicts findings findingsCut role version epoch pack node',
  'section domain status reason durationMs dropped check area verdict severity missing atLeast unit scope observed threshold kind name namespace',
  'askedBy at complete signals state since flapping maintenance parent',
  'intervalSeconds uptimeSeconds lastInspectionAt outbox activeSignals items bytes oldestAgeSeconds takes request id refusal leaves level hold optOut incidents number source rule openedAt',
].flatMap((words) => words.split(' '));

const SEED = randomInt(2 ** 31);
const KEYS: ReadonlySet<number> = new Set([...FRAME_KEYS, ...DROP_REASONS, ...Object.values(SECTIONS).flatMap(keysOfSection)].map(hashOf));
const SCHEMA_KEY = hashOf('schema');

function keysOfSection({ id, fields }: SectionDefinition): string[] {
  return [id, ...Object.entries(fields).flatMap(([key, field]) => [key, ...keysOfField(field)])];
}
function keysOfField(field: Field): readonly string[] {
  if (field.type === 'map') return field.keys;
  return field.type === 'list' ? Object.keys(field.row) : [];
}
/** FNV-1a from a seed of this process, so that nobody outside can make keys that look like others. */
function hashOf(key: string): number {
  let hash = SEED;
  for (const byte of Buffer.from(key)) hash = Math.imul(hash ^ byte, 16_777_619);
  return hash;
}

const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN = 123;
const CLOSE = 125;

/** Scans a payload. What is no JSON at all is left to the parser: this pass only bounds its cost. */
export function shapeOf(bytes: Uint8Array): Shape {
  if (bytes[0] !== OPEN) return { version: undefined, fault: 'malformed', hasStrangeKeys: false };
  const scan = new Scan(bytes);
  const fault = scan.run();
  return { version: scan.version, ...(fault && { fault }), hasStrangeKeys: scan.strangeKeys > 0 };
}

class Scan {
  version: number | undefined;
  strangeKeys = 0;
  readonly #bytes: Uint8Array;
  readonly #isObject = new Uint8Array(MOST_LEVELS + 2);
  readonly #elements = new Uint32Array(MOST_LEVELS + 2);
  #level = 0;
  #values = 0;
  #wantsKey = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  run(): Shape['fault'] {
    const bytes = this.#bytes;
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) {
        const from = at + 1;
        at = this.#wantsKey ? this.#key(from) : this.#endOfText(from);
        if (at - from > LONGEST_STRING) return 'contract';
      } else if (byte >= OPEN_LIST || byte === COMMA) {
        const fault = this.#structure(byte);
        if (fault !== undefined) return fault;
      }
    }
    if (this.#level !== 0) return 'malformed';
    return this.strangeKeys > MOST_STRANGE_KEYS ? 'contract' : undefined;
  }

  #structure(byte: number): Shape['fault'] {
    switch (byte) {
      case COMMA:
        return this.#next() ? undefined : 'contract';
      case OPEN:
      case OPEN_LIST:
        return this.#open(byte === OPEN) ? undefined : 'contract';
      case CLOSE:
      case CLOSE_LIST:
        this.#level -= 1;
        this.#wantsKey = false;
        return this.#level < 0 ? 'malformed' : undefined;
      default:
        return undefined; // letters of true, false and null
    }
  }

  #open(isObject: boolean): boolean {
    this.#level += 1;
    this.#isObject[this.#level] = isObject ? 1 : 0;
    this.#elements[this.#level] = 0;
    this.#wantsKey = isObject;
    return this.#level <= MOST_LEVELS;
  }

  #next(): boolean {
    const count = (this.#elements[this.#level] ?? 0) + 1;
    this.#elements[this.#level] = count;
    this.#values += 1;
    this.#wantsKey = this.#isObject[this.#level] === 1;
    return count <= MOST_ELEMENTS && this.#values <= MOST_VALUES;
  }

  /** @returns where the closing quote is */
  #endOfText(from: number): number {
    const bytes = this.#bytes;
    let at = from;
    for (let byte = bytes[at]; byte !== QUOTE && at < bytes.length; byte = bytes[at]) at += byte === BACKSLASH ? 2 : 1;
    return at;
  }

  #key(from: number): number {
    const bytes = this.#bytes;
    let hash = SEED;
    let at = from;
    for (let byte = bytes[at]; byte !== QUOTE && at < bytes.length; byte = bytes[at]) {
      hash = Math.imul(hash ^ (byte ?? 0), 16_777_619);
      at += byte === BACKSLASH ? 2 : 1;
    }
    this.#wantsKey = false;
    if (!KEYS.has(hash)) this.strangeKeys += 1;
    if (this.#level === 1 && hash === SCHEMA_KEY) this.version = wholeAt(bytes, at + 2);
    return at;
  }
}

/** Up to six digits. */
function wholeAt(bytes: Uint8Array, from: number): number | undefined {
  let value: number | undefined;
  for (let at = from; at < from + 6; at += 1) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) break;
    value = (value ?? 0) * 10 + digit;
  }
  return value;
}
