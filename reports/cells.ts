/** Cells of the kinds of values that tables and worksheets share. */
import type { Locale, Severity, Unit } from '../agent/wire/vocabulary.ts';
import type { Cell, Tone } from './blocks.ts';
import { formatBytes, formatDate, formatDuration, formatNumber, formatQuantity, formatTime, NO_VALUE } from './format.ts';
import type { ReportModel } from './model.ts';
import { severityWords } from './words.ts';

export function textCell(text: string | undefined, tone?: Tone): Cell {
  return { text: text === undefined || text === '' ? NO_VALUE : text, tone };
}
export function countCell(value: number | undefined, tone?: Tone): Cell {
  return value === undefined || !Number.isFinite(value) ? { text: NO_VALUE } : { text: formatNumber(value), value, tone: value === 0 ? undefined : tone };
}
/** Three significant digits are enough for a share; the unit stands in the head. */
export function shareCell(percent: number | undefined, tone?: Tone): Cell {
  return percent === undefined || !Number.isFinite(percent) ? { text: NO_VALUE } : { text: formatNumber(Number(percent.toPrecision(3))), value: percent, tone };
}
export function timeCell(at: number | undefined, { period }: Pick<ReportModel, 'period'>): Cell {
  return at === undefined ? { text: NO_VALUE } : { text: formatTime(at, period.zoneMinutes), at };
}
export function dateCell(at: number | undefined, { period }: Pick<ReportModel, 'period'>, tone?: Tone): Cell {
  return at === undefined ? { text: NO_VALUE } : { text: formatDate(at, period.zoneMinutes), at, day: true, tone };
}
const DAY = 86_400;
/** The last second and the last minute of a day, as tables of releases end. */
const DAY_ENDS: ReadonlySet<number> = new Set([0, DAY - 1, DAY - 60]);
/**
 * A day of a calendar (a release's end of support): the same day wherever it is read, kept as a moment of that day by UTC. What has an hour of
 * its own is a moment, and its day that of the report's zone.
 */
export function calendarDayCell(at: number | undefined, model: Pick<ReportModel, 'period'>): Cell {
  return dateCell(at === undefined ? undefined : calendarDay(at, model), model);
}
/** Where that day begins in the report's zone. Unix seconds. */
export function calendarDay(at: number, { period }: Pick<ReportModel, 'period'>): number {
  const hour = at % DAY;
  return DAY_ENDS.has(hour) ? at - hour - period.zoneMinutes * 60 : at;
}
export function durationCell(seconds: number | undefined, locale: Locale): Cell {
  return seconds === undefined ? { text: NO_VALUE } : { text: formatDuration(seconds, locale), typed: { value: seconds / 86_400, format: '[h]:mm:ss' } };
}
export function bytesCell(bytes: number | undefined): Cell {
  return bytes === undefined ? { text: NO_VALUE } : { text: formatBytes(bytes), typed: typedOf(bytes, 'bytes') };
}
/** A measured value with its unit; `signed` says which way a change goes. */
export function quantityCell(value: number | undefined, unit: Unit, { period }: Pick<ReportModel, 'period'>, locale: Locale, signed = false): Cell {
  if (value === undefined || !Number.isFinite(value)) return { text: NO_VALUE };
  return { text: `${signed && value > 0 ? '+' : ''}${formatQuantity(value, unit, locale, period.zoneMinutes)}`, typed: typedOf(value, unit, signed) };
}
/** Shares and sizes keep one unit down a column, so that they can be sorted and summed. */
const SHOWN_AS: Readonly<Partial<Record<Unit, { readonly per: number; readonly digits: string; readonly unit: string }>>> = {
  percent: { per: 1, digits: '0.##', unit: ' %' },
  bytes: { per: 2 ** 30, digits: '#,##0.00', unit: ' GiB' },
  'bytes-per-second': { per: 2 ** 20, digits: '#,##0.00', unit: ' MiB/s' },
  count: { per: 1, digits: '#,##0.##', unit: '' },
};
function typedOf(value: number, unit: Unit, signed = false): Cell['typed'] {
  const shown = SHOWN_AS[unit];
  if (!shown) return undefined;
  const digits = `${shown.digits}${shown.unit === '' ? '' : `"${shown.unit}"`}`;
  return { value: value / shown.per, format: signed ? `+${digits};-${digits};${digits}` : digits };
}
export function severityCell(severity: Severity, locale: Locale): Cell {
  return { text: severityWords(severity, locale), tone: severity };
}
