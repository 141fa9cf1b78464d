/**
 * When to inspect: a cron expression in a time zone. One run at a time, spread by jitter, and a run that was missed while
 * the process was down is caught up once at start.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { readIfThere, writePrivate } from '../site/private-file.ts';
import { dueTimes } from './due-times.ts';

export interface ScheduleOptions {
  /** Five fields, or six with seconds in front. */
  readonly cron: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Each run starts up to this much later. */
  readonly jitterMs: number;
  /** Remembers when the next run was due. */
  readonly stateFile: string;
  readonly runAtStart: boolean;
  readonly now: () => number;
  readonly random: () => number;
  /** Given a way to run out of turn while the schedule lasts, and `undefined` at its end. */
  readonly onReady?: ((runNow: RunNow | undefined) => void) | undefined;
  /** The next times could not be worked out; it is tried again. */
  readonly onFault?: ((error: unknown) => void) | undefined;
  /** For tests: another way to know the next times, and another {@link MOST_SLEEP_MS}. */
  readonly dueTimes?: typeof dueTimes | undefined;
  readonly mostSleepMs?: number | undefined;
}
/**
 * Runs after the run in progress, if there is one.
 * @param mayBegin asked just before it begins
 * @returns whether it was begun and not broken off
 */
export type RunNow = (mayBegin: () => boolean) => Promise<boolean>;

/**
 * Runs until the signal aborts; then waits for nothing: the run in progress gets the same signal.
 * @param run one inspection; its errors are its own business
 * @param onSkip called when a run was due while one was still going
 */
export async function runOnSchedule(options: ScheduleOptions, run: (signal: AbortSignal) => Promise<void>, onSkip: () => void, signal: AbortSignal): Promise<void> {
  const timetable = new Timetable(options, signal);
  /** The run in progress. */
  let current: Promise<void> | undefined;
  const work = async (jitterMs: number): Promise<void> => {
    try {
      await sleep(jitterMs, undefined, { signal });
      await run(signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      current = undefined;
      if (!signal.aborted) await rememberNext(options.stateFile, timetable); // a run that was broken off is still due
    }
  };
  const once = (jitterMs: number): Promise<void> => {
    if (current) onSkip();
    current ??= work(jitterMs);
    return current;
  };
  const runNow: RunNow = async (mayBegin) => {
    while (current && !signal.aborted) await current.catch(() => undefined); // whoever began it hears of its errors
    if (signal.aborted || !mayBegin()) return false;
    await once(0);
    return !signal.aborted;
  };
  const due = options.runAtStart || (await wasMissed(options.stateFile, options.now()));
  if (due) void once(Math.min(options.jitterMs, 5_000) * options.random());
  options.onReady?.(runNow);
  if (!due) await rememberNext(options.stateFile, timetable);
  while (await timetable.untilDue()) void once(options.random() * options.jitterMs);
  options.onReady?.(undefined);
}

/** Longest sleep: how soon a clock that was set, or a machine that slept, is noticed. */
const MOST_SLEEP_MS = 60_000;
/** A clock that goes back by more than this was set: what was worked out by the old one may be years away. */
const SET_BACK_MS = 5_000;

/** The next times, worked out again when they are used up. */
class Timetable {
  readonly #options: ScheduleOptions;
  readonly #signal: AbortSignal;
  readonly #mostSleepMs: number;
  #due: readonly number[] = [];
  #asking: Promise<void> | undefined;
  #seen = 0;

  constructor(options: ScheduleOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
    this.#mostSleepMs = options.mostSleepMs ?? MOST_SLEEP_MS;
  }

  /** The first time after now; `undefined` when stopped before it is known. */
  async next(): Promise<number | undefined> {
    while (!this.#signal.aborted) {
      const now = this.#look();
      const next = this.#due.find((at) => at > now);
      if (next !== undefined) return next;
      this.#asking ??= this.#ask().finally(() => {
        this.#asking = undefined;
      });
      await this.#asking;
    }
    return undefined;
  }

  /** Waits for the next time; those that pass meanwhile, while the machine slept, are one. @returns false: stopped */
  async untilDue(): Promise<boolean> {
    let at = await this.next();
    while (at !== undefined) {
      const now = this.#look();
      if (this.#due.length === 0) at = await this.next();
      else if (now >= at) return true;
      else await sleep(Math.min(at - now, this.#mostSleepMs), undefined, { signal: this.#signal }).catch(() => undefined);
      if (this.#signal.aborted) return false;
    }
    return false;
  }

  /** The clock; what was worked out by one that has been set back since is forgotten. */
  #look(): number {
    const now = this.#options.now();
    if (now < this.#seen - SET_BACK_MS) this.#due = [];
    this.#seen = now;
    return now;
  }

  async #ask(): Promise<void> {
    const { cron, timeZone, onFault, dueTimes: ask = dueTimes } = this.#options;
    try {
      this.#due = await ask({ cron, timeZone }, this.#signal);
    } catch (error) {
      if (this.#signal.aborted) return;
      onFault?.(error);
      await sleep(this.#mostSleepMs, undefined, { signal: this.#signal }).catch(() => undefined);
    }
  }
}

async function rememberNext(stateFile: string, timetable: Timetable): Promise<void> {
  const next = await timetable.next();
  if (next !== undefined) await writePrivate(stateFile, `${new Date(next).toISOString()}\n`).catch(() => undefined); // a read-only state only loses the catch-up
}

async function wasMissed(stateFile: string, now: number): Promise<boolean> {
  const text = await readIfThere(stateFile).catch(() => undefined);
  if (text === undefined) return true; // never ran here
  const due = Date.parse(text.toString('utf8').trim());
  return !Number.isNaN(due) && due <= now;
}
