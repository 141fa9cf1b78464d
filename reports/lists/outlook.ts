/** Lists about time: comparison with the previous report, forecasts, dates to come, lifecycles. */

import type { Locale } from '../../agent/wire/vocabulary.ts';
import { NO_EARLIER } from '../assessment.ts';
import type { Cell, Tone } from '../blocks.ts';
import { calendarDay, calendarDayCell, countCell, dateCell, quantityCell, severityCell, textCell } from '../cells.ts';
import { fullAt, fullLevel } from '../due-dates.ts';
import type { CalendarEntry, ComparedFinding, Forecast, LifecycleEntry, NamespaceHealth } from '../facts/period.ts';
import { scopeWords, titleOf } from '../findings.ts';
import { formatDate, formatNumber, NO_VALUE, say } from '../format.ts';
import type { Fact, ReportModel, Rows } from '../model.ts';
import { known } from '../model.ts';
import { calendarKind, confidenceWord, forecastGap, seriesWord, standingCell } from '../service-words.ts';
import { policyWords } from '../source-words.ts';
import type { List, ListColumn } from './list.ts';

const DAY = 86_400;
/** A list that the model holds in full. */
function whole<T>(fact: Fact<readonly T[]> | undefined): Fact<Rows<T>> | undefined {
  if (!fact || 'missing' in fact) return fact;
  return { value: { rows: fact.value, total: fact.value.length } };
}
/** Steps of urgency for dates: 7, 30 and 90 days (as certificates and licences are commonly warned of). */
export function dueTone(dueAt: number, asOf: number): Tone | undefined {
  const days = (dueAt - asOf) / DAY;
  if (days <= 7) return 'critical';
  if (days <= 30) return 'warning';
  return days <= 90 ? 'info' : undefined;
}
const SHAPES: Readonly<Partial<Record<Tone, string>>> = { critical: '■\u00a0', warning: '▲\u00a0', info: '●\u00a0' };
/** `▲ 12`: days of the calendar that are left, negative when the day has passed. */
export function daysLeftCell(dueAt: number | undefined, { asOf, zoneMinutes }: Pick<ReportModel['period'], 'asOf' | 'zoneMinutes'>): Cell {
  if (dueAt === undefined) return { text: NO_VALUE };
  const dayOf = (at: number): number => Math.floor((at + zoneMinutes * 60) / DAY);
  const days = dayOf(dueAt) - dayOf(asOf);
  const tone = dueTone(dueAt, asOf);
  return { text: `${tone ? (SHAPES[tone] ?? '') : ''}${formatNumber(days)}`, value: days, tone };
}

const STANDING_ORDER = ['worse', 'new', 'open', 'better', 'gone'] as const;
/** A comparison of two moments that are no reports has no such column. */
export const consecutiveReports: ListColumn<ComparedFinding> = {
  ...{ title: { zh: '连续报告次数', en: 'Consecutive reports' }, align: 'right', weight: 1.8, width: 14 },
  cell: ({ reports }) => countCell(reports),
};
/** Findings beside the previous report, those that became worse first. */
export const comparisonList: List<ComparedFinding> = {
  id: 'comparison',
  title: { zh: '与上次相比的变化', en: 'Changes since the previous report' },
  sheet: { zh: '与上次对比', en: 'Comparison' },
  empty: { zh: '两次都没有发现问题。', en: 'Neither report has findings.' },
  missing: { 'no-history': NO_EARLIER },
  pick({ comparison }) {
    if (!comparison || 'missing' in comparison) return comparison;
    const rank = { critical: 0, warning: 1, info: 2 } as const;
    const rows = comparison.value.findings.toSorted(
      (a, b) => STANDING_ORDER.indexOf(a.standing) - STANDING_ORDER.indexOf(b.standing) || rank[a.finding.severity] - rank[b.finding.severity] || a.firstSeenAt - b.firstSeenAt,
    );
    return { value: { rows, total: rows.length } };
  },
  columns: [
    { title: { zh: '变化', en: 'Change' }, format: 'status', weight: 2, width: 14, cell: ({ standing }, _model, locale) => standingCell(standing, locale) },
    { title: { zh: '级别', en: 'Severity' }, format: 'status', weight: 2, width: 12, cell: ({ finding }, _model, locale) => severityCell(finding.severity, locale) },
    { title: { zh: '问题', en: 'Problem' }, weight: 5, width: 40, cell: ({ finding }, model, locale) => textCell(titleOf(model, finding.check, locale)) },
    { title: { zh: '对象', en: 'Object' }, format: 'name', weight: 5, width: 36, cell: ({ finding }, model, locale) => textCell(scopeWords(model, finding.scope, locale)) },
    { title: { zh: '首次发现', en: 'First seen' }, weight: 2.4, width: 14, cell: ({ firstSeenAt }, model) => dateCell(firstSeenAt, model) },
    {
      title: { zh: '已存在（天）', en: 'Age (days)' },
      align: 'right',
      weight: 1.8,
      width: 12,
      cell: ({ firstSeenAt, goneAt }, { period }) => countCell(Math.max(0, Math.floor(((goneAt ?? period.asOf) - firstSeenAt) / DAY))),
    },
    consecutiveReports,
    { title: { zh: '标识', en: 'Check' }, width: 30, cell: ({ finding }) => textCell(finding.check) },
  ],
};

/** The shape and colour that the list of problems gives a value at this level. */
function levelled(cell: Cell, { current, limit, criticalLimit = Number.POSITIVE_INFINITY }: Forecast): Cell {
  const tone = current >= criticalLimit ? 'critical' : current >= limit ? 'warning' : undefined;
  return tone === undefined ? cell : { ...cell, text: `${SHAPES[tone] ?? ''}${cell.text}`, tone };
}

/** Beyond its limit already: there is nothing to wait for. */
export function isPast({ current, limit, unknown }: Forecast): boolean {
  return unknown === undefined && current >= limit;
}
/** Since when a series has been at its limit or beyond, by its own points; nothing where the period began so. */
export function pastSince({ id, limit }: Forecast, { trends }: Pick<ReportModel, 'trends'>): number | undefined {
  const points =
    known(trends)
      ?.find((trend) => trend.id === id)
      ?.points.filter(({ value }) => value !== null) ?? [];
  const below = points.findLastIndex(({ value }) => value !== null && value < limit);
  return below < 0 ? undefined : points[below + 1]?.at;
}

/** When what runs full, soonest first; those without a forecast say why. */
export const forecastsList: List<Forecast> = {
  id: 'forecasts',
  title: { zh: '容量预测', en: 'Capacity forecast' },
  sheet: { zh: '容量预测', en: 'Forecast' },
  empty: { zh: '没有可预测的序列。', en: 'There is nothing to forecast.' },
  pick({ forecasts }) {
    const order = ({ daysToLimit = 1e9, unknown }: Forecast): number => (unknown === undefined ? daysToLimit : 1e10);
    const rows = known(forecasts)?.toSorted((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1));
    return rows ? { value: { rows, total: rows.length } } : whole(forecasts);
  },
  columns: [
    { title: { zh: '指标', en: 'Measure' }, weight: 5, width: 22, cell: ({ kind, source }, _model, locale) => textCell(seriesWord(kind, locale, source)) },
    {
      title: { zh: '对象', en: 'Object' },
      format: 'name',
      weight: 7,
      width: 34,
      cell: ({ name }, { subject }, locale) => textCell(name || subject.cluster || say(locale, '集群', 'Cluster')),
    },
    {
      title: { zh: '当前', en: 'Now' },
      align: 'right',
      weight: 1.8,
      width: 14,
      cell: (forecast, model, locale) => levelled(quantityCell(forecast.current, forecast.unit, model, locale), forecast),
    },
    {
      title: { zh: '上限', en: 'Limit' },
      align: 'right',
      weight: 1.8,
      width: 14,
      cell: ({ limit, unit }, model, locale) => quantityCell(limit, unit, model, locale),
    },
    {
      title: { zh: '每天变化', en: 'Per day' },
      align: 'right',
      weight: 2,
      width: 14,
      cell: ({ slopePerDay, unit }, model, locale) => quantityCell(slopePerDay === undefined ? undefined : Number(slopePerDay.toPrecision(2)), unit, model, locale, true),
    },
    {
      title: { zh: '走势自', en: 'Course since' },
      weight: 2.5,
      width: 14,
      cell: ({ since, slopePerDay }, model, locale) =>
        since !== undefined ? dateCell(since, model) : { text: slopePerDay === undefined ? NO_VALUE : say(locale, '全期', 'whole period') },
    },
    {
      title: { zh: '到达上限（天）', en: 'Limit in (days)' },
      align: 'right',
      width: 14,
      cell(forecast, { period }, locale) {
        const { daysToLimit, unknown } = forecast;
        if (isPast(forecast)) return levelled({ text: say(locale, '已超过', 'past') }, forecast);
        if (unknown !== undefined) return { text: NO_VALUE };
        if (daysToLimit === undefined) return { text: say(locale, '一年以上', 'over a year') };
        return daysLeftCell(period.asOf + daysToLimit * DAY, period);
      },
    },
    {
      title: { zh: '到达上限', en: 'Limit reached' },
      weight: 3.4,
      width: 14,
      cell(forecast, model, locale) {
        const { daysToLimit, unknown } = forecast;
        const { asOf } = model.period;
        if (isPast(forecast)) {
          const day = dateCell(pastSince(forecast, model), model);
          return levelled({ ...day, text: day.at === undefined ? say(locale, '已超过', 'passed') : say(locale, `${day.text} 起`, `since ${day.text}`) }, forecast);
        }
        if (unknown !== undefined) return { text: NO_VALUE };
        if (daysToLimit === undefined) return { text: say(locale, '一年以上', 'over a year') };
        const at = asOf + daysToLimit * DAY;
        const day = dateCell(at, model, dueTone(at, asOf));
        return { ...day, text: `${day.tone ? (SHAPES[day.tone] ?? '') : ''}${day.text}` };
      },
    },
    {
      title: { zh: '预计达 100 %', en: '100 % on' },
      weight: 2.5,
      optional: true,
      width: 14,
      // What has no more than its limit is full there.
      cell: (forecast, model) => (fullLevel(forecast) > forecast.limit ? dateCell(fullAt(forecast, model.period.asOf), model) : { text: NO_VALUE }),
    },
    {
      title: { zh: '可信度', en: 'Confidence' },
      weight: 2.4,
      width: 24,
      cell: ({ confidence, unknown }, _model, locale) =>
        unknown === undefined
          ? textCell(confidenceWord(confidence, locale))
          : unknown === 'no-trend'
            ? textCell(say(locale, '没有上升趋势', 'does not rise'))
            : { text: say(locale, `? 无预测：${forecastGap(unknown, locale)}`, `? None: ${forecastGap(unknown, locale)}`), tone: 'unknown' },
    },
  ],
};

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
      cell: (entry, model, locale) => (entry.inUse > 0 ? lifecycleState(entry, model, locale) : { text: say(locale, '– 未识别到在用', '– Not found in use'), tone: 'neutral' }),
    },
    { title: { zh: '建议版本', en: 'Advised' }, format: 'name', weight: 2.4, width: 18, cell: ({ advised }) => textCell(advised) },
    { title: { zh: '依据', en: 'Source' }, weight: 3, width: 40, cell: ({ source }, model, locale) => textCell(policyWords(source, model, locale)) },
    { title: { zh: '依据日期', en: 'As of' }, width: 14, cell: ({ sourceAt }, model) => calendarDayCell(sourceAt, model) },
  ],
};
/** Supported, within 180 days of the end, or past it: no fix can be published any more. */
export function lifecycleState(
  { endOfSupportAt, regularSupportEndsAt }: Pick<LifecycleEntry, 'endOfSupportAt' | 'regularSupportEndsAt'>,
  { period }: Pick<ReportModel, 'period'>,
  locale: Locale,
): Cell {
  if (endOfSupportAt === undefined) return { text: say(locale, '? 未知', '? Unknown'), tone: 'unknown' };
  const days = (endOfSupportAt - period.asOf) / DAY;
  if (days < 0) return { text: say(locale, '■ 已停止维护', '■ Out of support'), tone: 'critical' };
  if (days <= 180) return { text: say(locale, '▲ 180 天内到期', '▲ Ends within 180 days'), tone: 'warning' };
  if (regularSupportEndsAt !== undefined && regularSupportEndsAt < period.asOf) {
    const day = formatDate(calendarDay(regularSupportEndsAt, { period }), period.zoneMinutes);
    return { text: say(locale, `● 仅 LTS/扩展支持（${day} 起）`, `● LTS/extended only (since ${day})`), tone: 'info' };
  }
  return { text: say(locale, '✓ 支持中', '✓ Supported'), tone: 'ok' };
}

/** Namespaces, those with the worst findings first. */
export const namespacesList: List<NamespaceHealth> = {
  id: 'namespaces',
  title: { zh: '命名空间健康', en: 'Health by namespace' },
  sheet: { zh: '命名空间', en: 'Namespaces' },
  empty: { zh: '没有命名空间。', en: 'There are no namespaces.' },
  pick({ namespaces }) {
    const value = known(namespaces);
    if (!value) return namespaces;
    const weight = ({ findings }: NamespaceHealth): number => findings.critical * 1e6 + findings.warning * 1e3 + findings.info;
    return { value: { rows: value.rows.toSorted((a, b) => weight(b) - weight(a) || (a.name < b.name ? -1 : 1)), total: value.total } };
  },
  columns: [
    { title: { zh: '命名空间', en: 'Namespace' }, format: 'name', weight: 4, width: 30, cell: ({ name }) => textCell(name) },
    {
      title: { zh: '就绪 / 工作负载', en: 'Healthy / workloads' },
      align: 'right',
      weight: 2.4,
      width: 18,
      cell: ({ workloads, healthyWorkloads }) => ({
        text: `${healthyWorkloads ?? NO_VALUE} / ${workloads}`,
        tone: healthyWorkloads !== undefined && healthyWorkloads < workloads ? 'warning' : undefined,
      }),
    },
    { title: { zh: 'Pod', en: 'Pods' }, align: 'right', weight: 1.4, width: 10, cell: ({ pods }) => countCell(pods) },
    { title: { zh: '重启', en: 'Restarts' }, align: 'right', weight: 1.6, width: 10, cell: ({ restarts }) => countCell(restarts) },
    { title: { zh: '■ 严重', en: '■ Critical' }, align: 'right', weight: 1.6, width: 14, cell: ({ findings }) => countCell(findings.critical, 'critical') },
    { title: { zh: '▲ 风险', en: '▲ Warning' }, align: 'right', weight: 1.6, width: 14, cell: ({ findings }) => countCell(findings.warning, 'warning') },
    { title: { zh: '● 关注', en: '● Notice' }, align: 'right', weight: 1.6, width: 14, cell: ({ findings }) => countCell(findings.info, 'info') },
    {
      title: { zh: 'CPU 申请（核）', en: 'CPU requested (cores)' },
      align: 'right',
      weight: 2,
      width: 16,
      numbers: '0.0',
      cell: ({ cpuRequestMillicores: value }) => countCell(value === undefined ? undefined : value / 1_000),
    },
    {
      title: { zh: 'CPU 使用（核）', en: 'CPU used (cores)' },
      align: 'right',
      weight: 2,
      width: 16,
      numbers: '0.0',
      cell: ({ cpuUsedMillicores: value }) => countCell(value === undefined ? undefined : value / 1_000),
    },
    {
      title: { zh: '内存申请（GiB）', en: 'Memory requested (GiB)' },
      width: 18,
      numbers: '0.0',
      cell: ({ memoryRequestBytes: value }) => countCell(value === undefined ? undefined : value / 2 ** 30),
    },
    {
      title: { zh: '内存使用（GiB）', en: 'Memory used (GiB)' },
      width: 18,
      numbers: '0.0',
      cell: ({ memoryUsedBytes: value }) => countCell(value === undefined ? undefined : value / 2 ** 30),
    },
  ],
};
