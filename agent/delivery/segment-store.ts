/** The segments of an outbox on disk: opens them, appends to one a lane, and keeps the whole within its bytes and age. */
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../site/private-file.ts';
import type { RecordHead } from './record.ts';
import { Segment } from './segment.ts';
import { LANES, type Lane, parseSegmentName, segmentName, segmentNumberOf } from './segment-file.ts';
import type { Tally } from './tally.ts';

const LEAST_SEGMENT_BYTES = 64 * 1024;
const MOST_SEGMENT_BYTES = 8 * 1024 * 1024;
const RESERVE_BYTES = 64 * 1024;
/** Damaged segments that are kept for a person to look at; older ones go. */
const MOST_QUARANTINED = 4;
const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** A segment that another version of the program wrote. */
interface Foreign {
  readonly lane: Lane;
  readonly number: number;
  readonly bytes: number;
}

export class SegmentStore {
  readonly #directory: string;
  readonly #maxBytes: number;
  readonly #segmentBytes: number;
  readonly #tally: Tally;
  readonly #segments: Segment[] = [];
  readonly #foreign: Foreign[] = [];
  #next = 1;
  #hasReserve = false;

  private constructor(directory: string, maxBytes: number, tally: Tally) {
    this.#directory = directory;
    this.#maxBytes = maxBytes;
    this.#segmentBytes = Math.min(MOST_SEGMENT_BYTES, Math.max(LEAST_SEGMENT_BYTES, Math.floor(maxBytes / 16)));
    this.#tally = tally;
  }

  /**
   * Takes up what earlier processes left; a segment that cannot be read is put aside and counted, never a reason not to start.
   * @param isOwner nobody else uses the folder: what nobody needs may be removed
   */
  static async open(directory: string, maxBytes: number, tally: Tally, isOwner: boolean): Promise<SegmentStore> {
    const store = new SegmentStore(directory, maxBytes, tally);
    const names = await namesIn(directory);
    // Beyond every file that is there: acknowledgements that outlived their segment must never be taken for those of a new one.
    for (const name of [...names, ...(await namesIn(join(directory, 'quarantine')))]) store.#next = Math.max(store.#next, (segmentNumberOf(name) ?? 0) + 1);
    const known = names.flatMap((name) => parseSegmentName(name) ?? []).sort((a, b) => a.number - b.number);
    for (const { lane, number } of known) await store.#takeUp(lane, number);
    if (isOwner) await removeOrphans(directory, names);
    return store;
  }

  /** Oldest first. */
  segments(lane: Lane): readonly Segment[] {
    return this.#segments.filter((segment) => segment.lane === lane);
  }
  has(segment: Segment): boolean {
    return this.#segments.includes(segment);
  }
  get bytes(): number {
    return [...this.#segments, ...this.#foreign].reduce((sum, { bytes }) => sum + bytes, 0);
  }
  /** Records that are not settled. */
  get items(): number {
    return this.#segments.reduce((sum, { remaining }) => sum + remaining, 0);
  }
  /** Unix seconds of the oldest record that is not settled. */
  get oldestKeptAt(): number | undefined {
    const times = this.#segments.flatMap(({ firstKeptAt }) => firstKeptAt ?? []);
    return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
  }
  /** Segments of another version, left as they are. */
  get foreignSegments(): number {
    return this.#foreign.length;
  }
  get segmentBytes(): number {
    return this.#segmentBytes;
  }

  /**
   * On disk when it returns. Where the disk is full, a signal takes the place of the oldest snapshots.
   * @throws the system's error: nothing was kept
   */
  async append(lane: Lane, buffer: Buffer, head: RecordHead): Promise<{ readonly segment: Segment; readonly offset: number }> {
    await this.#makeRoom(buffer.length);
    for (let attempt = 0; ; attempt += 1) {
      try {
        const segment = await this.#writable(lane, buffer.length);
        return { segment, offset: await segment.append(buffer, head) };
      } catch (error) {
        await this.#forgetEmpty();
        if (!isFull(error) || attempt >= 3) throw error;
        const hasMadeRoom = (await this.#spendReserve()) || (lane === 'signals' && (await this.#dropOldest(['health'])));
        if (!hasMadeRoom) throw error;
      }
    }
  }

  /** Remembers what was settled; spends the reserve where the disk is full. */
  async settle(segment: Segment, offsets: readonly number[]): Promise<void> {
    if (!(await segment.settle(offsets)) && (await this.#spendReserve())) await segment.settle([]);
  }

  /** A segment without anything unsettled goes; what it should have held and did not is counted as lost. */
  async removeExhausted(segment: Segment): Promise<void> {
    if (segment.isOpen) return;
    await segment.isSettled(0);
    await this.#tally.drop('corrupt', segment.remaining);
    await this.#remove(segment);
  }

  /** Gives up segments whose newest record is older than the limit. @param oldest Unix seconds */
  async expire(oldest: number): Promise<void> {
    for (const segment of [...this.#segments]) if (segment.records > 0 && segment.lastKeptAt < oldest) await this.#drop(segment, 'too-old');
  }

  /** One that the disk does not give back: what it should hold is counted as lost. */
  async putAside(segment: Segment): Promise<void> {
    this.#segments.splice(this.#segments.indexOf(segment), 1);
    await this.#tally.drop('corrupt', Math.max(0, segment.remaining - 1)); // the file itself counts as one
    await segment.close().catch(() => undefined);
    await this.#quarantine(segmentName(segment.lane, segment.number));
  }

  async close(): Promise<void> {
    for (const segment of this.#segments) await segment.close();
  }

  async #takeUp(lane: Lane, number: number): Promise<void> {
    try {
      const read = await Segment.read(this.#directory, lane, number);
      if (read === 'damaged') await this.#quarantine(segmentName(lane, number));
      else if (read === 'unused') await rm(join(this.#directory, segmentName(lane, number)));
      else if (read instanceof Segment) this.#segments.push(read);
      else this.#foreign.push({ lane, number, bytes: read.bytes });
    } catch (error) {
      if (!isReadOnly(error)) await this.#quarantine(segmentName(lane, number)); // the disk does not give it back
    }
  }

  async #writable(lane: Lane, bytes: number): Promise<Segment> {
    const open = this.#segments.find((segment) => segment.lane === lane && segment.isOpen);
    if (open && (open.records === 0 || open.size + bytes <= this.#segmentBytes)) return open;
    await open?.close();
    const made = await Segment.create(this.#directory, lane, this.#next);
    this.#next += 1;
    this.#segments.push(made);
    await this.#keepReserve();
    return made;
  }

  async #makeRoom(bytes: number): Promise<void> {
    while (this.bytes + bytes + RESERVE_BYTES > this.#maxBytes && (await this.#dropOldest(['health', 'signals'])));
  }
  /** Snapshots and heartbeats before anything of another version, signals last. */
  async #dropOldest(lanes: readonly Lane[]): Promise<boolean> {
    for (const lane of lanes) {
      const oldest = this.#segments.find((segment) => segment.lane === lane && segment.records > 0);
      if (oldest) {
        await this.#drop(oldest, 'queue-full');
        return true;
      }
      const foreign = this.#foreign.findIndex((one) => one.lane === lane);
      const [strange] = foreign < 0 ? [] : this.#foreign.splice(foreign, 1);
      if (strange) {
        await this.#tally.drop('queue-full', 1); // at least: what it holds cannot be read
        await rm(join(this.#directory, segmentName(lane, strange.number)), { force: true }).catch(() => undefined);
        return true;
      }
    }
    return false;
  }
  async #drop(segment: Segment, reason: 'queue-full' | 'too-old'): Promise<void> {
    await segment.isSettled(0); // so that `remaining` is exact
    await this.#tally.drop(reason, segment.remaining);
    await this.#remove(segment);
  }
  /** A file that cannot be removed is forgotten all the same; the next start finds it, with its acknowledgements. */
  async #remove(segment: Segment): Promise<void> {
    this.#segments.splice(this.#segments.indexOf(segment), 1);
    await segment.remove().catch(() => undefined);
  }
  async #forgetEmpty(): Promise<void> {
    for (const segment of this.#segments.filter((one) => !one.isOpen && one.records === 0)) await this.#remove(segment);
  }

  async #quarantine(name: string): Promise<void> {
    const folder = join(this.#directory, 'quarantine');
    const bytes = (await stat(join(this.#directory, name)).catch(() => undefined))?.size ?? 0;
    this.#tally.add('quarantined');
    this.#tally.add('corruptBytes', bytes);
    await this.#tally.drop('corrupt', 1); // at least: what it held cannot be known
    try {
      await mkdir(folder, { mode: 0o700 }).catch(() => undefined);
      await rename(join(this.#directory, name), join(folder, name));
      const names = (await readdir(folder)).sort((a, b) => (parseSegmentName(b)?.number ?? 0) - (parseSegmentName(a)?.number ?? 0));
      for (const old of names.slice(MOST_QUARANTINED)) await rm(join(folder, old), { force: true });
    } catch {
      // A disk that lets nothing be moved: the segment stays, is not read, and is met again at the next start.
    }
  }

  /** Some bytes that nobody else gets: file systems that copy on write need room even to delete and to acknowledge. */
  async #keepReserve(): Promise<void> {
    if (this.#hasReserve) return;
    await makeFolder(this.#directory, 0o700);
    this.#hasReserve = await writeFile(join(this.#directory, 'reserve'), Buffer.alloc(RESERVE_BYTES), { mode: 0o600 }).then(
      () => true,
      () => false,
    );
  }
  async #spendReserve(): Promise<boolean> {
    if (!this.#hasReserve) return false;
    this.#hasReserve = false;
    return await rm(join(this.#directory, 'reserve')).then(
      () => true,
      () => false,
    );
  }
}

/** What a process that died left half made or half removed. */
async function removeOrphans(directory: string, names: readonly string[]): Promise<void> {
  const isOrphan = (name: string): boolean => /\.part$|^lock\./.test(name) || (/\.(ack|sum)$/.test(name) && !names.includes(name.replace(/(ack|sum)$/, 'seg')));
  for (const name of names.filter(isOrphan)) await rm(join(directory, name), { force: true }).catch(() => undefined);
}
async function namesIn(directory: string): Promise<readonly string[]> {
  return await readdir(directory).catch(() => []);
}
function isReadOnly(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EROFS';
}
function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && FULL.has(String(error.code));
}

export function laneOf(kind: RecordHead['kind']): Lane {
  return kind === 'signals' ? LANES[0] : LANES[1];
}
