/** Chooses what is sent next: of signals the oldest, of health the newest first and then the backlog; what is damaged or too old is counted and left out. */
import type { DropReason } from '../wire/signal.ts';
import type { Batch } from './batch.ts';
import type { MemoryLane } from './memory-lane.ts';
import type { BoundaryName, RecordHead } from './record.ts';
import type { Segment } from './segment.ts';
import type { Lane } from './segment-file.ts';
import { laneOf, type SegmentStore } from './segment-store.ts';
import type { Tally } from './tally.ts';

/** Whether the site does not let a record leave now. */
export type IsHeld = (head: RecordHead) => boolean;

interface Fresh {
  readonly segment: Segment;
  readonly offset: number;
  readonly head: RecordHead;
}
export interface PickerSources {
  readonly store: SegmentStore;
  readonly memory: MemoryLane;
  readonly tally: Tally;
  readonly boundary: BoundaryName;
  readonly isTooOld: (head: RecordHead) => boolean;
}

/** Newest records of health that overtake the backlog. */
const MOST_FRESH = 32;

export class Picker {
  readonly #store: SegmentStore;
  readonly #memory: MemoryLane;
  readonly #tally: Tally;
  readonly #boundary: BoundaryName;
  readonly #isTooOld: (head: RecordHead) => boolean;
  readonly #fresh: Fresh[] = [];
  /** Segments of earlier processes whose torn end was counted. */
  readonly #tornEnds = new WeakSet<Segment>();

  constructor({ store, memory, tally, boundary, isTooOld }: PickerSources) {
    this.#store = store;
    this.#memory = memory;
    this.#tally = tally;
    this.#boundary = boundary;
    this.#isTooOld = isTooOld;
  }

  /** A record of health that was just kept. */
  note(fresh: Fresh): void {
    this.#fresh.push(fresh);
    if (this.#fresh.length > MOST_FRESH) this.#fresh.shift();
  }
  /** The newest of what an earlier process left is as urgent as what this one makes. */
  async findFresh(): Promise<void> {
    const newest = this.#store.segments('health').at(-1);
    if (!newest) return;
    for await (const found of newest.unsettled()) {
      if ('head' in found) this.note({ segment: newest, offset: found.offset, head: found.head });
    }
  }

  /** Adds what is next of a lane, as far as there is room. What is held stays where it is, and what comes after it goes. */
  async fill(batch: Batch, lane: Lane, isHeld: IsHeld): Promise<void> {
    for (const { head, body } of this.#memory.inOrder()) if (laneOf(head.kind) === lane && !isHeld(head) && batch.fits(head)) batch.add({ head, body, place: 'memory' });
    if (lane === 'health') for (const fresh of [...this.#fresh].reverse()) if (!isHeld(fresh.head)) await this.#fillFresh(batch, fresh);
    for (const segment of this.#store.segments(lane)) {
      try {
        if (!(await this.#fillFrom(batch, segment, isHeld))) return;
      } catch (error) {
        if (!isUnreadable(error)) throw error;
        await this.#store.putAside(segment);
      }
    }
  }
  async #fillFresh(batch: Batch, { segment, offset, head }: Fresh): Promise<void> {
    const isGone = !this.#store.has(segment) || (await segment.isSettled(offset));
    if (isGone)
      this.#fresh.splice(
        this.#fresh.findIndex((one) => one.segment === segment && one.offset === offset),
        1,
      );
    else if (batch.fits(head)) await this.#addFromDisk(batch, segment, offset, head);
  }
  /** @returns whether there is room for more */
  async #fillFrom(batch: Batch, segment: Segment, isHeld: IsHeld): Promise<boolean> {
    let isExhausted = true;
    for await (const found of segment.unsettled()) {
      if ('damagedBytes' in found) {
        const isEnd = found.offset + found.damagedBytes >= segment.size;
        if (isEnd && this.#tornEnds.has(segment)) continue;
        this.#tally.add('corruptBytes', found.damagedBytes);
        if (isEnd) this.#tornEnds.add(segment);
        else await this.#lose(segment, found.offset, 'corrupt');
        continue;
      }
      if (isHeld(found.head) || batch.has(segment, found.offset)) isExhausted = false;
      else if (!batch.fits(found.head)) return false;
      else if (await this.#addFromDisk(batch, segment, found.offset, found.head)) isExhausted = false;
    }
    if (isExhausted) await this.#store.removeExhausted(segment);
    return true;
  }
  /** @returns whether the record is one to send */
  async #addFromDisk(batch: Batch, segment: Segment, offset: number, head: RecordHead): Promise<boolean> {
    if (head.boundary === 'site' && this.#boundary === 'vendor') return await this.#lose(segment, offset, 'refused');
    if (this.#isTooOld(head)) return await this.#lose(segment, offset, 'too-old');
    const body = await segment.body(offset, head);
    if (body) batch.add({ head, body, place: { segment, offset } });
    else {
      this.#tally.add('corruptBytes', head.bytes);
      await this.#lose(segment, offset, 'corrupt');
    }
    return body !== undefined;
  }
  async #lose(segment: Segment, offset: number, reason: DropReason): Promise<false> {
    await this.#tally.drop(reason, 1);
    await this.#store.settle(segment, [offset]);
    return false;
  }
}

/** The file is gone, or the disk does not give it back; anything else may pass. */
function isUnreadable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EIO');
}
