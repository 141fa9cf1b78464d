/** A place in a JSON text, and what can be read there as JSON.stringify writes it. ASCII only: everything else is left to the parser. */
import { Buffer } from 'node:buffer';

const QUOTE = 34;
const PLUS = 43;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const UPPER_E = 69;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const LOWER_E = 101;
const OPEN = 123;
const CLOSE = 125;
/** Decimal digits that a double keeps whatever they are. */
const MOST_DIGITS = 15;
/** Of a number in any form: a sign, 17 digits, a point, six zeros or an exponent. */
const LONGEST_NUMBER = 32;
/** The smallest number that is written without an exponent has six. */
const MOST_DECIMALS = 6;
const POWERS: readonly number[] = Array.from({ length: MOST_DECIMALS + 1 }, (_, index) => 10 ** index);
/** Bytes that stand for themselves within quotes. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 32 && byte < 127 && byte !== QUOTE && byte !== BACKSLASH ? 1 : 0));

export class Cursor {
  readonly bytes: Uint8Array;
  /** The same, a character a byte. */
  readonly text: string;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  }

  /** Moves behind a byte, if it stands here. */
  takes(byte: number): boolean {
    if (this.bytes[this.at] !== byte) return false;
    this.at += 1;
    return true;
  }
  /** Moves behind these bytes, if all of them stand here. */
  takesAll(wanted: Uint8Array): boolean {
    const { bytes, at } = this;
    for (let index = 0; index < wanted.length; index += 1) if (bytes[at + index] !== wanted[index]) return false;
    this.at = at + wanted.length;
    return true;
  }
}

/** Moves behind a text without escapes. */
export function readText(cursor: Cursor): string | undefined {
  if (!cursor.takes(QUOTE)) return undefined;
  const { bytes, at: from } = cursor;
  let at = from;
  while (PLAIN[bytes[at] ?? 0] === 1) at += 1;
  if (bytes[at] !== QUOTE) return undefined;
  cursor.at = at + 1;
  return cursor.text.slice(from, at);
}

/** Moves behind a number that stands as JSON.stringify writes it; otherwise NaN. */
export function readNumber(cursor: Cursor): number {
  const { bytes, at: from } = cursor;
  const isNegative = cursor.takes(MINUS);
  const begin = cursor.at;
  const whole = readDigits(cursor, 0);
  const point = cursor.at;
  const digits = cursor.takes(POINT) ? readDigits(cursor, whole) : whole;
  const decimals = Math.max(0, cursor.at - point - 1);
  if (point - begin + decimals > MOST_DIGITS || decimals > MOST_DECIMALS || isExponent(bytes[cursor.at])) return readAnyNumber(cursor, from);
  if (point === begin || (bytes[begin] === ZERO && point > begin + 1)) return Number.NaN;
  if (cursor.at > point && (decimals === 0 || bytes[cursor.at - 1] === ZERO)) return Number.NaN;
  if (isNegative && digits === 0) return Number.NaN;
  // Both are whole and exact, so their quotient is the double that is nearest to the decimal, as the parser's is.
  const value = decimals === 0 ? digits : digits / (POWERS[decimals] ?? Number.NaN);
  return isNegative ? -value : value;
}

/** Moves behind digits. @returns `before` with them behind it, exact up to fifteen */
function readDigits(cursor: Cursor, before: number): number {
  const { bytes } = cursor;
  let at = cursor.at;
  let value = before;
  for (let byte = bytes[at] ?? 0; byte >= ZERO && byte <= NINE; byte = bytes[at] ?? 0) {
    value = value * 10 + byte - ZERO;
    at += 1;
  }
  cursor.at = at;
  return value;
}

function readAnyNumber(cursor: Cursor, from: number): number {
  const { bytes, text } = cursor;
  let at = from;
  while (at - from <= LONGEST_NUMBER && isOfNumber(bytes[at])) at += 1;
  const written = text.slice(from, at);
  const value = Number(written);
  if (String(value) !== written) return Number.NaN;
  cursor.at = at;
  return value;
}
function isOfNumber(byte = 0): boolean {
  return (byte >= ZERO && byte <= NINE) || byte === POINT || byte === MINUS || byte === PLUS || isExponent(byte);
}
function isExponent(byte = 0): boolean {
  return byte === UPPER_E || byte === LOWER_E;
}

/** Moves behind any value, by its brackets and quotes alone: what it is, its reader has to find out. */
export function skipValue(cursor: Cursor): string | undefined {
  const { bytes, text, at: from } = cursor;
  let level = 0;
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) at = endOfText(bytes, at + 1);
    else if (byte === OPEN_LIST || byte === OPEN) level += 1;
    else if (byte === CLOSE_LIST || byte === CLOSE) level -= 1;
    if (level < 0) return undefined;
    const next = bytes[at + 1];
    if (level === 0 && (next === COMMA || next === CLOSE_LIST || next === CLOSE)) {
      cursor.at = at + 1;
      return text.slice(from, at + 1);
    }
  }
  return undefined;
}
function endOfText(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
