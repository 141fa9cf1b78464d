/**
 * What waits to be sent, on disk. Signals leave first, then what is newest of this process, then the backlog, oldest first.
 * A record counts as kept once it is on disk; where the disk takes nothing it waits in memory, bounded, and says so.
 */
import { join } from 'node:path';
import { makeFolder } from '../site/private-file.ts';
import type { SealedPayload } from '../wire/encode-values.ts';
import type { PayloadId, PayloadKind } from '../wire/envelope.ts';
import type { DropReason } from '../wire/signal.ts';
import { Batch, type BatchLimits, type Item } from './batch.ts';
import { keepDeadLetter } from './dead-letters.ts';
import { type DirectoryLock, LockedError, lockDirectory } from './directory-lock.ts';
import { MemoryLane } from './memory-lane.ts';
import { type IsHeld, Picker } from './picker.ts';
import { type BoundaryName, encodeHead, encodeRecord, HEAD_BYTES, MOST_BODY_BYTES, type RecordHead } from './record.ts';
import type { Segment } from './segment.ts';
import { laneOf, SegmentStore } from './segment-store.ts';
import { steadyClock } from './steady-clock.ts';
import { Tally, type TallyValues } from './tally.ts';
import { Turns } from './turns.ts';

export interface OutboxOptions {
  readonly maxBytes: number;
  readonly maxAgeSeconds: number;
  /** Records sealed for the site's own collector are never handed out for a vendor's. */
  readonly boundary: BoundaryName;
  readonly agent: string;
  readonly boot: string;
  /** Unix seconds. */
  readonly now: () => number;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
}

export interface OutboxState extends TallyValues {
  readonly items: number;
  readonly bytes: number;
  readonly oldestAgeSeconds: number;
  readonly foreignSegments: number;
  /** Whether the last record went to disk. */
  readonly isWritable: boolean;
}

/** After a start with nothing but old records the clock may be wrong; until then nothing is too old. */
const DOUBT_MS = 3_600_000;

export class Outbox {
  readonly #directory: string;
  readonly #options: OutboxOptions;
  readonly #steadyNow: () => number;
  readonly #turns = new Turns();
  readonly #memory = new MemoryLane();
  readonly #picker: Picker;
  readonly #store: SegmentStore;
  readonly #tally: Tally;
  readonly #agesFromMs: number;
  #lock: DirectoryLock | undefined;
  #isWritable: boolean;
  #seq = 0;
  #isClosed = false;
  #onKept: () => void = () => undefined;

  private constructor(directory: string, options: OutboxOptions, store: SegmentStore, tally: Tally, lock: DirectoryLock | undefined) {
    this.#directory = directory;
    this.#options = options;
    this.#store = store;
    this.#tally = tally;
    this.#lock = lock;
    this.#isWritable = lock !== undefined;
    this.#steadyNow = steadyClock(options.now, options.clock);
    const newest = [...store.segments('signals'), ...store.segments('health')].reduce((last, { lastKeptAt }) => Math.max(last, lastKeptAt), 0);
    this.#picker = new Picker({ store, memory: this.#memory, tally, boundary: options.boundary, isTooOld: (head) => this.#isTooOld(head) });
    this.#agesFromMs = options.clock() + (newest < options.now() - options.maxAgeSeconds ? DOUBT_MS : 0);
  }

  /**
   * Starts with whatever is there: damage is put aside and counted, a disk that takes nothing is worked with.
   * @throws LockedError while another process uses the folder
   */
  static async open(directory: string, options: OutboxOptions): Promise<Outbox> {
    const lock = await tryLock(directory);
    const tally = await Tally.open(directory, options.clock);
    const outbox = new Outbox(directory, options, await SegmentStore.open(directory, options.maxBytes, tally, lock !== undefined), tally, lock);
    await outbox.#picker.findFresh();
    return outbox;
  }

  get agent(): string {
    return this.#options.agent;
  }
  get deadLetterFolder(): string {
    return join(this.#directory, 'dead-letters');
  }
  /** Id of the next payload of this process. */
  nextId(): PayloadId {
    this.#seq += 1;
    return { agent: this.#options.agent, boot: this.#options.boot, seq: this.#seq };
  }
  /** Called after each record that was kept. */
  onKept(listener: () => void): void {
    this.#onKept = listener;
  }

  /**
   * @param id of an earlier attempt to keep the same payload, else a new one
   * @returns `disk`: fsynced; `memory`: the disk takes nothing, it waits here and goes with the process; `dropped`: too large
   */
  async keep(kind: PayloadKind, { json, sha256 }: SealedPayload, id: PayloadId = this.nextId()): Promise<'disk' | 'memory' | 'dropped'> {
    const { head, buffer } = encodeRecord({ ...id, kind, sha256, keptAt: this.#options.now() }, json, this.#options.boundary);
    return await this.#turns.take(async () => {
      this.#tally.add('enqueued');
      if (head.bytes > MOST_BODY_BYTES || buffer.length > this.#options.maxBytes / 4) {
        await this.#tally.drop('too-large', 1);
        return 'dropped';
      }
      const kept = await this.#toDisk(head, buffer);
      if (kept) await this.#memoryToDisk();
      else await this.#tally.drop('queue-full', this.#memory.push(head, buffer.subarray(HEAD_BYTES)));
      this.#onKept();
      await this.#tally.saveSometimes();
      return kept ? 'disk' : 'memory';
    });
  }

  /**
   * What is to be sent now, at least one record where there is any. Signals go alone. The same records come again until
   * they are settled, unless more urgent ones have come meanwhile.
   */
  async next(limits: BatchLimits, isHeld: IsHeld = () => false): Promise<readonly Item[]> {
    return await this.#turns.take(async () => {
      await this.#expire();
      const signals = new Batch(limits);
      await this.#picker.fill(signals, 'signals', isHeld);
      if (signals.items.length > 0) return signals.items;
      const health = new Batch(limits);
      await this.#picker.fill(health, 'health', isHeld);
      return health.items;
    });
  }

  /** The collector has them. */
  async acknowledge(items: readonly Item[], duplicates = 0): Promise<void> {
    await this.#turns.take(async () => {
      this.#tally.add('sent', items.length);
      this.#tally.add('duplicates', duplicates);
      this.#tally.succeeded(this.#options.now());
      await this.#settle(items);
      await this.#tally.saveSometimes();
    });
  }
  /** The collector will never take it. @param word why, for the dead letter */
  async giveUp(item: Item, reason: DropReason, word: string): Promise<void> {
    await this.#turns.take(async () => {
      await keepDeadLetter(this.deadLetterFolder, item.head, item.body, word, this.#options.now()).catch(() => undefined); // counted below
      await this.#tally.drop(reason, 1);
      await this.#settle([item]);
    });
  }
  countRetry(): void {
    this.#tally.add('retries');
  }

  get state(): OutboxState {
    const oldest = Math.min(this.#store.oldestKeptAt ?? Number.POSITIVE_INFINITY, this.#memory.oldestKeptAt ?? Number.POSITIVE_INFINITY);
    return {
      ...this.#tally.values,
      items: this.#store.items + this.#memory.length,
      bytes: this.#store.bytes + this.#memory.bytes,
      oldestAgeSeconds: oldest === Number.POSITIVE_INFINITY ? 0 : Math.max(0, Math.round(this.#options.now() - oldest)),
      foreignSegments: this.#store.foreignSegments,
      isWritable: this.#isWritable,
    };
  }

  /** What waits in memory is tried once more; the rest is on disk already. */
  async close(): Promise<void> {
    await this.#turns.take(async () => {
      if (this.#isClosed) return;
      this.#isClosed = true;
      await this.#memoryToDisk();
      await this.#tally.save();
      await this.#store.close();
      await this.#lock?.[Symbol.asyncDispose]();
      this.#lock = undefined;
    });
  }

  async #toDisk(head: RecordHead, buffer: Buffer): Promise<boolean> {
    try {
      this.#lock ??= await lockDirectory(this.#directory);
      const lane = laneOf(head.kind);
      const place = await this.#store.append(lane, buffer, head);
      if (lane === 'health') this.#picker.note({ ...place, head });
      this.#isWritable = true;
      return true;
    } catch {
      this.#isWritable = false; // the state and its metric say so; the payload waits in memory
      return false;
    }
  }
  async #memoryToDisk(): Promise<void> {
    for (const { head, body } of this.#memory.inOrder()) {
      if (!(await this.#toDisk(head, Buffer.concat([encodeHead(head), body])))) return;
      this.#memory.remove(head);
    }
  }

  async #settle(items: readonly Item[]): Promise<void> {
    const bySegment = new Map<Segment, number[]>();
    for (const { place, head } of items) {
      if (place === 'memory') this.#memory.remove(head);
      else if (place !== 'store' && this.#store.has(place.segment)) bySegment.set(place.segment, [...(bySegment.get(place.segment) ?? []), place.offset]);
    }
    for (const [segment, offsets] of bySegment) await this.#store.settle(segment, offsets);
  }

  async #expire(): Promise<void> {
    const now = this.#steadyNow();
    if (this.#options.clock() >= this.#agesFromMs) await this.#store.expire(now - this.#options.maxAgeSeconds);
  }
  #isTooOld({ keptAt }: RecordHead): boolean {
    return this.#options.clock() >= this.#agesFromMs && keptAt < this.#steadyNow() - this.#options.maxAgeSeconds;
  }
}

/** The folder's lock, or nothing when the disk takes no file. */
async function tryLock(directory: string): Promise<DirectoryLock | undefined> {
  try {
    await makeFolder(directory, 0o700);
    return await lockDirectory(directory);
  } catch (error) {
    if (error instanceof LockedError) throw error;
    return undefined;
  }
}
