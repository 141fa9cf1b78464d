/** Cron expressions and time zones, as node-cron and ICU know them. Not for the process that stays: {@link ./due-times.ts}. */
import { createTask, validate } from 'node-cron';

/** Whether node-cron reads the expression; 30 February is none. */
export function isCron(expression: string): boolean {
  return validate(expression);
}

export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Up to so many times after now, in Unix milliseconds; fewer when node-cron finds no more. @param expression, timeZone that are known to be good */
export function nextTimes(expression: string, timeZone: string, most: number): number[] {
  const task = createTask(expression, () => undefined, { timezone: timeZone, logger: SILENT });
  for (let count = most; count > 0; count = Math.floor(count / 2)) {
    try {
      return task.getNextRuns(count).map((date) => date.getTime());
    } catch {
      // it looks ahead some years only: fewer may be within them
    }
  }
  return [];
}

/** node-cron writes to the console by default. */
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };
