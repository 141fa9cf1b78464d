/** A message in one language, without a medium: what media arrange and escape. Every foreign text in it is one visible line. */
import type { Scope } from '../../agent/wire/inspection.ts';
import { type Locale, UNITS, type Unit } from '../../agent/wire/vocabulary.ts';
import { formatDuration, formatNumber, formatObserved, say } from '../../reports/format.ts';
import type { IncidentFacts } from './change.ts';
import { composeReport } from './compose-report.ts';
import { line, lines } from './escape.ts';
import type { Message } from './message.ts';
import { CLOCK_WORDS, STATE_WORDS } from './terms.ts';
import { TOPIC_TITLES, type Topic } from './topic.ts';
import { openingWords, wordOf } from './wording.ts';
import { countdown, zonedTime, zoneMinutes, zoneWords } from './zoned-time.ts';

export type Tone = 'critical' | 'warning' | 'info' | 'ok' | 'neutral';

export interface Composed {
  /** Whole message in one line: level, customer, cluster, what. */
  readonly subject: string;
  readonly tone: Tone;
  /** Kind of message and level: `新事件 · 1 级`. */
  readonly kicker: string;
  /** What is wrong with what. */
  readonly title: string;
  readonly opening: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** What people wrote, line by line. */
  readonly quote?: string | undefined;
  readonly remedy?: { readonly title: string; readonly text: string } | undefined;
  readonly list?: readonly string[] | undefined;
  readonly link?: { readonly label: string; readonly url: string } | undefined;
  readonly footer: readonly string[];
}

const LONGEST_QUOTE = 4_000;

export function compose(message: Message, locale: Locale, now: number): Composed {
  const { incident, summary, topic, report } = message;
  if (report) return composeReport(report, locale, now);
  const titleOfTopic = topic === 'opened' && message.voice === 'customer' ? say(locale, '事件确认函', 'Confirmation of an incident') : TOPIC_TITLES[topic][locale];
  const opening = openingWords(message, now)[locale];
  if (!incident) {
    return {
      subject: `[${say(locale, '巡检', 'xunjian')}] ${titleOfTopic}${summary ? say(locale, `：${summary.count} 条`, `: ${summary.count}`) : ''}`,
      tone: 'neutral',
      kicker: titleOfTopic,
      title: summary
        ? say(locale, `${summary.incidents} 个事件，${summary.count} 条通知`, `${summary.incidents} incident${summary.incidents === 1 ? '' : 's'}, ${summary.count} notifications`)
        : titleOfTopic,
      opening,
      facts: [],
      list: summary && summaryLines(summary, locale),
      footer: [footerWords(locale)],
    };
  }
  const level = line(incident.levelLabel[locale], 40);
  const title = line(incident.title[locale], 160);
  const what = `${title}${incident.scope ? say(locale, `：${scopeWords(incident.scope)}`, `: ${scopeWords(incident.scope)}`) : ''}`;
  const where = [line(incident.customerName, 80), ...(incident.clusterName === undefined ? [] : [line(incident.clusterName, 80)])].join(' / ');
  return {
    subject: `${incident.demo ? say(locale, '[演示] ', '[demo] ') : ''}[#${incident.number}] ${titleOfTopic} · ${level} · ${where} · ${what}`,
    tone: toneOf(topic, incident),
    kicker: `${titleOfTopic} · ${level}`,
    title: what,
    opening,
    facts: factsOf(incident, where, locale, now),
    ...(message.detail?.text !== undefined && { quote: lines(message.detail.text, LONGEST_QUOTE) }),
    ...(incident.remedy && SHOWS_REMEDY.has(topic) && { remedy: { title: say(locale, '处置建议', 'Remedy'), text: lines(incident.remedy[locale], 2_000) } }),
    ...(isLink(incident.url) && { link: { label: say(locale, '查看事件', 'Open the incident'), url: incident.url } }),
    footer: [say(locale, `时间均为 ${zoneWords(now, incident.zone)}。`, `All times are ${zoneWords(now, incident.zone)}.`), footerWords(locale)],
  };
}

const SHOWS_REMEDY: ReadonlySet<Topic> = new Set([
  'opened',
  'status',
  'level-changed',
  'escalation',
  'clock-warning',
  'clock-breach',
  'reopened',
  'assigned',
  'flapping',
  'reminder',
]);
const CALM: ReadonlySet<Topic> = new Set(['resolved', 'closed', 'cancelled', 'settled', 'solution']);

function toneOf(topic: Topic, { level }: IncidentFacts): Tone {
  if (CALM.has(topic)) return topic === 'cancelled' ? 'neutral' : 'ok';
  if (topic === 'clock-breach' || level === 1) return 'critical';
  return level === 2 ? 'critical' : level === 3 ? 'warning' : 'info';
}

function factsOf(incident: IncidentFacts, where: string, locale: Locale, now: number): Composed['facts'] {
  const facts: { label: string; value: string }[] = [];
  const add = (zh: string, en: string, value: string): void => void (value !== '' && facts.push({ label: say(locale, zh, en), value }));
  add('事件编号', 'Incident', `#${incident.number}`);
  add('级别', 'Level', line(incident.levelLabel[locale], 40));
  add('客户 / 集群', 'Customer / cluster', where);
  if (incident.scope) add('对象', 'Object', scopeWords(incident.scope));
  add('状态', 'State', wordOf(STATE_WORDS, incident.state)[locale]);
  const evidence = evidenceOf(incident, locale, now);
  add('依据', 'Evidence', evidence);
  if ((incident.members ?? 0) > 1) add('涉及对象', 'Objects', formatNumber(incident.members ?? 0));
  const age = formatDuration(Math.max(0, Math.round((now - incident.openedAt) / 60_000) * 60), locale);
  add('发现时间', 'Found', `${zonedTime(incident.openedAt, incident.zone)}${now - incident.openedAt >= 60_000 ? say(locale, `（${age}前）`, ` (${age} ago)`) : ''}`);
  for (const clock of incident.clocks) add(...clockFact(clock, incident.zone, locale, now));
  if (incident.assignee !== undefined) add('处理人', 'Assigned to', line(incident.assignee, 80));
  return facts;
}

function clockFact({ clock, state, dueAt, breachedAt, provisional }: IncidentFacts['clocks'][number], zone: string, locale: Locale, now: number): [string, string, string] {
  const name = wordOf(CLOCK_WORDS, clock);
  const labels = [`${name.zh}时限`, `${name.en} due`] as const;
  const time = dueAt === undefined ? '' : zonedTime(dueAt, zone);
  const note = provisional ? say(locale, '，节假日数据暂定', ', holidays provisional') : '';
  switch (state) {
    case 'running':
      return [...labels, dueAt === undefined ? '' : say(locale, `${time}（${countdown(dueAt, now, locale)}${note}）`, `${time} (${countdown(dueAt, now, locale)}${note})`)];
    case 'breached':
      return [...labels, say(locale, `${time || zonedTime(breachedAt ?? now, zone)}（已超时）`, `${time || zonedTime(breachedAt ?? now, zone)} (overdue)`)];
    case 'paused':
      return [...labels, say(locale, '暂停计时', 'paused')];
    case 'met':
      return [...labels, say(locale, '已达成', 'met')];
    case 'waiting':
    case 'cancelled':
      return [...labels, ''];
    default:
      return state satisfies never;
  }
}

/** `observed 93 %, threshold 85 %`. */
function evidenceOf({ observed, threshold, unit, zone }: IncidentFacts, locale: Locale, now: number): string {
  const known = UNITS.find((one) => one === unit);
  const value = (one: IncidentFacts['observed']): string =>
    line(known ? formatObserved(one, known satisfies Unit, locale, zoneMinutes(now, zone)) : `${String(one)}${unit === undefined ? '' : ` ${unit}`}`, 80);
  const parts = [
    ...(observed === undefined ? [] : [say(locale, `观测值 ${value(observed)}`, `observed ${value(observed)}`)]),
    ...(threshold === undefined ? [] : [say(locale, `阈值 ${value(threshold)}`, `threshold ${value(threshold)}`)]),
  ];
  return parts.join(say(locale, '，', ', '));
}

/** `Pod kube-system/coredns-1`, `Mount /var on worker-07`. */
export function scopeWords({ kind, node, namespace, name }: Pick<Scope, 'node' | 'namespace' | 'name'> & { readonly kind: string }): string {
  const place = node !== undefined && node !== name ? ` @ ${line(node, 80)}` : '';
  return `${line(kind, 40)} ${namespace === undefined ? '' : `${line(namespace, 80)}/`}${line(name, 120)}${place}`;
}
function summaryLines({ lines: all, incidents }: NonNullable<Message['summary']>, locale: Locale): readonly string[] {
  const told = all.map(({ number, levelLabel, title, topic }) => `#${number} · ${line(levelLabel[locale], 40)} · ${TOPIC_TITLES[topic][locale]} · ${line(title[locale], 120)}`);
  const left = incidents - new Set(all.map(({ number }) => number)).size;
  return left > 0 ? [...told, say(locale, `另有 ${left} 个事件，见控制台。`, `${left} more: see the console.`)] : told;
}
function footerWords(locale: Locale): string {
  return say(locale, '本消息由巡检系统自动发送。', 'Sent automatically by xunjian.');
}
function isLink(url: string | undefined): url is string {
  return url !== undefined && url.length <= 2_000 && /^https?:\/\/[^\s"'<>()\\[\]`*|]+$/.test(url) && URL.canParse(url);
}
