/** When a report falls due and which whole period it then covers, on the calendar of a zone. Pure. */
import { parse, validate } from 'node-cron';
import { Temporal } from 'temporal-polyfill';

export const SPANS = ['day', 'week', 'month', 'quarter', 'half-year'] as const;
export type Span = (typeof SPANS)[number];

/** Ready-made turns: early in the morning of the first day after the period. */
export const PRESETS = {
  daily: { cron: '0 6 * * *', span: 'day' },
  weekly: { cron: '0 6 * * 1', span: 'week' },
  monthly: { cron: '0 6 1 * *', span: 'month' },
  quarterly: { cron: '0 6 1 1,4,7,10 *', span: 'quarter' },
  semiannual: { cron: '0 6 1 1,7 *', span: 'half-year' },
} as const satisfies Readonly<Record<string, { readonly cron: string; readonly span: Span }>>;
export type Preset = keyof typeof PRESETS;

/** Five fields that node-cron reads; seconds are not for reports. */
export function isReportCron(expression: string): boolean {
  return cronFault(expression) === undefined;
}
/** Why an expression is no turn of a report; `undefined` when it is one. */
export function cronFault(expression: string): string | undefined {
  if (expression.length > 100 || expression.trim().split(/\s+/).length !== 5) return 'five fields: minute, hour, day, month, weekday';
  if (validate(expression)) return undefined;
  const [, , , month = ''] = expression.trim().split(/\s+/);
  return validate(expression.replace(/^(\S+\s+\S+)\s+\S+/, '$1 1'))
    ? `a day that never comes: no month of ${month} has it`
    : 'five fields of which one cannot be read: minute, hour, day, month, weekday';
}

/** An expression that has no turn within this time has none (29 February comes every eight years at the latest). */
const FARTHEST_DAYS = 9 * 366;

/**
 * The first turn after a moment, in the zone's wall time; one that a change of the clocks skips is taken at the moment after the gap.
 * @param after milliseconds. @returns milliseconds; `undefined` when there is none
 */
export function nextTurn(expression: string, zone: string, after: number): number | undefined {
  const { minute, hour, dayOfMonth, month, dayOfWeek } = parse(expression);
  const [, , dayField, , weekdayField] = expression.trim().split(/\s+/);
  const anyDay = dayField === '*';
  const anyWeekday = weekdayField === '*';
  const isDay = (date: Temporal.PlainDate): boolean => {
    if (!month.includes(date.month)) return false;
    const inMonth = dayOfMonth.some((one) => one === date.day || (typeof one === 'string' && /^l$/i.test(one) && date.day === date.daysInMonth));
    const inWeek = dayOfWeek.some((one) => one === date.dayOfWeek % 7);
    // As every cron has it: of two restricted day fields either is enough.
    if (!anyDay && !anyWeekday) return inMonth || inWeek;
    return (anyDay || inMonth) && (anyWeekday || inWeek);
  };
  let date = Temporal.Instant.fromEpochMilliseconds(after).toZonedDateTimeISO(zone).toPlainDate();
  for (let day = 0; day <= FARTHEST_DAYS; day += 1, date = date.add({ days: 1 })) {
    if (!isDay(date)) continue;
    for (const at of hour.toSorted(ascending))
      for (const past of minute.toSorted(ascending)) {
        const moment = date.toZonedDateTime({ timeZone: zone, plainTime: { hour: at, minute: past } }).epochMilliseconds;
        if (moment > after) return moment;
      }
  }
  return undefined;
}
function ascending(one: number, other: number): number {
  return one - other;
}

/** The last whole period before a moment, milliseconds; `to` is exclusive. Weeks begin on Monday. */
export function periodBefore(span: Span, zone: string, at: number): { readonly from: number; readonly to: number } {
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  const to = beginOf(span, day);
  const from = to.subtract(LENGTHS[span]);
  return { from: midnight(from, zone), to: midnight(to, zone) };
}
const LENGTHS: Readonly<Record<Span, Temporal.DurationLike>> = { day: { days: 1 }, week: { weeks: 1 }, month: { months: 1 }, quarter: { months: 3 }, 'half-year': { months: 6 } };

function beginOf(span: Span, day: Temporal.PlainDate): Temporal.PlainDate {
  switch (span) {
    case 'day':
      return day;
    case 'week':
      return day.subtract({ days: day.dayOfWeek - 1 });
    case 'month':
      return day.with({ day: 1 });
    case 'quarter':
      return day.with({ day: 1, month: day.month - ((day.month - 1) % 3) });
    case 'half-year':
      return day.with({ day: 1, month: day.month <= 6 ? 1 : 7 });
    default:
      return span satisfies never;
  }
}

/** Kinds that are named after a span of the calendar. */
const SPAN_OF_KIND: Readonly<Record<string, Span>> = { weekly: 'week', monthly: 'month' };
/**
 * What a kind of report covers unless somebody says otherwise: the last whole month or week; of a customer that is known since later, what there
 * is of this one. `undefined`: the newest inspection alone.
 * @param before, since milliseconds
 */
export function usualPeriod(
  kind: string,
  zone: string,
  { before, since }: { readonly before: number; readonly since: number },
): { readonly from: number; readonly to: number } | undefined {
  const span = Object.hasOwn(SPAN_OF_KIND, kind) ? SPAN_OF_KIND[kind] : undefined;
  if (span === undefined) return undefined;
  const whole = periodBefore(span, zone, before);
  return since < whole.to || whole.to >= before ? whole : { from: whole.to, to: before };
}

/** Begin of a day of the zone. */
export function midnight(day: Temporal.PlainDate, zone: string): number {
  return day.toZonedDateTime({ timeZone: zone }).epochMilliseconds;
}

/** `2026-07-01` as midnight of the zone, or a moment with its offset (ISO 8601). @returns milliseconds; `undefined` when it is neither */
export function readDate(text: string, zone: string): number | undefined {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return midnight(Temporal.PlainDate.from(text), zone);
    if (/^\d{4}-\d{2}-\d{2}T[\d:.]{4,20}(?:Z|[+-]\d{2}:\d{2})$/.test(text)) return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return undefined; // no such day
  }
  return undefined;
}
