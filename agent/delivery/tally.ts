/** What became of payloads, as counts that outlive the process: a loss that nobody can state is a silent one. */
import { join } from 'node:path';
import { readIfThere, writePrivate } from '../site/private-file.ts';
import { DROP_REASONS, type DropReason } from '../wire/signal.ts';

const COUNTS = ['enqueued', 'sent', 'duplicates', 'retries', 'corruptBytes', 'quarantined'] as const;
export type Count = (typeof COUNTS)[number];

export interface TallyValues {
  readonly counts: Readonly<Record<Count, number>>;
  readonly dropped: Readonly<Record<DropReason, number>>;
  /** Unix seconds of the last receipt; 0 before the first. */
  readonly lastSuccessAt: number;
}

/** Time between two writes that are not about a loss. */
const REST_MS = 10_000;

export class Tally {
  readonly #file: string;
  readonly #clock: () => number;
  readonly #counts: Record<Count, number>;
  readonly #dropped: Record<DropReason, number>;
  #lastSuccessAt: number;
  #savedAt = Number.NEGATIVE_INFINITY;

  private constructor(file: string, clock: () => number, known: Readonly<Record<string, unknown>>) {
    this.#file = file;
    this.#clock = clock;
    this.#counts = pick(COUNTS, known['counts']);
    this.#dropped = pick(DROP_REASONS, known['dropped']);
    this.#lastSuccessAt = natural(known['lastSuccessAt']);
  }
  /** @param clock monotonic milliseconds */
  static async open(directory: string, clock: () => number): Promise<Tally> {
    const file = join(directory, 'counters.json');
    return new Tally(file, clock, parse(await readIfThere(file).catch(() => undefined)));
  }

  get values(): TallyValues {
    return { counts: { ...this.#counts }, dropped: { ...this.#dropped }, lastSuccessAt: this.#lastSuccessAt };
  }
  add(count: Count, more = 1): void {
    this.#counts[count] += more;
  }
  succeeded(at: number): void {
    this.#lastSuccessAt = Math.floor(at);
  }
  /** Written at once: counted before it is gone. */
  async drop(reason: DropReason, items: number): Promise<void> {
    if (items <= 0) return;
    this.#dropped[reason] += items;
    await this.save();
  }
  /** Writes when the last time is long enough ago. */
  async saveSometimes(): Promise<void> {
    if (this.#clock() - this.#savedAt >= REST_MS) await this.save();
  }
  /** A disk that takes nothing leaves the counts in memory; they are written with the next change. */
  async save(): Promise<void> {
    this.#savedAt = this.#clock();
    await writePrivate(this.#file, `${JSON.stringify(this.values)}\n`).catch(() => undefined);
  }
}

function parse(bytes: Buffer | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(bytes?.toString('utf8') ?? '{}');
    return isObject(value) ? value : {};
  } catch {
    return {}; // a damaged file only loses counts
  }
}
function pick<K extends string>(keys: readonly K[], values: unknown): Record<K, number> {
  const known = isObject(values) ? values : {};
  return Object.fromEntries(keys.map((key) => [key, natural(known[key])])) as Record<K, number>; // exactly these keys
}
function natural(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0;
}
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
