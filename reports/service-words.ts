/** The words for incidents, clocks, changes and the like: one word for one thing, in every report. */
import type { Locale, Text } from '../agent/wire/vocabulary.ts';
import type { Cell, Tone } from './blocks.ts';
import type { CheckGroup } from './facts/middleware.ts';
import type { CalendarEntry, Forecast, SeriesKind, Standing, Trend } from './facts/period.ts';
import type { ChangeRecord, ClockRecord, DemandRecord, IncidentRecord, RemedyPlan, ServiceItem } from './facts/service.ts';
import { formatServiceTime, plural, say } from './format.ts';
import { REASON_WORDS } from './words.ts';

const text = (zh: string, en: string): Text => ({ zh, en });
type Marked = readonly [Text, Tone | undefined];
function marked([words, tone]: Marked, locale: Locale): Cell {
  return { text: words[locale], tone };
}

const INCIDENT_STATES: Readonly<Record<IncidentRecord['state'], Marked>> = {
  open: [text('■ 待受理', '■ Open'), 'critical'],
  acknowledged: [text('▲ 已受理', '▲ Acknowledged'), 'warning'],
  'in-progress': [text('▲ 处理中', '▲ In progress'), 'warning'],
  'on-hold': [text('● 挂起', '● On hold'), 'info'],
  recovering: [text('● 恢复观察', '● Recovering'), 'info'],
  suppressed: [text('– 已抑制', '– Suppressed'), 'neutral'],
  resolved: [text('✓ 已解决', '✓ Resolved'), 'ok'],
  closed: [text('✓ 已关闭', '✓ Closed'), 'ok'],
  cancelled: [text('– 已取消', '– Cancelled'), 'neutral'],
};
export const isOver = ({ state }: IncidentRecord): boolean => state === 'resolved' || state === 'closed' || state === 'cancelled';
export function incidentState({ state }: IncidentRecord, locale: Locale): Cell {
  return marked(INCIDENT_STATES[state], locale);
}
const SOURCES: Readonly<Record<IncidentRecord['source'], Text>> = {
  monitoring: text('监控', 'Monitoring'),
  customer: text('客户', 'Customer'),
  support: text('服务方', 'Support'),
  api: text('接口', 'API'),
};
export function incidentSource({ source }: IncidentRecord, locale: Locale): string {
  return SOURCES[source][locale];
}

/** As documents call them, and as policies do. */
const CLOCKS: Readonly<Record<string, Text | undefined>> = {
  respond: text('响应', 'Response'),
  'call-back': text('首次电话回复', 'First call-back'),
  'action-plan': text('行动计划', 'Action plan'),
  resolve: text('解决', 'Resolution'),
  response: text('响应', 'Response'),
  rescue: text('故障救援', 'Rescue'),
  arrive: text('到场', 'Arrival'),
  callback: text('首次电话回复', 'First call-back'),
  plan: text('行动计划', 'Action plan'),
  update: text('进展通报', 'Status update'),
  resolution: text('解决', 'Resolution'),
  notify: text('通知', 'Notice'),
};
export function clockWord(clock: string, locale: Locale): string {
  return Object.hasOwn(CLOCKS, clock) ? (CLOCKS[clock]?.[locale] ?? clock) : clock;
}
/** In the order in which they run. */
const CLOCK_ORDER = ['respond', 'response', 'call-back', 'callback', 'rescue', 'arrive', 'action-plan', 'plan', 'update', 'resolve', 'resolution', 'notify'];
export function byClock(one: string, other: string): number {
  const place = (clock: string): number => (CLOCK_ORDER.includes(clock) ? CLOCK_ORDER.indexOf(clock) : CLOCK_ORDER.length);
  return place(one) - place(other) || (one < other ? -1 : 1);
}
const CLOCK_STATES: Readonly<Record<ClockRecord['state'], Marked>> = {
  running: [text('● 计时中', '● Running'), 'info'],
  paused: [text('– 暂停', '– Paused'), 'neutral'],
  met: [text('✓ 达标', '✓ Met'), 'ok'],
  breached: [text('■ 未达标', '■ Breached'), 'critical'],
  cancelled: [text('– 不计', '– Not counted'), 'neutral'],
};
export function clockState(clock: ClockRecord, locale: Locale): Cell {
  return marked(CLOCK_STATES[isAutomatic(clock) ? 'cancelled' : clock.state], locale);
}
/** The system tells the other side when it opens an incident, where the policy says so: on record, and nobody's achievement. */
export function isAutomatic({ clock, state, takenSeconds }: ClockRecord): boolean {
  return clock === 'notify' && state === 'met' && takenSeconds === 0;
}
/** The first remote contact, in the words of policies and of documents. */
const RESPONSE: ReadonlySet<string> = new Set(['respond', 'response']);
/**
 * Seconds until somebody reached the customer, by the contract's own clock of the first response: taking an incident on is not yet an answer.
 * Where no such clock is agreed, until it was taken on. `undefined`: not yet.
 */
export function respondedAfter(incident: IncidentRecord): number | undefined {
  const { openedAt, acknowledgedAt, clocks } = incident;
  const response = clocks.find(({ clock, state }) => RESPONSE.has(clock) && state !== 'cancelled');
  if (!response) return acknowledgedAt === undefined ? undefined : acknowledgedAt - openedAt;
  if (response.stoppedAt !== undefined) return response.stoppedAt - openedAt;
  return response.state === 'met' || isOver(incident) ? response.takenSeconds : undefined;
}
/** `850 小时（仍在计时）`: service time that a clock has counted. */
export function takenWords(clock: ClockRecord, incident: IncidentRecord, locale: Locale): string | undefined {
  const { takenSeconds, state, stoppedAt, updates } = clock;
  if (isAutomatic(clock)) return say(locale, '开单时系统自动通知', 'by the system at opening');
  if (takenSeconds === undefined) return undefined;
  // Recovery ends the wait for an update, but is none.
  if (updates === 0 && state === 'breached') return say(locale, '没有通报记录', 'no update on record');
  if (updates === 0 && state === 'met') return say(locale, '到期前已解决', 'resolved before it was due');
  const time = formatServiceTime(takenSeconds, locale);
  const taken = updates === undefined || updates === 0 ? time : say(locale, `最长间隔 ${time}，通报 ${updates} 次`, `longest wait ${time}, ${plural(updates, 'update')}`);
  return stoppedAt === undefined && state === 'breached' && !isOver(incident) ? say(locale, `${taken}（仍在计时）`, `${taken} (still running)`) : taken;
}
/** All clocks of an incident in one word: one breach is a breach. */
export function clocksCell({ clocks }: IncidentRecord, locale: Locale): Cell {
  const breached = clocks.filter(({ state }) => state === 'breached');
  const mark = (state: ClockRecord['state']): Cell => marked(CLOCK_STATES[state], locale);
  if (breached.length > 0) {
    const names = breached.map(({ clock }) => clockWord(clock, locale)).join(say(locale, '、', ', '));
    return { text: say(locale, `■ 未达标（${names}）`, `■ Breached (${names})`), tone: 'critical' };
  }
  if (clocks.some(({ state }) => state === 'running')) return mark('running');
  if (clocks.some((clock) => clock.state === 'met' && !isAutomatic(clock))) return mark('met');
  return { text: say(locale, '– 无时限', '– No target'), tone: 'neutral' };
}

const CHANGE_RESULTS: Readonly<Record<ChangeRecord['result'], Marked>> = {
  planned: [text('○ 已计划', '○ Planned'), 'neutral'],
  running: [text('● 进行中', '● Running'), 'info'],
  done: [text('✓ 成功', '✓ Done'), 'ok'],
  failed: [text('■ 失败', '■ Failed'), 'critical'],
  'rolled-back': [text('▲ 已回退', '▲ Rolled back'), 'warning'],
  cancelled: [text('– 已取消', '– Cancelled'), 'neutral'],
  overrun: [text('▲ 超出窗口', '▲ Overran its window'), 'warning'],
  unrecorded: [text('? 未登记结果', '? No result recorded'), 'unknown'],
};
/** What came of a window is written down as a record, under its mark: a window without a result is one also in documents that do not tell it. */
export function isUnnumbered(change: ChangeRecord): boolean {
  return change.isUnnumbered === true || change.result === 'unrecorded';
}
/** A mark of the system is no number that anybody can look up. */
export function changeNumber(change: ChangeRecord, locale: Locale): string {
  return isUnnumbered(change) ? say(locale, `无变更单号（窗口 ${change.number}）`, `No change number (window ${change.number})`) : change.number;
}
export function changeResult({ result }: ChangeRecord, locale: Locale): Cell {
  return marked(CHANGE_RESULTS[result], locale);
}

const CHANGE_KINDS: Readonly<Record<string, Text>> = { change: text('变更', 'Change'), maintenance: text('维护', 'Maintenance') };
/** What people wrote stands as they wrote it. */
export function changeKind(kind: string, locale: Locale): string {
  return (Object.hasOwn(CHANGE_KINDS, kind) ? CHANGE_KINDS[kind]?.[locale] : undefined) ?? kind;
}

const DEMAND_STATES: Readonly<Record<DemandRecord['state'], Text>> = {
  received: text('已登记', 'Received'),
  reviewing: text('评估中', 'In review'),
  planned: text('已排期', 'Planned'),
  'in-progress': text('实现中', 'In progress'),
  done: text('已上线', 'Done'),
  declined: text('不采纳', 'Declined'),
};
export const demandState = ({ state }: DemandRecord, locale: Locale): string => DEMAND_STATES[state][locale];
const DEMAND_KINDS: Readonly<Record<DemandRecord['kind'], Text>> = {
  feature: text('功能', 'Feature'),
  performance: text('性能', 'Performance'),
  experience: text('体验', 'Experience'),
  other: text('其他', 'Other'),
};
export const demandKind = ({ kind }: DemandRecord, locale: Locale): string => DEMAND_KINDS[kind][locale];
const PRIORITIES: Readonly<Record<NonNullable<DemandRecord['priority']>, Text>> = { high: text('高', 'High'), medium: text('中', 'Medium'), low: text('低', 'Low') };
export const demandPriority = ({ priority }: DemandRecord, locale: Locale): string | undefined => priority && PRIORITIES[priority][locale];

const PLAN_STATES: Readonly<Record<RemedyPlan['state'], Text>> = {
  proposed: text('已建议', 'Proposed'),
  agreed: text('已约定', 'Agreed'),
  'in-progress': text('整改中', 'In progress'),
  done: text('已完成', 'Done'),
  accepted: text('接受风险', 'Accepted'),
};
export const planState = (state: RemedyPlan['state'], locale: Locale): string => PLAN_STATES[state][locale];

const STANDINGS: Readonly<Record<Standing, Marked>> = {
  new: [text('＋ 新增', '+ New'), 'warning'],
  worse: [text('↑ 加重', '↑ Worse'), 'critical'],
  open: [text('＝ 遗留', '= Still open'), 'unknown'],
  better: [text('↓ 减轻', '↓ Better'), 'ok'],
  gone: [text('✓ 已消除', '✓ Gone'), 'ok'],
};
export const standingCell = (standing: Standing, locale: Locale): Cell => marked(STANDINGS[standing], locale);
export const standingWord = (standing: Standing, locale: Locale): string => STANDINGS[standing][0][locale].slice(2);

const SERIES: Readonly<Record<SeriesKind, Text>> = {
  cpu: text('CPU 使用率', 'CPU used'),
  memory: text('内存使用率', 'Memory used'),
  disk: text('磁盘使用率', 'Disk used'),
  inodes: text('inode 使用率', 'Inodes used'),
  pods: text('Pod 数', 'Pods'),
  'etcd-database': text('etcd 数据库占用', 'etcd database'),
  'api-latency': text('API Server 延迟（P99）', 'API server latency (P99)'),
  'etcd-fsync': text('etcd 写盘延迟（P99）', 'etcd fsync (P99)'),
  network: text('网络吞吐', 'Network throughput'),
  'log-errors': text('错误日志数', 'Errors logged'),
  availability: text('可用率', 'Availability'),
};
const MEASURED_BY: Readonly<Record<NonNullable<Trend['source']>, Text>> = {
  host: text('主机读数', 'read on the host'),
  'metrics-server': text('metrics-server', 'metrics-server'),
};
/** @param source who measured it, where two measure what has one name: the host's own reading and metrics-server's share of what pods may use */
export function seriesWord(kind: SeriesKind, locale: Locale, source?: Trend['source']): string {
  const word = SERIES[kind][locale];
  return source === undefined ? word : locale === 'zh' ? `${word}（${MEASURED_BY[source].zh}）` : `${word} (${MEASURED_BY[source].en})`;
}
const CONFIDENCE: Readonly<Record<Forecast['confidence'], Text>> = { high: text('高', 'High'), medium: text('中', 'Medium'), low: text('低', 'Low') };
export const confidenceWord = (confidence: Forecast['confidence'], locale: Locale): string => CONFIDENCE[confidence][locale];
/** Why a series has no forecast. */
export function forecastGap(unknown: NonNullable<Forecast['unknown']>, locale: Locale): string {
  switch (unknown) {
    case 'too-few-points':
      return say(locale, '数据点太少', 'too few points');
    case 'no-trend':
      return say(locale, '没有趋势', 'no trend');
    case 'stepped':
      return say(locale, '数据有突变，不能外推', 'sudden changes, no extrapolation');
    default:
      return REASON_WORDS[unknown][locale];
  }
}

const CALENDAR_KINDS: Readonly<Record<CalendarEntry['kind'], Text>> = {
  certificate: text('证书', 'Certificate'),
  lifecycle: text('生命周期', 'End of support'),
  license: text('License', 'License'),
  backup: text('备份', 'Backup'),
  contract: text('合同', 'Contract'),
  acceptance: text('风险接受', 'Accepted risk'),
};
export const calendarKind = ({ kind }: CalendarEntry, locale: Locale): string => CALENDAR_KINDS[kind][locale];

const CHECK_GROUPS: Readonly<Record<CheckGroup, Text>> = {
  platform: text('① 平台基本信息', '① Platform'),
  resources: text('② 资源占用', '② Resources'),
  load: text('③ 负载与性能', '③ Load and performance'),
  configuration: text('④（一）关键配置', '④a Key configuration'),
  log: text('④（二）系统日志', '④b System log'),
};
export const checkGroup = (group: CheckGroup, locale: Locale): string => CHECK_GROUPS[group][locale];

/** How the members of an instance belong together; names of products stand as they are. */
const MODES: Readonly<Record<string, Text | undefined>> = {
  unknown: text('未知', 'unknown'),
  standalone: text('单机', 'standalone'),
  // As the self-check form offers them.
  '单机 standalone': text('单机', 'standalone'),
  '集群 cluster': text('集群', 'cluster'),
  'primary-replica': text('主从', 'primary and replicas'),
  sentinel: text('哨兵', 'sentinel'),
  cluster: text('集群', 'cluster'),
  'group-replication': text('组复制', 'group replication'),
  'multi-primary': text('多主', 'multi-primary'),
  'replica-set': text('副本集', 'replica set'),
  sharded: text('分片', 'sharded'),
  zookeeper: text('ZooKeeper', 'ZooKeeper'),
  kraft: text('KRaft', 'KRaft'),
  embedded: text('嵌入式', 'embedded'),
};
export function modeWord(mode: string, locale: Locale): string {
  return Object.hasOwn(MODES, mode) ? (MODES[mode]?.[locale] ?? mode) : mode;
}

const EVERY: Readonly<Record<NonNullable<ServiceItem['every']>, Text>> = {
  workday: text('每工作日', 'every working day'),
  day: text('每天', 'daily'),
  week: text('每周', 'weekly'),
  month: text('每月', 'monthly'),
  quarter: text('每季度', 'quarterly'),
  'half-year': text('每半年', 'every half year'),
  'on-request': text('按需', 'on request'),
};
export const everyWord = ({ every }: ServiceItem, locale: Locale): string | undefined => every && EVERY[every][locale];
export function yesNo(value: boolean | undefined, locale: Locale): string | undefined {
  return value === undefined ? undefined : value ? say(locale, '是', 'yes') : say(locale, '否', 'no');
}
