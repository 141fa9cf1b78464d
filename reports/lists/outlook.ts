/** Lists of dates to come: the calendar, and the support of releases. */

import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Cell, Tone } from '../blocks.ts';
import { calendarDay, calendarDayCell, countCell, dateCell, textCell } from '../cells.ts';
import type { CalendarEntry, LifecycleEntry } from '../facts/period.ts';
import { formatDate, formatNumber, NO_VALUE, say } from '../format.ts';
import type { Fact, ReportModel, Rows } from '../model.ts';
import { known } from '../model.ts';
import { calendarKind } from '../service-words.ts';
import { policyWords } from '../source-words.ts';
import type { List } from './list.ts';

const DAY = 86_400;
/** A list that the model holds in full. */
export function whole<T>(fact: Fact<readonly T[]> | undefined): Fact<Rows<T>> | undefined {
  if (!fact || 'missing' in fact) return fact;
  return { value: { rows: fact.value, total: fact.value.length } };
}
/** Steps of urgency for dates: 7, 30 and 90 days (as certificates and licences are commonly warned of); whole days, as their checks count. */
export function dueTone(dueAt: number, asOf: number): Tone | undefined {
  const days = Math.floor((dueAt - asOf) / DAY);
  if (days <= 7) return 'critical';
  if (days <= 30) return 'warning';
  return days <= 90 ? 'info' : undefined;
}
export const SHAPES: Readonly<Partial<Record<Tone, string>>> = { critical: '■\u00a0', warning: '▲\u00a0', info: '●\u00a0' };
/** Days of the calendar that are left, negative when the day has passed. */
export function calendarDaysLeft(dueAt: number, { asOf, zoneMinutes }: Pick<ReportModel['period'], 'asOf' | 'zoneMinutes'>): number {
  const dayOf = (at: number): number => Math.floor((at + zoneMinutes * 60) / DAY);
  return dayOf(dueAt) - dayOf(asOf);
}
/** `▲ 12`: the same as a cell, with its step of urgency. */
export function daysLeftCell(dueAt: number | undefined, period: Pick<ReportModel['period'], 'asOf' | 'zoneMinutes'>): Cell {
  if (dueAt === undefined) return { text: NO_VALUE };
  const days = calendarDaysLeft(dueAt, period);
  const tone = dueTone(dueAt, period.asOf);
  return { text: `${tone ? (SHAPES[tone] ?? '') : ''}${formatNumber(days)}`, value: days, tone };
}

/** Dates to come, soonest first. */
export const calendarList: List<CalendarEntry> = {
  id: 'calendar',
  title: { zh: '到期日历', en: 'Dates to come' },
  sheet: { zh: '到期日历', en: 'Calendar' },
  empty: { zh: '没有已知的到期日。', en: 'No dates are known.' },
  pick({ calendar }) {
    const value = known(calendar);
    return value
      ? { value: { rows: value.rows.toSorted((a, b) => a.dueAt - b.dueAt || (a.name < b.name ? -1 : 1)), total: value.total } }
      : calendar && 'missing' in calendar
        ? calendar
        : undefined;
  },
  columns: [
    { title: { zh: '到期日', en: 'Due' }, weight: 2.2, width: 14, cell: ({ kind, dueAt }, model) => (kind === 'lifecycle' ? calendarDayCell : dateCell)(dueAt, model) },
    {
      title: { zh: '剩余（天）', en: 'Days left' },
      align: 'right',
      weight: 1.8,
      width: 12,
      cell: ({ kind, dueAt }, model) => daysLeftCell(kind === 'lifecycle' ? calendarDay(dueAt, model) : dueAt, model.period),
    },
    { title: { zh: '类型', en: 'Kind' }, weight: 2, width: 14, cell: (entry, _model, locale) => textCell(calendarKind(entry, locale)) },
    { title: { zh: '对象', en: 'Object' }, format: 'name', weight: 5, width: 40, cell: ({ name }) => textCell(name) },
    { title: { zh: '说明', en: 'Note' }, weight: 4, width: 40, cell: ({ note }) => textCell(note) },
    { title: { zh: '来源', en: 'Source' }, weight: 3, width: 40, cell: ({ source }, model, locale) => textCell(policyWords(source, model, locale)) },
  ],
};

/** What is in use and until when it is supported. */
export const lifecyclesList: List<LifecycleEntry> = {
  id: 'lifecycles',
  title: { zh: '版本生命周期', en: 'Support of releases' },
  sheet: { zh: '版本生命周期', en: 'Lifecycles' },
  empty: { zh: '没有识别出带生命周期的产品。', en: 'No product with a lifecycle was recognised.' },
  pick: ({ lifecycles }) => whole(lifecycles),
  columns: [
    { title: { zh: '产品', en: 'Product' }, format: 'name', weight: 3, width: 24, cell: ({ product }) => textCell(product) },
    { title: { zh: '版本', en: 'Release' }, format: 'name', weight: 2.4, width: 18, cell: ({ version }) => textCell(version) },
    { title: { zh: '使用数', en: 'In use' }, align: 'right', weight: 1.4, width: 10, cell: ({ inUse }) => countCell(inUse) },
    { title: { zh: '发布', en: 'Released' }, width: 14, cell: ({ releasedAt }, model) => calendarDayCell(releasedAt, model) },
    { title: { zh: '停止支持', en: 'End of support' }, weight: 2.4, width: 14, cell: ({ endOfSupportAt }, model) => calendarDayCell(endOfSupportAt, model) },
    {
      title: { zh: '剩余（天）', en: 'Days left' },
      align: 'right',
      weight: 1.8,
      width: 12,
      cell: ({ inUse, endOfSupportAt }, model) =>
        inUse > 0 ? daysLeftCell(endOfSupportAt === undefined ? undefined : calendarDay(endOfSupportAt, model), model.period) : { text: NO_VALUE },
    },
    {
      title: { zh: '结论', en: 'Verdict' },
      format: 'status',
      weight: 3,
      width: 26,
      // The contract's own product lines are listed, also where none of them was seen.
      cell: (entry, model, locale) => (entry.inUse > 0 ? stateOf(entry, model, locale) : { text: say(locale, '– 未识别到在用', '– Not found in use'), tone: 'neutral' }),
    },
    { title: { zh: '建议版本', en: 'Advised' }, format: 'name', weight: 2.4, width: 18, cell: ({ advised }) => textCell(advised) },
    { title: { zh: '依据', en: 'Source' }, weight: 3, width: 40, cell: ({ source }, model, locale) => textCell(policyWords(source, model, locale)) },
    { title: { zh: '依据日期', en: 'As of' }, width: 14, cell: ({ sourceAt }, model) => calendarDayCell(sourceAt, model) },
  ],
};
/** Of a version that was not read nobody can look up a date. */
function stateOf(entry: LifecycleEntry, model: ReportModel, locale: Locale): Cell {
  if (entry.of === 'middleware' && entry.version === '') return { text: say(locale, '? 版本未读取', '? Version not read'), tone: 'unknown' };
  return lifecycleState(entry, model, locale);
}
/** Supported, within 180 days of the end, or past it: no fix can be published any more. */
export function lifecycleState(
  { endOfSupportAt, regularSupportEndsAt }: Pick<LifecycleEntry, 'endOfSupportAt' | 'regularSupportEndsAt'>,
  { period }: Pick<ReportModel, 'period'>,
  locale: Locale,
): Cell {
  if (endOfSupportAt === undefined) return { text: say(locale, '? 未收录公开日期', '? No published date known'), tone: 'unknown' };
  const days = calendarDaysLeft(calendarDay(endOfSupportAt, { period }), period);
  if (days < 0) return { text: say(locale, '■ 已停止维护', '■ Out of support'), tone: 'critical' };
  if (days <= 180) return { text: say(locale, '▲ 180 天内到期', '▲ Ends within 180 days'), tone: 'warning' };
  if (regularSupportEndsAt !== undefined && regularSupportEndsAt < period.asOf) {
    const day = formatDate(calendarDay(regularSupportEndsAt, { period }), period.zoneMinutes);
    return { text: say(locale, `● 仅 LTS/扩展支持（${day} 起）`, `● LTS/extended only (since ${day})`), tone: 'info' };
  }
  return { text: say(locale, '✓ 支持中', '✓ Supported'), tone: 'ok' };
}
