/** Cron schedules as Kubernetes reads them (robfig/cron v3): how long the longest pause between two runs is. */

export type Schedule = { readonly kind: 'valid' /** Longest time between two runs. */; readonly periodSeconds: number } | { readonly kind: 'invalid' } | { readonly kind: 'never' };

const MINUTE = 60;
const DAY_MINUTES = 1_440;
/** Eight years, so that every leap day is met even around a century. */
const DAYS_LOOKED_AT = 8 * 366;
/** A Monday in a leap year's first days; which one does not matter. */
const FIRST_DAY = Date.UTC(2024, 0, 1);

const MACROS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** @param text five fields, a macro, or `@every 90m`; a leading `TZ=…` is allowed */
export function parseSchedule(text: string): Schedule {
  const trimmed = text
    .slice(0, 512)
    .trim()
    .replace(/^(CRON_)?TZ=\S+\s+/, '');
  const every = /^@every\s+(\S{1,40})$/.exec(trimmed)?.[1];
  if (every !== undefined) return parseEvery(every);
  const macro = trimmed.toLowerCase();
  const fields = ((Object.hasOwn(MACROS, macro) ? MACROS[macro] : undefined) ?? trimmed).split(/\s+/);
  const [minute, hour, day, month, weekday] = fields;
  if (fields.length !== 5 || minute === undefined || hour === undefined || day === undefined || month === undefined || weekday === undefined) return { kind: 'invalid' };
  const minutes = parseField(minute, 0, 59);
  const hours = parseField(hour, 0, 23);
  const days = parseField(day, 1, 31);
  const months = parseField(month, 1, 12, MONTHS);
  const weekdays = parseField(weekday, 0, 7, WEEKDAYS);
  if (!minutes || !hours || !days || !months || !weekdays) return { kind: 'invalid' };
  if (weekdays.has(7)) weekdays.add(0);
  const times = [...hours].flatMap((h) => [...minutes].map((m) => h * 60 + m)).sort((a, b) => a - b);
  const either = !isStar(day) && !isStar(weekday); // both given: one of them is enough
  const longest = longestPause(times, (date) => {
    if (!months.has(date.getUTCMonth() + 1)) return false;
    const onDay = days.has(date.getUTCDate());
    const onWeekday = weekdays.has(date.getUTCDay());
    return either ? onDay || onWeekday : onDay && onWeekday;
  });
  return longest === undefined ? { kind: 'never' } : { kind: 'valid', periodSeconds: longest * MINUTE };
}

/** Minutes of the longest pause; `undefined` when hardly any day matches. @param times minutes of the day, sorted */
function longestPause(times: readonly number[], matches: (date: Date) => boolean): number | undefined {
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? 0;
  let longest = 0;
  for (const [index, time] of times.entries()) if (index > 0) longest = Math.max(longest, time - (times[index - 1] ?? 0));
  let before: number | undefined;
  let runs = 0;
  for (let day = 0; day < DAYS_LOOKED_AT; day += 1) {
    if (!matches(new Date(FIRST_DAY + day * DAY_MINUTES * 60_000))) continue;
    if (before !== undefined) longest = Math.max(longest, (day - before) * DAY_MINUTES - last + first);
    before = day;
    runs += 1;
  }
  if (runs === 0) return undefined;
  return runs === 1 ? DAYS_LOOKED_AT * DAY_MINUTES : longest;
}

/** Members of one field, or `undefined` when it is outside the grammar. */
function parseField(text: string, min: number, max: number, names: readonly string[] = []): Set<number> | undefined {
  const members = new Set<number>();
  for (const part of text.split(',')) {
    const range = parseRange(part, min, max, names);
    if (!range || range.low < min || range.high > max || range.low > range.high || range.step < 1) return undefined;
    for (let value = range.low; value <= range.high; value += range.step) members.add(value);
  }
  return members;
}

/** One part of a field: a star, `3`, `3/5` (every fifth from three on) or `3-7`, each with or without a step; months and weekdays also by name. */
function parseRange(part: string, min: number, max: number, names: readonly string[]): { readonly low: number; readonly high: number; readonly step: number } | undefined {
  const match = /^(\*|\?|[a-z0-9]{1,3})(?:-([a-z0-9]{1,3}))?(?:\/(\d{1,3}))?$/i.exec(part);
  if (!match) return undefined;
  const [, from = '', to, every] = match;
  const step = Number(every ?? 1);
  if (from === '*' || from === '?') return to === undefined ? { low: min, high: max, step } : undefined;
  const low = memberOf(from, names, min);
  const high = to === undefined ? (every === undefined ? low : max) : memberOf(to, names, min);
  return low === undefined || high === undefined ? undefined : { low, high, step };
}
function memberOf(text: string, names: readonly string[], min: number): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const position = names.indexOf(text.toLowerCase());
  return position < 0 ? undefined : position + min;
}
function isStar(field: string): boolean {
  return /^[*?](\/1)?$/.test(field);
}

function parseEvery(duration: string): Schedule {
  const match = /^(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,8})s)?$/.exec(duration);
  const seconds = match ? Number(match[1] ?? 0) * 3_600 + Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0) : 0;
  return seconds > 0 ? { kind: 'valid', periodSeconds: seconds } : { kind: 'invalid' };
}
