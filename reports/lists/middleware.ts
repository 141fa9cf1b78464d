/** Lists about middleware instances and their items. */

import type { Reach } from '../../agent/wire/sections/middleware/products.ts';
import type { Locale, Severity, Text } from '../../agent/wire/vocabulary.ts';
import type { Cell } from '../blocks.ts';
import { dateCell, textCell } from '../cells.ts';
import type { MiddlewareInstance, MiddlewareItem } from '../facts/middleware.ts';
import { formatObserved, formatTime, say } from '../format.ts';
import { limitWords } from '../limits.ts';
import { known, type ReportModel } from '../model.ts';
import { observedWord } from '../observed-words.ts';
import { isMiddleware } from '../sections/middleware-findings.ts';
import { checkGroup, modeWord } from '../service-words.ts';
import { citedWords } from '../source-words.ts';
import { problemVerdict, REASON_WORDS, SEVERITY_MARKS, verdictWords } from '../words.ts';
import type { List } from './list.ts';
import { daysLeftCell } from './outlook.ts';

/** What was read of some of it is no proof for the rest. */
const READ_IN_PART: ReadonlySet<Reach> = new Set<Reach>(['ok', 'partial', 'files-only']);

/** The worst answer of an instance. One that could not be read was not checked: that is no risk of its own, and no sign of health either. */
export function instanceState(instance: MiddlewareInstance, locale: Locale, model?: ReportModel): Cell {
  const { name, running, gap } = instance;
  if (instance.items.length === 0 && model && running !== false) return stateByFindings(name, running, model, locale);
  const items = itemsOf(instance);
  const failed = items.filter(({ verdict }) => verdict === 'fail');
  for (const severity of ['critical', 'warning', 'info'] as const)
    if (failed.some((item) => item.severity === severity)) return running === false ? notRunningCell(severity, locale) : verdictWords('fail', severity, locale);
  if (gap && !READ_IN_PART.has(gap.reach)) return verdictWords('unknown', 'info', locale);
  if (gap && gap.unanswered > 0) return { text: say(locale, '? 部分未检查', '? Partly checked'), tone: 'unknown' };
  return verdictWords(items.some(({ verdict }) => verdict === 'pass') ? 'pass' : 'unknown', 'info', locale);
}

function notRunningCell(severity: Severity, locale: Locale): Cell {
  return { text: `${SEVERITY_MARKS[severity].shape} ${say(locale, '未运行', 'Not running')}`, tone: severity };
}

/** That an instance was not read is told with its reason and the way to it, not as a problem of the instance. */
const UNREAD = 'middleware-instance-unread';
/** Found by its files alone: whether that is meant only its owner knows. */
const NOT_RUNNING: MiddlewareItem = {
  group: 'load',
  name: 'not-running',
  title: { zh: '实例未运行', en: 'Instance is not running' },
  remedy: {
    zh: '确认是否有意停用：已停用的，从巡检范围中去除；应当运行的，启动后查看其启动日志。',
    en: 'Confirm whether it was stopped intentionally. If so, remove it from the inspection scope; otherwise start it and check the start-up log.',
  },
  unit: 'value',
  verdict: 'fail',
  severity: 'warning',
};
/** What an instance is judged by. */
export function itemsOf({ items, running }: MiddlewareInstance): readonly MiddlewareItem[] {
  return [...(running === false ? [NOT_RUNNING] : []), ...items.filter(({ check }) => check !== UNREAD)];
}

/** Of an instance that has no items of its own: its worst finding; in order only when it answered and some check of middleware did. */
function stateByFindings(name: string, running: boolean | undefined, { findings, verdicts }: ReportModel, locale: Locale): Cell {
  const own = findings.filter((finding) => isMiddleware(finding) && finding.scope.name === name);
  for (const severity of ['critical', 'warning', 'info'] as const) if (own.some((finding) => finding.severity === severity)) return verdictWords('fail', severity, locale);
  const answered = running === true && verdicts.some((verdict) => isMiddleware(verdict) && verdict.verdict === 'pass');
  return verdictWords(answered ? 'pass' : 'unknown', 'info', locale);
}

/** The instances that a report is about. */
export const instancesList: List<MiddlewareInstance> = {
  id: 'instances',
  title: { zh: '中间件实例', en: 'Middleware instances' },
  sheet: { zh: '中间件实例', en: 'Middleware' },
  empty: { zh: '没有发现中间件实例。', en: 'No middleware instance was found.' },
  pick: ({ middleware }) => middleware,
  columns: [
    { title: { zh: '产品', en: 'Product' }, weight: 2.4, width: 18, cell: ({ product }) => textCell(product) },
    { title: { zh: '版本', en: 'Version' }, format: 'name', weight: 2.2, optional: true, width: 16, cell: ({ version }) => textCell(version) },
    { title: { zh: '实例', en: 'Instance' }, format: 'name', weight: 4, width: 30, cell: ({ name }) => textCell(name) },
    { title: { zh: '模式', en: 'Mode' }, weight: 2, width: 16, cell: ({ mode }, _model, locale) => textCell(mode && modeWord(mode, locale)) },
    {
      title: { zh: '部署', en: 'Deployed' },
      weight: 1.8,
      width: 12,
      cell: ({ deployment }, _model, locale) => textCell(deployment === 'host' ? say(locale, '主机', 'Host') : say(locale, '容器', 'Container')),
    },
    { title: { zh: '节点 / 命名空间', en: 'Node / namespace' }, format: 'name', weight: 3, width: 24, cell: ({ node, namespace }) => textCell(namespace ?? node) },
    { title: { zh: '端口', en: 'Ports' }, width: 16, cell: ({ ports }) => textCell(ports?.join(', ')) },
    { title: { zh: '启动时间', en: 'Started' }, weight: 2.7, optional: true, width: 16, cell: ({ startedAt }, model) => dateCell(startedAt, model) },
    { title: { zh: '结论', en: 'Verdict' }, format: 'status', weight: 2, width: 14, cell: (instance, model, locale) => instanceState(instance, locale, model) },
  ],
};

/** What an item is about: a part of the instance and a name of the product's own, or what a check calls the problem. */
export function itemWords({ part, name, title }: MiddlewareItem, locale: Locale): string {
  return [part, title?.[locale] ?? observedWord(name, locale)].filter((words) => words !== undefined).join(' · ');
}

/** When it happened last, where something was counted. */
function lastWords({ lastAt }: MiddlewareItem, locale: Locale, zoneMinutes: number): string {
  return lastAt === undefined ? '' : say(locale, `（最近一次 ${formatTime(lastAt, zoneMinutes)}）`, ` (last on ${formatTime(lastAt, zoneMinutes)})`);
}

/** What it should be, in the words of its source. */
export function advisedWords({ advised, unit, check, verdict, observed }: MiddlewareItem, locale: Locale, zoneMinutes: number): string | undefined {
  if (typeof advised === 'object') return advised[locale];
  if (advised === undefined || check === undefined) return advised === undefined ? undefined : formatObserved(advised, unit, locale, zoneMinutes);
  return limitWords({ check, threshold: advised, observed: verdict === 'fail' ? observed : undefined, unit }, locale, zoneMinutes);
}

interface Alike {
  readonly instance: MiddlewareInstance;
  /** More instances of which the same was read. */
  readonly alike?: readonly MiddlewareInstance[];
}
export interface InstanceItem extends Alike {
  readonly item: MiddlewareItem;
}
/** Ten instances that refuse the same credential say so once, not ten times; order stays. */
export function together(rows: readonly InstanceItem[]): readonly InstanceItem[] {
  const groups = new Map<string, InstanceItem>();
  for (const row of rows) {
    const { product } = row.instance;
    const { check, part, name, verdict, severity, reason, observed, advised, lastAt } = row.item;
    const key = JSON.stringify([product, check, name, part, verdict, severity, reason, observed, advised, lastAt]);
    const group = groups.get(key);
    groups.set(key, group ? { ...group, alike: [...(group.alike ?? []), row.instance] } : row);
  }
  return [...groups.values()];
}
const MOST_ALIKE = 2;
/** The instances of a row: all of a product as such; two by name, of more the first and how many. */
export function instanceWords({ instance, alike = [] }: Alike, { middleware }: ReportModel, locale: Locale): string {
  const all = [instance, ...alike];
  const { rows = [], total = 0 } = known(middleware) ?? {};
  const isAll = total === rows.length && all.length === rows.filter(({ product }) => product === instance.product).length;
  if (isAll && all.length > 1)
    return say(locale, `全部 ${all.length} 个 ${instance.product} 实例`, `${all.length === 2 ? 'Both' : `All ${all.length}`} ${instance.product} instances`);
  if (all.length <= MOST_ALIKE) return all.map(({ name }) => name).join(say(locale, '、', ', '));
  return say(locale, `${instance.name} 等 ${all.length} 个实例`, `${instance.name} and ${all.length - 1} more`);
}
/** Of an instance that was not read in full: that is said once, with its reason, and item by item in the workbook. */
function isGap({ gap }: MiddlewareInstance, { verdict }: MiddlewareItem): boolean {
  return verdict === 'unknown' && gap !== undefined;
}
const VERDICT_ORDER = ['fail', 'unknown', 'pass', 'not-applicable'] as const;
/** What was read of every instance in one of the vendor's groups, problems first; what was read alike of several stands together, unless `isOneByOne`. */
export function itemsList(id: string, title: Text, groups: readonly MiddlewareItem['group'][], isOneByOne = false): List<InstanceItem> {
  return {
    id,
    title,
    sheet: title,
    empty: { zh: '没有这一组的检查结果。', en: 'There are no results in this group.' },
    pick({ middleware }) {
      const value = known(middleware);
      if (!value) return middleware && 'missing' in middleware ? middleware : undefined;
      const rows = value.rows
        .flatMap((instance) =>
          itemsOf(instance)
            .filter((item) => groups.includes(item.group) && (isOneByOne || !isGap(instance, item)))
            .map((item) => ({ instance, item })),
        )
        .toSorted((a, b) => VERDICT_ORDER.indexOf(a.item.verdict) - VERDICT_ORDER.indexOf(b.item.verdict));
      const shown = isOneByOne ? rows : together(rows);
      return { value: { rows: shown, total: shown.length } };
    },
    columns: [
      { title: { zh: '组', en: 'Group' }, width: 18, cell: ({ item }, _model, locale) => textCell(checkGroup(item.group, locale)) },
      { title: { zh: '产品', en: 'Product' }, width: 16, cell: ({ instance }) => textCell(instance.product) },
      { title: { zh: '实例', en: 'Instance' }, format: 'name', weight: 3.8, width: 26, cell: (row, model, locale) => textCell(instanceWords(row, model, locale)) },
      {
        title: { zh: '检查项', en: 'Item' },
        format: 'name',
        weight: 3.6,
        width: 30,
        cell: ({ item }, { period }, locale) => textCell(`${itemWords(item, locale)}${lastWords(item, locale, period.zoneMinutes)}`),
      },
      {
        title: { zh: '当前值', en: 'Observed' },
        align: 'right',
        weight: 2.2,
        width: 16,
        cell: ({ item }, { period }, locale) => textCell(observedWords(item, locale, period.zoneMinutes)),
      },
      {
        title: { zh: '标准', en: 'Limit' },
        align: 'right',
        weight: 2.2,
        width: 18,
        cell: ({ item }, { period }, locale) => textCell(advisedWords(item, locale, period.zoneMinutes)),
      },
      {
        title: { zh: '结论', en: 'Verdict' },
        format: 'status',
        weight: 2,
        width: 12,
        cell: ({ item }, { selfCheck }, locale) =>
          selfCheck && item.verdict === 'not-applicable'
            ? { text: say(locale, '– 仅记录', '– Recorded'), tone: 'neutral' }
            : item.check === undefined
              ? verdictWords(item.verdict, item.severity, locale)
              : problemVerdict(item.verdict, item.severity, locale),
      },
      {
        title: { zh: '依据或原因', en: 'Source or reason' },
        weight: 3.4,
        width: 36,
        cell: ({ instance, item }, { selfCheck }, locale) =>
          textCell(item.verdict === 'unknown' ? whyUnknown(instance, item, selfCheck !== undefined, locale) : citedWords(item.source, locale)),
      },
    ],
  };
}
/** A check that found nothing tells its verdict, and not always a value: a sound item without one is said to be within its limit, not left blank. */
function observedWords({ observed, unit, verdict }: MiddlewareItem, locale: Locale, zoneMinutes: number): string {
  if (observed === undefined && verdict === 'pass') return say(locale, '符合', 'as required');
  return formatObserved(observed, unit, locale, zoneMinutes);
}
function whyUnknown({ running }: MiddlewareInstance, { reason }: MiddlewareItem, isForm: boolean, locale: Locale): string {
  if (isForm) return say(locale, '未填写', 'left empty');
  return running === false ? say(locale, '实例未运行', 'the instance is not running') : REASON_WORDS[reason ?? 'not-gathered'][locale];
}
export const configurationItems = itemsList('configuration-items', { zh: '关键配置', en: 'Key configuration' }, ['configuration']);
export const loadItems = itemsList('load-items', { zh: '负载与性能', en: 'Load and performance' }, ['load']);
export const logItems = itemsList('log-items', { zh: '系统日志特征', en: 'Log patterns' }, ['log']);
export const platformItems = itemsList('platform-items', { zh: '实例的平台参数', en: 'Instance platform parameters' }, ['platform']);
export const resourceItems = itemsList('resource-items', { zh: '实例的资源占用', en: 'Instance resource usage' }, ['resources']);
export const allItems = itemsList('instance-items', { zh: '中间件检查明细', en: 'Middleware items' }, ['platform', 'resources', 'load', 'configuration', 'log'], true);

/** Licences, those that end first on top; an expired one stops a healthy system. */
export const licensesList: List<MiddlewareInstance> = {
  id: 'licenses',
  title: { zh: 'License', en: 'Licences' },
  sheet: { zh: 'License', en: 'Licences' },
  empty: { zh: '没有发现需要 License 的实例。', en: 'No instance needs a licence.' },
  pick({ middleware }) {
    const value = known(middleware);
    if (!value) return middleware && 'missing' in middleware ? middleware : undefined;
    const rows = value.rows.filter(({ vendor }) => vendor === 'tongtech').toSorted((a, b) => endOf(a) - endOf(b));
    return { value: { rows, total: rows.length } };
  },
  columns: [
    { title: { zh: '实例', en: 'Instance' }, format: 'name', weight: 4, width: 30, cell: ({ name }) => textCell(name) },
    { title: { zh: '产品', en: 'Product' }, weight: 2, width: 16, cell: ({ product }) => textCell(product) },
    { title: { zh: '版本', en: 'Version' }, format: 'name', weight: 2, width: 16, cell: ({ version }) => textCell(version) },
    { title: { zh: '授权类型', en: 'Kind' }, weight: 2, width: 14, cell: ({ license }) => textCell(license?.kind) },
    {
      title: { zh: '到期日', en: 'Ends' },
      weight: 2.6,
      width: 14,
      cell: ({ license }, model, locale) => (license?.never ? textCell(say(locale, '永久', 'never')) : dateCell(license?.endsAt, model)),
    },
    { title: { zh: '剩余（天）', en: 'Days left' }, align: 'right', weight: 1.8, width: 12, cell: ({ license }, { period }) => daysLeftCell(license?.endsAt, period) },
    {
      title: { zh: '结论', en: 'Verdict' },
      format: 'status',
      weight: 2.4,
      width: 16,
      cell({ license }, { period }, locale) {
        if (license?.never) return verdictWords('pass', 'info', locale);
        if (license?.endsAt === undefined) return verdictWords('unknown', 'info', locale);
        const days = Math.floor((license.endsAt - period.asOf) / 86_400); // as its check counts
        return days > 90 ? verdictWords('pass', 'info', locale) : verdictWords('fail', days <= 15 ? 'critical' : days <= 30 ? 'warning' : 'info', locale);
      },
    },
  ],
};
function endOf({ license }: MiddlewareInstance): number {
  return license?.never ? Number.POSITIVE_INFINITY : (license?.endsAt ?? 0);
}
