/**
 * When to inspect: a cron expression in a time zone. One run at a time, spread by jitter, and a run that was missed while
 * the process was down is caught up once at start.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createTask, type ScheduledTask, validate } from 'node-cron';
import { readIfThere, writePrivate } from '../site/private-file.ts';

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
}
/**
 * Runs after the run in progress, if there is one.
 * @param mayBegin asked just before it begins
 * @returns whether it was begun and not broken off
 */
export type RunNow = (mayBegin: () => boolean) => Promise<boolean>;

/** Whether node-cron reads the expression. */
export function isCron(expression: string): boolean {
  return validate(expression);
}

/** Whether the expression has a run in this zone; an unknown zone throws in node-cron. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs until the signal aborts; then waits for nothing: the run in progress gets the same signal.
 * @param run one inspection; its errors are its own business
 * @param onSkip called when a run was due while one was still going
 */
export async function runOnSchedule(options: ScheduleOptions, run: (signal: AbortSignal) => Promise<void>, onSkip: () => void, signal: AbortSignal): Promise<void> {
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
      if (!signal.aborted) await rememberNext(options.stateFile, task); // a run that was broken off is still due
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
  const task = createTask(options.cron, () => void once(options.random() * options.jitterMs), { timezone: options.timeZone, suppressMissedWarning: true, logger: SILENT });
  const due = options.runAtStart || (await wasMissed(options.stateFile, options.now()));
  await task.start();
  if (due) void once(Math.min(options.jitterMs, 5_000) * options.random());
  else await rememberNext(options.stateFile, task);
  options.onReady?.(runNow);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  options.onReady?.(undefined);
  await task.destroy();
}

/** node-cron writes to the console by default; what it would say is in our metrics. */
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };

async function rememberNext(stateFile: string, task: ScheduledTask): Promise<void> {
  const next = task.getNextRun();
  if (next) await writePrivate(stateFile, `${next.toISOString()}\n`).catch(() => undefined); // a read-only state only loses the catch-up
}

async function wasMissed(stateFile: string, now: number): Promise<boolean> {
  const text = await readIfThere(stateFile).catch(() => undefined);
  if (text === undefined) return true; // never ran here
  const due = Date.parse(text.toString('utf8').trim());
  return !Number.isNaN(due) && due <= now;
}
