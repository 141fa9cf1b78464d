/**
 * How often patterns occur in log files, and when first and last. Lines are looked at as they are read and never kept; what
 * leaves is a number and two times.
 */
import { StringDecoder } from 'node:string_decoder';
import { openRegular } from './bounded-read.ts';
import type { Host } from './host.ts';

export interface LogPattern<Id extends string = string> {
  readonly id: Id;
  readonly pattern: RegExp;
  /** Lines that do not count although they match. */
  readonly except?: RegExp;
  /** A number that the line tells (a date, a limit); that of the newest matching line is kept, whatever its age. */
  readonly value?: (line: string) => number | undefined;
}
export interface PatternCount<Id extends string = string> {
  readonly pattern: Id;
  readonly count: number;
  /** Times between `previousSince` and `since`. */
  readonly previous: number;
  /** When the newest matching line was written, also before `since`. */
  readonly newestAt?: number | undefined;
  readonly value?: number | undefined;
  /** Unix seconds, from the lines' own times in the machine's zone. */
  readonly firstAt?: number | undefined;
  readonly lastAt?: number | undefined;
}
export interface LogLimits {
  /** The newest part of each file that is read. */
  readonly bytesPerFile: number;
  /** Lines before this moment do not count; Unix seconds. */
  readonly since: number;
  /** Lines from here to `since` count as the period before. */
  readonly previousSince: number;
  /** Seconds east of UTC that the lines' times are in. */
  readonly zoneSeconds: number;
}

const CHUNK = 256 * 1024;
/** Of a line; what is beyond is not looked at. */
const LONGEST = 4_096;

/** Every pattern is listed, also with 0. `complete`: no file was cut and all could be read. */
export async function countPatterns<const Id extends string>(
  host: Host,
  files: readonly string[],
  patterns: readonly LogPattern<Id>[],
  limits: LogLimits,
  signal: AbortSignal,
): Promise<{ readonly counts: readonly PatternCount<Id>[]; readonly complete: boolean; readonly read: number }> {
  const counter = new Counter(patterns, limits);
  let complete = true;
  let read = 0;
  for (const file of files) {
    signal.throwIfAborted();
    try {
      complete = (await countFile(host, file, limits.bytesPerFile, (line) => counter.see(line), signal)) && complete;
      read += 1;
    } catch {
      complete = false;
    }
  }
  return { counts: counter.counts(), complete, read };
}

async function countFile(host: Host, path: string, mostBytes: number, see: (line: string) => void, signal: AbortSignal): Promise<boolean> {
  await using file = await openRegular(await host.resolve(path));
  const facts = await file.stat();
  const start = Math.max(0, facts.size - mostBytes);
  const decoder = new StringDecoder('utf8');
  const buffer = Buffer.alloc(CHUNK);
  let rest = '';
  let isFirst = start > 0; // begins within a line
  for (let at = start; at < facts.size && !signal.aborted; ) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(CHUNK, facts.size - at), at);
    if (bytesRead === 0) break;
    at += bytesRead;
    const lines = (rest + decoder.write(buffer.subarray(0, bytesRead))).split('\n');
    rest = (lines.pop() ?? '').slice(0, LONGEST);
    for (const line of lines) {
      if (!isFirst) see(line.slice(0, LONGEST));
      isFirst = false;
    }
  }
  if (rest !== '' && !isFirst) see(rest);
  return start === 0 && !signal.aborted;
}

type Tally = { -readonly [K in keyof Omit<PatternCount, 'pattern'>]: PatternCount[K] };

class Counter<Id extends string> {
  readonly #patterns: readonly LogPattern<Id>[];
  readonly #limits: LogLimits;
  readonly #counts: Tally[];
  /** Lines of a stack trace have no time of their own: they belong to the line before. */
  #at: number | undefined;

  constructor(patterns: readonly LogPattern<Id>[], limits: LogLimits) {
    this.#patterns = patterns;
    this.#limits = limits;
    this.#counts = patterns.map(() => ({ count: 0, previous: 0 }));
  }

  see(line: string): void {
    this.#at = timeOf(line, this.#limits.zoneSeconds) ?? this.#at;
    const at = this.#at;
    for (const [index, { pattern, except, value }] of this.#patterns.entries()) {
      const tally = this.#counts[index];
      if (!tally || !pattern.test(line) || except?.test(line)) continue;
      if (at === undefined || at >= (tally.newestAt ?? 0)) {
        tally.newestAt = at ?? tally.newestAt;
        tally.value = value?.(line) ?? tally.value;
      }
      this.#count(tally, at);
    }
  }
  #count(tally: Tally, at: number | undefined): void {
    const { since, previousSince } = this.#limits;
    if (at !== undefined && at < since) {
      if (at >= previousSince) tally.previous += 1;
      return;
    }
    tally.count += 1;
    if (at === undefined) return;
    tally.firstAt = Math.min(tally.firstAt ?? at, at);
    tally.lastAt = Math.max(tally.lastAt ?? at, at);
  }
  counts(): PatternCount<Id>[] {
    return this.#patterns.map(({ id }, index) => ({ pattern: id, count: 0, previous: 0, ...this.#counts[index] }));
  }
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** `[2026-11-25 12:00:00 123]`, `2026-11-25T12:00:00`, `2026/11/25 12:00:00`, or Tomcat's `25-Nov-2026 12:00:00.123`. */
export function timeOf(line: string, zoneSeconds: number): number | undefined {
  const head = line.slice(0, 60);
  const iso = /(\d{4})[-/](\d{2})[-/](\d{2})[ T](\d{2}):(\d{2}):(\d{2})/.exec(head);
  if (iso) {
    const [, year, month, day, hour, minute, second] = iso.map(Number);
    return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second) / 1_000 - zoneSeconds;
  }
  const named = /^\[?(\d{2})-([A-Za-z]{3})-(\d{4}) (\d{2}):(\d{2}):(\d{2})/.exec(head);
  const month = named ? MONTHS.indexOf((named[2] ?? '').toLowerCase()) : -1;
  if (!named || month < 0) return undefined;
  return Date.UTC(Number(named[3]), month, Number(named[1]), Number(named[4]), Number(named[5]), Number(named[6])) / 1_000 - zoneSeconds;
}
