/** How a policy writes the hours in which its time runs, and what becomes of them at one site. */
import { z } from 'zod';
import type { LOCALES } from '../../agent/wire/vocabulary.ts';
import { Calendar, type CoverageSpec, type Hours } from './calendar.ts';
import type { CalendarOverrides, HolidayTable } from './holidays.ts';
import { Zone } from './zone.ts';

/** A text in both languages. */
export const Bilingual = z.strictObject({ zh: z.string().min(1).max(600), en: z.string().min(1).max(600) } satisfies Record<(typeof LOCALES)[number], z.ZodType>);

const HOURS = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d:[0-5]\d|2[0-3]:[0-5]\d|24:00)$/;
/** `08:00-18:00`, end excluded; `24:00` is the end of the day. Hours over midnight are two intervals. */
export const HoursText = z
  .string()
  .regex(HOURS, { error: 'hours are HH:MM-HH:MM, up to 24:00' })
  .refine((text) => !HOURS.test(text) || minutes(text)[0] < minutes(text)[1], { error: 'hours end after they begin; over midnight is two intervals' });
const HoursList = z
  .array(HoursText)
  .max(12)
  .refine((list) => list.every((text) => HOURS.test(text)) && isApart(list.map(minutes)), { error: 'intervals of a day must not overlap' });

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const Weekly = z.partialRecord(z.enum([...WEEKDAYS, 'workdays', 'daily']), HoursList);

export const Coverage = z.strictObject({
  label: Bilingual,
  /** What the document says, in its own words. */
  clause: z.string().max(400).optional(),
  /** Only where the document itself names a zone (北京时间); otherwise the hours are local time of the customer's site. */
  zone: Zone.optional(),
  /** `daily`, or `workdays` (Monday to Friday), or single days, which win over both. */
  weekly: Weekly,
  breaks: HoursList.optional(),
  /** Hours of make-up workdays; as on `workdays`, else as on the first day that has hours. */
  makeUp: HoursList.optional(),
  /** `statutory`: closed on public holidays, open on make-up workdays. `ignore`: every week is the same. */
  holidays: z.enum(['statutory', 'ignore']),
});
export type Coverage = z.infer<typeof Coverage>;

/** Hours of the seven days, Monday first. */
export function weeklyHours({ weekly }: Coverage): Hours[][] {
  return WEEKDAYS.map((day, index) => (weekly[day] ?? (index < 5 ? weekly.workdays : undefined) ?? weekly.daily ?? []).map(minutes));
}

/** Calendars are shared: the same hours at the same site keep one set of ready days. */
const CALENDARS = new Map<string, Calendar>();
const MAX_CALENDARS = 500;

export interface Site {
  readonly zone: string;
  readonly holidays: HolidayTable;
  readonly appointments: NonNullable<CalendarOverrides['appointments']>;
}

/** The calendar of a coverage at a site. `takesAppointments`: booked service counts, too. */
export function calendarOf(coverage: Coverage, site: Site, takesAppointments: boolean): Calendar {
  const zone = coverage.zone ?? site.zone;
  const appointments = takesAppointments ? site.appointments.map(({ from, to }): [number, number] => [Date.parse(from), Date.parse(to)]) : [];
  const key = JSON.stringify([coverage, zone, coverage.holidays === 'statutory' ? site.holidays.revision : '', appointments]);
  const kept = CALENDARS.get(key);
  if (kept) return kept;
  const weekly = weeklyHours(coverage);
  const spec: CoverageSpec = {
    zone,
    weekly,
    makeUp: (coverage.makeUp ?? coverage.weekly.workdays)?.map(minutes) ?? weekly.find((hours) => hours.length > 0) ?? [],
    breaks: (coverage.breaks ?? []).map(minutes),
    holidays: coverage.holidays === 'statutory' ? site.holidays : undefined,
    appointments,
  };
  const made = new Calendar(spec);
  if (CALENDARS.size >= MAX_CALENDARS) CALENDARS.clear();
  CALENDARS.set(key, made);
  return made;
}

function minutes(text: string): Hours {
  const [from = '', to = ''] = text.split('-');
  return [minuteOf(from), minuteOf(to)];
}
function minuteOf(text: string): number {
  const [hour = '0', minute = '0'] = text.split(':');
  return Number(hour) * 60 + Number(minute);
}
function isApart(list: readonly Hours[]): boolean {
  const sorted = [...list].sort((a, b) => a[0] - b[0]);
  return sorted.every(([from], index) => index === 0 || (sorted[index - 1]?.[1] ?? 0) <= from);
}
