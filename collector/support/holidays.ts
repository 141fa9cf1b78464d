/**
 * Statutory holidays and make-up workdays by year. The bundled data of China are the notices of the State Council in the schema
 * of holiday-cn, each file with its papers and its sha256; nothing is fetched at run time. A year without a file is unknown:
 * arithmetic that touches it says so, and never falls back in silence.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PolicyError } from './policy-error.ts';

const DAY = z.iso.date();

/** One year of holiday-cn: `isOffDay: false` is a make-up workday (调休上班). A notice may name days of the December before. */
export const HolidayYear = z.strictObject({
  $schema: z.string().optional(),
  $id: z.string().optional(),
  year: z.number().int().min(2000).max(2100),
  papers: z.array(z.url()).max(10),
  days: z.array(z.strictObject({ name: z.string().max(40), date: DAY, isOffDay: z.boolean() })).max(120),
});
export type HolidayYear = z.infer<typeof HolidayYear>;

/** What a contract changes in the calendar; stronger than any notice. A workday is stronger than a holiday of the same date. */
export const CalendarOverrides = z.strictObject({
  /** Region whose holidays hold at the site; `none`: weekends only. */
  region: z.enum(['cn', 'none']).optional(),
  /** Whole years, for example one that was published after this release. */
  years: z.array(HolidayYear).max(20).optional(),
  holidays: z.array(DAY).max(400).optional(),
  workdays: z.array(DAY).max(400).optional(),
  /** Service booked ahead outside the hours (TongTech: 提前预约), as instants. */
  appointments: z
    .array(z.strictObject({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) }))
    .max(400)
    .optional(),
});
export type CalendarOverrides = z.infer<typeof CalendarOverrides>;

export type Region = 'cn' | 'none';
export type DayKind = 'holiday' | 'make-up-workday';

/** Years of one region, as files gave them; `revision` names exactly these data. */
export interface HolidayData {
  readonly revision: string;
  readonly years: ReadonlyMap<number, HolidayYear>;
}

/** Answers what kind of day a date is. */
export interface HolidayTable {
  readonly revision: string;
  readonly kindOf: (date: string) => DayKind | undefined;
  /** No notice for that date's year; for the last days of December also the notice of the year after, which may move them. */
  readonly isProvisional: (date: string) => boolean;
}

const BUNDLED = join(import.meta.dirname, 'holidays', 'cn');

/** The bundled years of China, and those of `<extraDir>/holidays/cn/<year>.json`, which replace a bundled year. @throws PolicyError */
export function loadHolidays(extraDir?: string): HolidayData {
  const sums = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(join(BUNDLED, 'sha256.json'), 'utf8')));
  const years = new Map<number, HolidayYear>();
  const hash = createHash('sha256');
  const take = (path: string, text: string): void => {
    const year = parseYear(path, text);
    years.set(year.year, year);
    hash.update(text);
  };
  for (const [file, sum] of Object.entries(sums)) {
    const path = join(BUNDLED, file);
    const text = readFileSync(path, 'utf8');
    if (createHash('sha256').update(text).digest('hex') !== sum)
      throw new PolicyError([`${file}: differs from its sha256; put changed years into <policies>/holidays/cn/ instead`]);
    take(path, text);
  }
  const extra = extraDir === undefined ? undefined : join(extraDir, 'holidays', 'cn');
  if (extra !== undefined && existsSync(extra)) {
    for (const file of readdirSync(extra).sort()) if (/^\d{4}\.json$/.test(file)) take(join(extra, file), readFileSync(join(extra, file), 'utf8'));
  }
  return { revision: hash.digest('hex').slice(0, 12), years };
}

/** Years that came by another way stand in place of the known ones. @throws PolicyError */
export function holidaysWith(base: HolidayData, years: readonly unknown[]): HolidayData {
  if (years.length === 0) return base;
  const all = new Map(base.years);
  const hash = createHash('sha256').update(base.revision);
  for (const [index, year] of years.entries()) {
    const text = JSON.stringify(year);
    const parsed = parseYear(`holidays.${index}`, text);
    all.set(parsed.year, parsed);
    hash.update(text);
  }
  return { revision: hash.digest('hex').slice(0, 12), years: all };
}

function parseYear(path: string, text: string): HolidayYear {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new PolicyError([`${path}: not JSON`]);
  }
  const parsed = HolidayYear.safeParse(json);
  if (!parsed.success) throw new PolicyError(parsed.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`));
  return parsed.data;
}

/** From here on the next year's notice may move a day (2018-12-29 was a make-up workday, 2022-12-31 a holiday). */
const NEXT_NOTICE_FROM = '12-28';

/** The table of one site: a region's data under the contract's overrides. */
export function holidayTable(data: HolidayData, region: Region, overrides: CalendarOverrides = {}): HolidayTable {
  const chosen = overrides.region ?? region;
  const years = new Map(chosen === 'cn' ? data.years : []);
  for (const year of overrides.years ?? []) years.set(year.year, year);
  const kinds = kindsOf([...years.values()].flatMap(({ days }) => days));
  for (const date of overrides.holidays ?? []) kinds.set(date, 'holiday');
  for (const date of overrides.workdays ?? []) kinds.set(date, 'make-up-workday');
  // An empty file (published before the notice) is no data.
  const known = new Set([...years.values()].filter(({ days }) => days.length > 0).map(({ year }) => year));
  return {
    revision: `${chosen}@${chosen === 'cn' ? data.revision : '0'}${Object.keys(overrides).length === 0 ? '' : `+${digest(overrides)}`}`,
    kindOf: (date) => kinds.get(date),
    isProvisional: (date) => {
      if (chosen === 'none') return false;
      const year = Number(date.slice(0, 4));
      return !known.has(year) || (date.slice(5) >= NEXT_NOTICE_FROM && !known.has(year + 1));
    },
  };
}

/** A make-up workday is stronger than a holiday, whichever notice names it. */
function kindsOf(days: readonly HolidayYear['days'][number][]): Map<string, DayKind> {
  const kinds = new Map<string, DayKind>();
  for (const { date, isOffDay } of days) if (!isOffDay || kinds.get(date) !== 'make-up-workday') kinds.set(date, isOffDay ? 'holiday' : 'make-up-workday');
  return kinds;
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);
}
