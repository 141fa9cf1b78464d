/** One append-only file of records, and beside it what of it was settled. Never written to again by a later process. */
import { constants } from 'node:fs';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere, writePrivate } from '../site/private-file.ts';
import { BlockReader } from './block-reader.ts';
import { decodeHead, findRecord, HEAD_BYTES, isBodyWhole, type RecordHead } from './record.ts';
import {
  ACK_BYTES,
  decodeAcks,
  decodeSummary,
  encodeAcks,
  encodeSummary,
  FORMAT_VERSION,
  type Lane,
  SEGMENT_HEAD_BYTES,
  type SegmentSummary,
  segmentHead,
  segmentName,
  versionOf,
} from './segment-file.ts';

/** A file takes a block of the disk, however short: many short ones must count as what they take. */
const BLOCK_BYTES = 4_096;

/** A whole head and where it lies, or a stretch without one. */
export type Found = { readonly offset: number; readonly head: RecordHead } | { readonly offset: number; readonly damagedBytes: number };

export class Segment {
  readonly lane: Lane;
  readonly number: number;
  readonly #path: string;
  #size: number;
  #records = 0;
  #firstKeptAt = Number.MAX_SAFE_INTEGER;
  #lastKeptAt = 0;
  /** Bytes of whole entries in the ack file. */
  #ackBytes = 0;
  #acks: Set<number> | undefined;
  /** Settled, but not yet on disk, because the disk took nothing. */
  #unwritten: number[] = [];
  #writer: FileHandle | undefined;
  /** Everything before it is settled. */
  #front = SEGMENT_HEAD_BYTES;

  private constructor(directory: string, lane: Lane, number: number, size: number) {
    this.lane = lane;
    this.number = number;
    this.#path = join(directory, segmentName(lane, number));
    this.#size = size;
  }

  /** A new, empty one, whose name is on disk before it returns. */
  static async create(directory: string, lane: Lane, number: number): Promise<Segment> {
    const segment = new Segment(directory, lane, number, SEGMENT_HEAD_BYTES);
    const writer = await open(segment.#path, 'wx', 0o600);
    try {
      await writer.write(segmentHead(lane), 0, SEGMENT_HEAD_BYTES, 0);
      await writer.sync();
      await syncFolder(directory);
    } catch (error) {
      await writer.close();
      await rm(segment.#path, { force: true }).catch(() => undefined);
      throw error;
    }
    segment.#writer = writer;
    segment.#acks = new Set();
    return segment;
  }

  /** One of an earlier process. @returns the version when it is not ours, `damaged` when it has no head, `unused` when no record was ever in it */
  static async read(directory: string, lane: Lane, number: number): Promise<Segment | { readonly version: number; readonly bytes: number } | 'damaged' | 'unused'> {
    const path = join(directory, segmentName(lane, number));
    const { size } = await stat(path);
    if (size <= SEGMENT_HEAD_BYTES) return 'unused'; // its process died before the first record
    await using file = await open(path, 'r');
    const head = Buffer.alloc(SEGMENT_HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, SEGMENT_HEAD_BYTES, 0);
    const version = versionOf(head.subarray(0, bytesRead));
    if (version === 'damaged') return 'damaged';
    if (version !== FORMAT_VERSION) return { version, bytes: size };
    const segment = new Segment(directory, lane, number, size);
    const ackFacts = await stat(segment.#beside('ack')).catch(() => undefined);
    segment.#ackBytes = Math.floor((ackFacts?.size ?? 0) / ACK_BYTES) * ACK_BYTES;
    const summary = decodeSummary(await readIfThere(segment.#beside('sum')).catch(() => undefined), size);
    if (summary) segment.#take(summary);
    else for await (const found of segment.#scan(file, SEGMENT_HEAD_BYTES)) segment.#count(found);
    return segment;
  }

  get bytes(): number {
    return Math.max(BLOCK_BYTES, this.#size) + (this.#ackBytes > 0 ? Math.max(BLOCK_BYTES, this.#ackBytes) : 0);
  }
  get size(): number {
    return this.#size;
  }
  /** Records that are not settled yet; an estimate until the acknowledgements are read. */
  get remaining(): number {
    return Math.max(0, this.#records - (this.#acks?.size ?? this.#ackBytes / ACK_BYTES));
  }
  /** Unix seconds of the oldest record that is not settled, as far as it was looked; `undefined` when there is none. */
  get firstKeptAt(): number | undefined {
    return this.remaining === 0 ? undefined : this.#firstKeptAt;
  }
  get lastKeptAt(): number {
    return this.#lastKeptAt;
  }
  get records(): number {
    return this.#records;
  }
  get isOpen(): boolean {
    return this.#writer !== undefined;
  }

  /**
   * On disk when it returns.
   * @returns the record's offset
   * @throws the system's error; then nothing of it is kept, and {@link isOpen} tells whether the segment can go on
   */
  async append(buffer: Buffer, { keptAt }: Pick<RecordHead, 'keptAt'>): Promise<number> {
    const writer = this.#writer;
    if (!writer) throw new Error('segment is closed');
    const offset = this.#size;
    try {
      let written = 0;
      while (written < buffer.length) written += (await writer.write(buffer, written, buffer.length - written, offset + written)).bytesWritten;
      await writer.datasync();
    } catch (error) {
      // What a failed fsync left behind cannot be trusted: this file is not written to again, its tail is cut.
      this.#writer = undefined;
      await writer.truncate(offset).catch(() => undefined);
      await writer.close().catch(() => undefined);
      throw error;
    }
    this.#size = offset + buffer.length;
    if (this.remaining === 0) this.#firstKeptAt = keptAt;
    this.#take({ records: this.#records + 1, firstKeptAt: Math.min(this.#firstKeptAt, keptAt), lastKeptAt: Math.max(this.#lastKeptAt, keptAt) });
    return offset;
  }

  /** No more is appended. The summary only saves time: a disk that takes none is no reason to fail. */
  async close(): Promise<void> {
    if (!this.#writer) return;
    await this.#writer.close();
    this.#writer = undefined;
    const summary = encodeSummary({ records: this.#records, firstKeptAt: this.#firstKeptAt, lastKeptAt: this.#lastKeptAt }, this.#size);
    if (this.#records > 0) await writePrivate(this.#beside('sum'), summary).catch(() => undefined);
  }

  /** Records and damage that are not settled, in order. Memory does not grow with the segment. */
  async *unsettled(): AsyncGenerator<Found> {
    const acks = await this.#loadedAcks();
    await using file = await open(this.#path, 'r');
    let isFront = true;
    for await (const found of this.#scan(file, this.#front)) {
      if (acks.has(found.offset)) {
        if (isFront) this.#front = found.offset + lengthOf(found);
        continue;
      }
      if (isFront && 'head' in found) this.#firstKeptAt = found.head.keptAt;
      isFront = false;
      yield found;
    }
  }

  /** The gzip member of a record; `undefined` when it is not what was written. */
  async body(offset: number, head: RecordHead): Promise<Buffer | undefined> {
    await using file = await open(this.#path, 'r');
    const body = Buffer.alloc(head.bytes);
    const { bytesRead } = await file.read(body, 0, head.bytes, offset + HEAD_BYTES);
    return isBodyWhole(head, body.subarray(0, bytesRead)) ? body : undefined;
  }

  async isSettled(offset: number): Promise<boolean> {
    return (await this.#loadedAcks()).has(offset);
  }

  /**
   * Remembers that these are done with. On disk when it returns `true`; `false`: the disk takes nothing, they are
   * remembered in memory and written with the next ones. A crash in between costs duplicates, nothing else.
   */
  async settle(offsets: readonly number[]): Promise<boolean> {
    const acks = await this.#loadedAcks();
    for (const offset of offsets) {
      if (acks.has(offset)) continue;
      acks.add(offset);
      this.#unwritten.push(offset);
    }
    if (this.#unwritten.length === 0) return true;
    const entries = encodeAcks(this.number, this.#unwritten);
    try {
      await using file = await open(this.#beside('ack'), constants.O_RDWR | constants.O_CREAT, 0o600);
      // At a multiple of the entry's length, over whatever a crash tore there.
      await file.write(entries, 0, entries.length, this.#ackBytes);
      await file.datasync();
    } catch {
      return false;
    }
    this.#ackBytes += entries.length;
    this.#unwritten = [];
    return true;
  }

  /** First the records, then what is known of them: a crash in between leaves no record without its acknowledgement. */
  async remove(): Promise<void> {
    await this.#writer?.close().catch(() => undefined);
    this.#writer = undefined;
    for (const path of [this.#path, this.#beside('sum'), this.#beside('ack')]) await rm(path, { force: true });
  }

  async #loadedAcks(): Promise<Set<number>> {
    this.#acks ??= decodeAcks(this.number, (await readIfThere(this.#beside('ack')).catch(() => undefined)) ?? Buffer.alloc(0));
    return this.#acks;
  }

  /** From `from` to the end. A head that is not whole is skipped up to the next one that is. */
  async *#scan(file: FileHandle, from: number): AsyncGenerator<Found> {
    const reader = new BlockReader(file, this.#size);
    let offset = from;
    while (offset < this.#size) {
      const head = decodeHead(await reader.read(offset, HEAD_BYTES));
      if (head && offset + HEAD_BYTES + head.bytes <= this.#size) {
        yield { offset, head };
        offset += HEAD_BYTES + head.bytes;
      } else {
        const next = await this.#nextHead(reader, offset + 1);
        yield { offset, damagedBytes: next - offset };
        offset = next;
      }
    }
  }
  async #nextHead(reader: BlockReader, from: number): Promise<number> {
    let offset = from;
    while (offset < this.#size) {
      const block = await reader.read(offset, BlockReader.BYTES);
      const at = findRecord(block, 0);
      if (at < 0) offset += Math.max(1, block.length - 3);
      else {
        const candidate = offset + at;
        const head = decodeHead(await reader.read(candidate, HEAD_BYTES));
        if (head && candidate + HEAD_BYTES + head.bytes <= this.#size) return candidate;
        offset = candidate + 1;
      }
    }
    return this.#size;
  }

  #count(found: Found): void {
    const records = this.#records + 1;
    // A stretch at the end that holds no record was never kept: the process or the machine died while writing it.
    if ('damagedBytes' in found && found.offset + found.damagedBytes >= this.#size) return;
    if ('damagedBytes' in found) this.#records = records;
    else this.#take({ records, firstKeptAt: Math.min(this.#firstKeptAt, found.head.keptAt), lastKeptAt: Math.max(this.#lastKeptAt, found.head.keptAt) });
  }
  #take({ records, firstKeptAt, lastKeptAt }: SegmentSummary): void {
    this.#records = records;
    this.#firstKeptAt = firstKeptAt;
    this.#lastKeptAt = lastKeptAt;
  }
  #beside(extension: 'ack' | 'sum'): string {
    return this.#path.replace(/seg$/, extension);
  }
}

export function lengthOf(found: Found): number {
  return 'head' in found ? HEAD_BYTES + found.head.bytes : found.damagedBytes;
}

/** Makes a new or removed name durable. */
export async function syncFolder(directory: string): Promise<void> {
  await using folder = await open(directory, 'r');
  await folder.sync();
}
