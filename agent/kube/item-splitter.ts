/**
 * Cuts a Kubernetes list into its objects while the bytes arrive, so that no more than one object is held at a time.
 * A list is `{"kind":…,"metadata":{…},"items":[{…},{…}]}`. `metadata.managedFields` of each object, half of its bytes and
 * of no use here, is left out before parsing.
 */
import { KubeError } from './errors.ts';
import { type Json, textAt } from './read.ts';

/** etcd refuses objects over 1.5 MiB by default; nothing legitimate is larger than this. */
const MAX_OBJECT_BYTES = 16 * 1024 * 1024;
/** Text that completes no object, `managedFields` among it: a list has next to none, an endless answer is nothing else. */
const MAX_IDLE_BYTES = 2 * MAX_OBJECT_BYTES;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** Nesting: 1 = the list object, 2 = its metadata or the items array, 3 = one item, 4 = e.g. the item's metadata. */
const TOP = 1;
const ITEM = 3;
const ITEM_METADATA = 4;
const SKIPPED_KEY = 'managedFields';
/** Longer keys are told apart by their beginning; none of ours is. */
const LONGEST_KEY = 32;
const SKIPPED_VALUE = Buffer.from('0');

/** Depths at which the key matters. */
function hasKeys(depth: number): boolean {
  return depth === TOP || depth === ITEM || depth === ITEM_METADATA;
}

/** Feed it chunks; it returns the objects that each chunk completed. */
export class ItemSplitter {
  /** `metadata` of the list, as soon as it is complete: the API server sends it before the items. */
  metadata: Json | undefined;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #topKey = '';
  /** The latest key of the item is `metadata`. */
  #inMetadata = false;
  /** Pieces of the value being collected (the list's metadata, or one item). */
  #pieces: Buffer[] = [];
  #collected = 0;
  #collecting = false;
  /** Inside the value of `managedFields`. */
  #skipping = false;
  #expectsKey = false;
  #inKey = false;
  /** Beginning of a key that the chunks cut. */
  #key = '';
  #keyIsSkipped = false;
  #closed = false;
  /** Bytes since the last complete object. */
  #idle = 0;
  /** Where the part of the current chunk begins that must be kept, −1 while nothing is collected. */
  #from = -1;

  /**
   * @throws KubeError `malformed` when the text is no JSON list, `too-large` when one object exceeds 16 MiB or 32 MiB hold none
   */
  push(chunk: Buffer): Json[] {
    const out: Json[] = [];
    const end = chunk.length;
    this.#from = this.#collecting && !this.#skipping ? 0 : -1;
    for (let i = this.#inString ? this.#skipString(chunk, 0) : 0; i < end; i += 1) {
      const byte = chunk[i];
      if (byte === QUOTE) {
        this.#beginString();
        i = this.#skipString(chunk, i + 1) - 1;
      } else if (byte === COMMA) {
        this.#keyIsSkipped = false;
        this.#expectsKey = hasKeys(this.#depth);
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#openValue(chunk, i, byte);
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) this.#closeValue(chunk, i, out);
    }
    if (this.#collecting && !this.#skipping) this.#keep(chunk, end);
    this.#idle = out.length > 0 ? 0 : this.#idle + end;
    if (this.#idle > MAX_IDLE_BYTES) throw new KubeError('too-large');
    return out;
  }

  /** Whether the list was complete. A connection that was cut is not. */
  get complete(): boolean {
    return this.#closed;
  }

  /** Token of the next page; empty on the last. */
  get continueToken(): string {
    return textAt(this.metadata, 'continue') ?? '';
  }

  #beginString(): void {
    this.#inString = true;
    this.#inKey = this.#expectsKey && !this.#skipping && hasKeys(this.#depth);
    this.#key = '';
    this.#expectsKey = false;
  }
  /** Most bytes are text: this loop is the hot one. @returns the position behind the closing quote, or the chunk's end */
  #skipString(chunk: Buffer, from: number): number {
    const end = chunk.length;
    let i = from;
    if (this.#escaped) {
      this.#escaped = false;
      i += 1;
    }
    for (; i < end; i += 1) {
      const byte = chunk[i];
      if (byte === BACKSLASH) i += 1;
      else if (byte === QUOTE) {
        this.#inString = false;
        if (this.#inKey) this.#endKey(chunk, from, i);
        return i + 1;
      }
    }
    // A backslash was the last byte: what it escapes comes with the next chunk.
    this.#escaped = i > end;
    if (this.#inKey) this.#key += chunk.toString('latin1', from, Math.min(end, from + LONGEST_KEY));
    return end;
  }
  #endKey(chunk: Buffer, from: number, to: number): void {
    this.#inKey = false;
    const key = this.#key + chunk.toString('latin1', from, Math.min(to, from + LONGEST_KEY));
    if (this.#depth === TOP) this.#topKey = key;
    else if (this.#depth === ITEM) this.#inMetadata = key === 'metadata';
    else this.#keyIsSkipped = this.#inMetadata && key === SKIPPED_KEY && this.#topKey === 'items';
  }

  #openValue(chunk: Buffer, at: number, byte: number): void {
    if (this.#keyIsSkipped && !this.#skipping && this.#depth === ITEM_METADATA) {
      this.#keep(chunk, at);
      this.#pieces.push(SKIPPED_VALUE);
      this.#from = -1;
      this.#skipping = true;
      this.#keyIsSkipped = false;
    } else if (this.#startsValue(byte)) {
      this.#collecting = true;
      this.#from = at;
    }
    this.#depth += 1;
    this.#expectsKey = byte === OPEN_BRACE;
  }
  #closeValue(chunk: Buffer, at: number, out: Json[]): void {
    this.#depth -= 1;
    this.#expectsKey = false;
    if (this.#depth < 0) throw new KubeError('malformed');
    if (this.#skipping && this.#depth === ITEM_METADATA) {
      this.#skipping = false;
      this.#from = at + 1;
    } else if (this.#endsValue()) {
      this.#keep(chunk, at + 1);
      this.#from = -1;
      this.#finish(out);
    }
    if (this.#depth === 0) this.#closed = true;
  }

  #startsValue(byte: number): boolean {
    if (this.#collecting || byte !== OPEN_BRACE) return false;
    return (this.#depth === TOP && this.#topKey === 'metadata') || (this.#depth === ITEM - 1 && this.#topKey === 'items');
  }
  #endsValue(): boolean {
    return this.#collecting && ((this.#depth === TOP && this.#topKey === 'metadata') || (this.#depth === ITEM - 1 && this.#topKey === 'items'));
  }

  #keep(chunk: Buffer, to: number): void {
    const from = this.#from;
    if (from < 0 || to <= from) return;
    this.#collected += to - from;
    if (this.#collected > MAX_OBJECT_BYTES) throw new KubeError('too-large');
    this.#pieces.push(chunk.subarray(from, to));
  }

  #finish(out: Json[]): void {
    const bytes = this.#pieces.length === 1 && this.#pieces[0] ? this.#pieces[0] : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#collected = 0;
    this.#collecting = false;
    let value: unknown;
    try {
      value = JSON.parse(bytes.toString('utf8'));
    } catch {
      throw new KubeError('malformed'); // without the cause: its message quotes the text
    }
    if (this.#depth === TOP) this.metadata = value as Json;
    else out.push(value as Json);
  }
}
