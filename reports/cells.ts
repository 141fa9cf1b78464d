/** Cells of the kinds of values that tables and worksheets share. */
import type { Locale, Severity } from '../agent/wire/vocabulary.ts';
import type { Cell, Tone } from './blocks.ts';
import { formatBytes, formatDate, formatDuration, formatNumber, formatTime, NO_VALUE } from './format.ts';
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
  return at === undefined ? { text: NO_VALUE } : { text: formatDate(at, period.zoneMinutes), at, tone };
}
export function durationCell(seconds: number | undefined, locale: Locale): Cell {
  return seconds === undefined ? { text: NO_VALUE } : { text: formatDuration(seconds, locale) };
}
export function bytesCell(bytes: number | undefined): Cell {
  return bytes === undefined ? { text: NO_VALUE } : { text: formatBytes(bytes) };
}
export function severityCell(severity: Severity, locale: Locale): Cell {
  return { text: severityWords(severity, locale), tone: severity };
}
