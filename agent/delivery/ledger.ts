/**
 * What has left, for the site to look up and to hold against what its vendor says: lines of JSON, each with the digest of the one
 * before. A payload is written down before it is sent, so that there is no moment in which something left and is not here; what the
 * collector said to it follows in a line of its own.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { giveToOwner, makeFolder, readIfThere, writePrivate } from '../site/private-file.ts';
import { payloadId, RECEIPT_STATES } from '../wire/envelope.ts';
import type { Item } from './batch.ts';
import { DiskReserve } from './disk-reserve.ts';
import type { Outcome } from './outcome.ts';

export interface LedgerLine {
  readonly seq: number;
  /** ISO 8601. */
  readonly at: string;
  readonly what: 'sending' | 'receipt';
  /** Idempotency id of the payload. */
  readonly id: string;
  readonly kind: string;
  /** Of the payload's canonical JSON, as previewed, and as the collector's receipt says it. */
  readonly sha256: string;
  /** Of the envelope's line before compression. */
  readonly bytes: number;
  /** Scheme, host and port. */
  readonly to: string;
  /** Sections of an inspection. */
  readonly sections?: readonly string[];
  /** What the collector said, or why nothing is known of it. */
  readonly answer?: string;
  /** Digest of the line before; 64 zeros before the first. */
  readonly prev: string;
  /** Of this line without this field. */
  readonly hash: string;
}

type Entry = Omit<LedgerLine, 'seq' | 'prev' | 'hash'>;

const CURRENT = 'ledger.jsonl';
const OLDER = /^ledger-\d{12}\.jsonl$/;
const NOTHING = '0'.repeat(64);
/** A day has some 1,500 lines of 400 bytes. */
const FILE_BYTES = 8 * 1024 * 1024;
const MOST_FILES = 11;
/** Room for what has to be told of a full disk: some 600 lines. */
const RESERVE_BYTES = 256 * 1024;
const TAIL_BYTES = 64 * 1024;
const CHECKPOINT = 'checkpoint.json';
/** Ids whose present state is written down already; an outage of days must not push the history out with the same line again and again. */
const MOST_TOLD = 20_000;

/** What went before the oldest file: its lines were removed for their age, and the chain goes on from the last of them. */
interface Checkpoint {
  readonly seq: number;
  readonly hash: string;
}

export interface LedgerOptions {
  /** Where payloads go: of an address only scheme, host and port are kept, a word such as `bundle:…` as it is. */
  readonly url: string;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly fileBytes?: number | undefined;
  /** Full files that are kept beside the one that is written. */
  readonly files?: number | undefined;
}

export class Ledger {
  readonly #folder: string;
  readonly #options: LedgerOptions;
  readonly #to: string;
  readonly #reserve: DiskReserve;
  /** Left out: the disk has not said yet. */
  #last: Checkpoint | undefined;
  /** By id, what the last line says of a payload that is not settled. */
  readonly #told = new Map<string, string>();

  private constructor(folder: string, options: LedgerOptions) {
    this.#folder = folder;
    this.#options = options;
    this.#to = /^https?:/.test(options.url) ? new URL(options.url).origin : options.url;
    this.#reserve = new DiskReserve(join(folder, 'reserve'), RESERVE_BYTES);
  }

  /** A disk that takes nothing is worked with: until it does, nothing is sent. */
  static async open(folder: string, options: LedgerOptions): Promise<Ledger> {
    const ledger = new Ledger(folder, options);
    ledger.#last = await ledger.#begin().catch(() => undefined);
    return ledger;
  }
  /** A half-written last line is cut off; anything else that is wrong is left for `verify` to find. */
  async #begin(): Promise<Checkpoint> {
    await makeFolder(this.#folder, 0o700);
    await this.#reserve.make();
    const newest = (await olderFiles(this.#folder)).at(-1);
    const last = (await lastLine(join(this.#folder, CURRENT))) ?? (newest === undefined ? undefined : await lastLine(join(this.#folder, newest)));
    return last ?? (await readCheckpoint(this.#folder));
  }

  /**
   * On disk when it returns, if need be at the cost of the room that was set aside. A payload that is tried again is written down once: it has been leaving since then.
   * @throws the system's error when the disk takes nothing: then nothing may be sent
   */
  async sending(items: readonly Item[]): Promise<void> {
    const fresh = items.filter(({ head }) => !this.#told.has(payloadId(head)));
    await this.#append(fresh.map((item) => ({ what: 'sending', ...this.#factsOf(item), ...(item.head.kind === 'inspection' && { sections: sectionsOf(item) }) }) as const));
    for (const { head } of fresh) this.#tell(payloadId(head), 'sending');
  }
  /** What the collector said, or why nothing is known of it, whenever that is something new. */
  async answered(items: readonly Item[], outcome: Outcome): Promise<void> {
    const answerOf = (item: Item): string => {
      if (outcome.kind === 'answered') return outcome.receipts.get(payloadId(item.head))?.status ?? 'none';
      return outcome.kind === 'retry' ? outcome.trouble : outcome.kind === 'stop' ? outcome.stop : outcome.kind;
    };
    const news = items.map((item) => ({ item, answer: answerOf(item) })).filter(({ item, answer }) => this.#told.get(payloadId(item.head)) !== answer);
    await this.#append(news.map(({ item, answer }) => ({ what: 'receipt', ...this.#factsOf(item), answer }) as const));
    for (const { item, answer } of news) {
      if (RECEIPT_STATES.some((state) => state === answer)) this.#told.delete(payloadId(item.head));
      else this.#tell(payloadId(item.head), answer);
    }
  }
  #tell(id: string, what: string): void {
    this.#told.delete(id);
    this.#told.set(id, what);
    const [oldest] = this.#told.keys();
    if (this.#told.size > MOST_TOLD && oldest !== undefined) this.#told.delete(oldest);
  }

  #factsOf({ head }: Item): Pick<LedgerLine, 'at' | 'id' | 'kind' | 'sha256' | 'bytes' | 'to'> {
    return { at: new Date(this.#options.now()).toISOString(), id: payloadId(head), kind: head.kind, sha256: head.sha256, bytes: head.rawBytes, to: this.#to };
  }

  async #append(entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return;
    let last = this.#last ?? (await this.#begin());
    this.#last = undefined; // begun anew where the disk breaks off in the middle
    const lines = entries.map((entry) => {
      const line = { seq: last.seq + 1, ...entry, prev: last.hash };
      last = { seq: line.seq, hash: digest(JSON.stringify(line)) };
      return `${JSON.stringify({ ...line, hash: last.hash })}\n`;
    });
    const path = join(this.#folder, CURRENT);
    const size = await this.#reserve.with(async () => await appendWhole(path, lines.join('')));
    this.#last = last;
    if (size >= (this.#options.fileBytes ?? FILE_BYTES)) await this.#turnOver(path, last.seq);
  }
  /** The oldest files go, and a checkpoint says where the chain goes on. A disk that takes neither is no reason to send nothing: the lines are written. */
  async #turnOver(path: string, seq: number): Promise<void> {
    try {
      await rename(path, join(this.#folder, `ledger-${String(seq).padStart(12, '0')}.jsonl`));
      for (const file of (await olderFiles(this.#folder)).slice(0, -(this.#options.files ?? MOST_FILES))) {
        const last = await lastLine(join(this.#folder, file));
        if (last) await writePrivate(join(this.#folder, CHECKPOINT), `${JSON.stringify(last)}\n`);
        await rm(join(this.#folder, file), { force: true });
      }
    } catch {
      // Tried again with the next line: the file is still too large.
    }
  }
}

export interface LedgerFault {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly problem: 'not-a-line' | 'changed' | 'missing-before';
}
export interface LedgerReading {
  readonly lines: readonly LedgerLine[];
  readonly faults: readonly LedgerFault[];
  /** Lines that were removed for their age, by the checkpoint. */
  readonly removed: number;
}
/** Every line, oldest first, and what is wrong with the chain, which begins at the checkpoint. */
export async function readLedger(folder: string): Promise<LedgerReading> {
  const checkpoint = await readCheckpoint(folder);
  const lines: LedgerLine[] = [];
  const faults: LedgerFault[] = [];
  for (const file of [...(await olderFiles(folder)), CURRENT]) {
    const text = await readFile(join(folder, file), 'utf8').catch(() => '');
    for (const [index, row] of text.split('\n').entries()) {
      if (row === '') continue;
      const fault = (problem: LedgerFault['problem']): number => faults.push({ file, line: index + 1, problem });
      const line = parse(row);
      if (line === undefined) {
        fault('not-a-line');
        continue;
      }
      const { hash, ...rest } = line;
      const before = lines.at(-1) ?? checkpoint;
      if (digest(JSON.stringify(rest)) !== hash) fault('changed');
      else if (line.prev !== before.hash || line.seq !== before.seq + 1) fault('missing-before');
      lines.push(line);
    }
  }
  return { lines, faults, removed: checkpoint.seq };
}

/** @returns bytes of the file before. @throws the system's error; half a line is none */
async function appendWhole(path: string, text: string): Promise<number> {
  await using file = await open(path, 'a', 0o600);
  const { size } = await file.stat();
  if (size === 0) await giveToOwner(file, path);
  try {
    await file.appendFile(text);
    await file.datasync();
  } catch (error) {
    await file.truncate(size).catch(() => undefined);
    throw error;
  }
  return size;
}
async function readCheckpoint(folder: string): Promise<Checkpoint> {
  const line = parse((await readIfThere(join(folder, CHECKPOINT)))?.toString('utf8') ?? '');
  return line ?? { seq: 0, hash: NOTHING };
}
function sectionsOf({ body }: Item): readonly string[] {
  try {
    const envelope = JSON.parse(gunzipSync(body).toString('utf8')) as { body?: { sections?: object } };
    return Object.keys(envelope.body?.sections ?? {}).sort();
  } catch {
    return [];
  }
}
async function olderFiles(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).filter((name) => OLDER.test(name)).sort();
}
async function lastLine(path: string): Promise<{ seq: number; hash: string } | undefined> {
  const facts = await stat(path).catch(() => undefined);
  if (!facts || facts.size === 0) return undefined;
  await using file = await open(path, 'r+');
  const text = await tailOf(file, facts.size);
  const end = text.lastIndexOf('\n') + 1;
  if (end < text.length) await file.truncate(facts.size - Buffer.byteLength(text.slice(end)));
  const line = parse(text.slice(0, end).trimEnd().split('\n').at(-1) ?? '');
  return line && { seq: line.seq, hash: line.hash };
}
async function tailOf(file: FileHandle, size: number): Promise<string> {
  const length = Math.min(size, TAIL_BYTES);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
  return buffer.toString('utf8', 0, bytesRead);
}
function parse(row: string): LedgerLine | undefined {
  try {
    const value = JSON.parse(row) as LedgerLine;
    return typeof value.seq === 'number' && typeof value.hash === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
