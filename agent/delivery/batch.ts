/** Records that leave together. */
import type { RecordHead } from './record.ts';
import type { Segment } from './segment.ts';

/** Where a record lies; `store`: in a collector's database. */
export type Place = { readonly segment: Segment; readonly offset: number } | 'memory' | 'store';
/** A record on its way. */
export interface Item {
  readonly head: RecordHead;
  /** One gzip member: the envelope's line. */
  readonly body: Buffer;
  readonly place: Place;
}
export interface BatchLimits {
  readonly items: number;
  readonly bytes: number;
  /** Of the lines, uncompressed. */
  readonly rawBytes: number;
}
/** Records up to the limits; the first one always fits. */
export class Batch {
  readonly items: Item[] = [];
  readonly #limits: BatchLimits;
  #bytes = 0;
  #rawBytes = 0;
  constructor(limits: BatchLimits) {
    this.#limits = limits;
  }
  fits({ bytes, rawBytes }: RecordHead): boolean {
    if (this.items.length === 0) return true;
    return this.items.length < this.#limits.items && this.#bytes + bytes <= this.#limits.bytes && this.#rawBytes + rawBytes <= this.#limits.rawBytes;
  }
  has(segment: Segment, offset: number): boolean {
    return this.items.some(({ place }) => typeof place === 'object' && place.segment === segment && place.offset === offset);
  }
  add(item: Item): void {
    this.items.push(item);
    this.#bytes += item.head.bytes;
    this.#rawBytes += item.head.rawBytes;
  }
}
