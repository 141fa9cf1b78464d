/**
 * The kernel's ring buffer. `/dev/kmsg` is a character device, which {@link Host.read} refuses; this reader takes that one
 * device only, never waits, and hands out one record at a time, so memory stays flat.
 */
import { constants, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { UnreadableError } from '../gatherers/gatherer.ts';
import type { Host } from './host.ts';

/** One record of the ring buffer; user space can write records too, and is told apart by its facility. */
export interface KernelRecord {
  readonly sequence: number;
  /** Microseconds since boot. */
  readonly microseconds: number;
  readonly fromKernel: boolean;
  /** First line, cut; foreign text, must not leave the gatherer. */
  readonly message: string;
}

const KMSG_MAJOR_MINOR = (1 << 8) | 11;
const MAX_RECORDS = 500_000;
const RECORD_BYTES = 16 * 1024;
const RECORDS_AT_ONCE = 256;
const MAX_CAPTURE_BYTES = 16 * 1024 * 1024;
/** Longest part of a line that is looked at. */
export const MAX_MESSAGE = 1_000;

/** @returns `undefined` for anything that is not a record */
export function parseRecord(record: string): KernelRecord | undefined {
  const match = /^(\d{1,10}),(\d{1,19}),(\d{1,19}),[^;]{0,200};/.exec(record);
  if (!match) return undefined;
  const end = record.indexOf('\n', match[0].length);
  const message = record.slice(match[0].length, Math.min(end === -1 ? record.length : end, match[0].length + MAX_MESSAGE));
  return { sequence: Number(match[2]), microseconds: Number(match[3]), fromKernel: Number(match[1]) >> 3 === 0, message };
}

/**
 * Every record of the ring buffer, oldest first. In a captured tree `/dev/kmsg` may be a file with what `cat` gave.
 * @throws the system's error (`EPERM` without rights, `ENOENT`), UnreadableError `malformed` for any other kind of file, `timeout`
 */
export async function* readKernelRing(host: Host, signal: AbortSignal): AsyncGenerator<KernelRecord> {
  const records = host.running ? deviceRecords(host, signal) : (await host.readTail('/dev/kmsg', MAX_CAPTURE_BYTES)).split('\n');
  for await (const text of records) {
    const record = parseRecord(text);
    if (record) yield record;
  }
}

async function* deviceRecords(host: Host, signal: AbortSignal): AsyncGenerator<string> {
  await using file = await open(await host.resolve('/dev/kmsg'), constants.O_RDONLY | constants.O_NONBLOCK);
  const facts = await file.stat();
  if (!facts.isCharacterDevice() || facts.rdev !== KMSG_MAJOR_MINOR) throw new UnreadableError('malformed');
  const buffer = Buffer.alloc(RECORD_BYTES);
  for (let count = 1; count < MAX_RECORDS; count += 1) {
    if (count % RECORDS_AT_ONCE === 0) await nextTurn();
    if (signal.aborted) throw new UnreadableError('timeout');
    const length = readRecord(file.fd, buffer);
    if (length === 0) return;
    if (length > 0) yield buffer.toString('utf8', 0, length);
  }
}

/**
 * Bytes of the next record; 0 at the end, −1 when it was overwritten meanwhile and the next one is the oldest that is left.
 * The device never waits (O_NONBLOCK) and gives one record a read, thousands in all: the thread pool would cost more than they do.
 */
function readRecord(file: number, buffer: Buffer): number {
  try {
    return readSync(file, buffer, 0, buffer.length, null);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EAGAIN') return 0;
    if (code === 'EPIPE') return -1;
    throw error;
  }
}
