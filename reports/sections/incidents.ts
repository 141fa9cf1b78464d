/** Incidents of a period in figures, and why promised times were missed. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Block, KeyFigure } from '../blocks.ts';
import { callout, paragraph, words } from '../blocks.ts';
import { textCell, timeCell } from '../cells.ts';
import type { IncidentRecord } from '../facts/service.ts';
import { formatDuration, formatNumber, formatServiceTime, NO_VALUE, say } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';
import type { Awaited } from '../readiness.ts';
import { clockWord, isAutomatic, isOver, respondedAfter, takenWords } from '../service-words.ts';

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
function timesOf(rows: readonly IncidentRecord[], time: (incident: IncidentRecord) => number | undefined): readonly number[] {
  return rows.flatMap((incident) => time(incident) ?? []);
}
function resolvedAfter({ openedAt, resolvedAt }: IncidentRecord): number | undefined {
  return resolvedAt === undefined ? undefined : resolvedAt - openedAt;
}

/**
 * How many, by level; open ones; mean time to respond and to resolve, over those that have got so far.
 * @param isPart whether a table of targets beside it counts problems too
 */
export function incidentFigures(rows: readonly IncidentRecord[], locale: Locale, isPart = false): Block {
  const open = rows.filter((incident) => !isOver(incident)).length;
  const worst = Math.min(...rows.map(({ level }) => level));
  const label = rows.find(({ level }) => level === worst)?.levelLabel[locale];
  const duration = (seconds: number | undefined): string => (seconds === undefined ? NO_VALUE : formatDuration(seconds, locale));
  const figures: KeyFigure[] = [
    { label: say(locale, '总数', 'Total'), value: formatNumber(rows.length), unit: say(locale, '起', '') },
    { label: say(locale, '未关闭', 'Still open'), value: formatNumber(open), unit: say(locale, '起', ''), tone: open > 0 ? 'warning' : 'neutral' },
    ...(label === undefined
      ? []
      : [
          {
            label: say(locale, `本期最高（${label}）`, `At the highest level in the period (${label})`),
            value: formatNumber(rows.filter(({ level }) => level === worst).length),
            unit: say(locale, '起', ''),
          },
        ]),
    { label: say(locale, '平均首次响应', 'Mean time to respond'), value: duration(mean(timesOf(rows, respondedAfter))), note: say(locale, '只计已响应的', 'answered ones only') },
    { label: say(locale, '平均恢复', 'Mean time to resolve'), value: duration(mean(timesOf(rows, resolvedAfter))), note: say(locale, '只计已恢复的', 'resolved ones only') },
    breachFigure(rows, isPart, locale),
  ];
  return { type: 'keyFigures', figures };
}
function breachFigure(rows: readonly IncidentRecord[], isPart: boolean, locale: Locale): KeyFigure {
  const ended = rows.flatMap(({ clocks }) => clocks).filter((clock) => (clock.state === 'met' && !isAutomatic(clock)) || clock.state === 'breached');
  const met = ended.filter(({ state }) => state === 'met').length;
  const missed = ended.length - met;
  return {
    label: say(locale, '时效达成', 'SLA targets met'),
    value: ended.length === 0 ? NO_VALUE : formatNumber(Number(((met / ended.length) * 100).toPrecision(3))),
    unit: ended.length === 0 ? undefined : '%',
    note:
      ended.length === 0
        ? say(locale, '没有已到期或已完成的时限', 'no target came due or was met')
        : `${met} / ${ended.length}${isPart ? say(locale, '，仅事件', ', incidents only') : ''}`,
    tone: missed > 0 ? 'critical' : ended.length > 0 ? 'ok' : 'neutral',
  };
}

/** Beside the table of SLA targets: why a notice of nought seconds is in no percentage. */
export function automaticNote(rows: readonly IncidentRecord[], locale: Locale): readonly Block[] {
  if (!rows.some(({ clocks }) => clocks.some(isAutomatic))) return [];
  return [
    paragraph(
      say(
        locale,
        '“通知”时限按支持策略由系统在开单时自动完成（0 秒）：如实列出，不计入达成率。',
        'Under the support policy the system itself gives notice when it opens an incident (0 seconds): listed as recorded, not counted in percentages.',
      ),
      'note',
    ),
  ];
}
/** Missed targets that nobody has explained: whoever signs would sign for an empty column. */
export function awaitedCauses(model: ReportModel): readonly Awaited[] {
  const all = [...(known(model.incidents)?.rows ?? []), ...(known(model.problems)?.rows ?? [])];
  const numbers = all.filter((incident) => incident.clocks.some(({ state }) => state === 'breached') && reasonOf(incident, 'zh') === '').map(({ number }) => number);
  if (numbers.length === 0) return [];
  const named = numbers.slice(0, MOST_NUMBERS);
  return [
    {
      part: {
        zh: `未达标时限的原因与改进（事件 ${named.join('、')}${numbers.length > MOST_NUMBERS ? ` 等 ${numbers.length} 起` : ''}）`,
        en: `causes and improvements of missed SLA targets (${named.join(', ')}${numbers.length > MOST_NUMBERS ? ` and ${numbers.length - MOST_NUMBERS} more` : ''})`,
      },
      how: { zh: '在 reviews.yaml 中为这些事件填写 cause 与 actions。', en: 'enter cause and actions for these incidents in reviews.yaml.' },
    },
  ];
}
const MOST_NUMBERS = 5;

/** Every promised time that was missed, with its reason where a review gives one, else with room to write; nothing when none was. */
export function breaches(model: ReportModel, rows: readonly IncidentRecord[], locale: Locale): readonly Block[] {
  const missed = rows.flatMap((incident) => incident.clocks.filter(({ state }) => state === 'breached').map((clock) => ({ incident, clock })));
  if (missed.length === 0) return [];
  return [
    {
      type: 'table',
      title: missed.every(({ incident }) => reasonOf(incident, locale) !== '')
        ? say(locale, '未达标的时限及原因', 'Missed SLA targets and their causes')
        : say(locale, '未达标的时限（空白的原因与改进由服务方在签字前填写）', 'Missed SLA targets (the provider fills in empty causes before signing)'),
      columns: [
        words(say(locale, '编号', 'Number'), 'name', 3),
        words(say(locale, '级别', 'Level'), 'text', 1.5),
        words(say(locale, '时限', 'Target'), 'text', 2),
        words(say(locale, '到期', 'Due'), 'text', 2.8),
        words(say(locale, '约定', 'Target time'), 'text', 2),
        words(say(locale, '实际（服务时间）', 'Actual (service time)'), 'text', 2.6),
        words(say(locale, '原因与改进', 'Cause and improvement'), 'prose', 5),
      ],
      rows: missed
        .slice(0, 20)
        .map(({ incident, clock }) => [
          { text: incident.number },
          { text: incident.levelLabel[locale] },
          { text: clockWord(clock.clock, locale) },
          timeCell(clock.dueAt, model),
          textCell(clock.goalSeconds === undefined ? undefined : formatServiceTime(clock.goalSeconds, locale)),
          textCell(takenWords(clock, incident, locale)),
          { text: reasonOf(incident, locale) },
        ]),
      total: missed.length,
      empty: '',
    },
  ];
}

/** From the review of an incident, without its Markdown; empty where nobody wrote one. */
function reasonOf({ cause, actions = [] }: IncidentRecord, locale: Locale): string {
  const plain = (text: string): string =>
    text
      .replace(/[#*`>_]+/g, '')
      .replace(/\s+/g, ' ')
      .trim();
  const short = plain(cause ?? '')
    .slice(0, LONGEST_REASON)
    .replace(/[。.]$/, '');
  const measures = actions.map(({ text }) => plain(text)).slice(0, MOST_MEASURES);
  if (measures.length === 0) return short;
  // People write in their own language: stops are those of their words.
  const improved = `${say(locale, '改进：', 'Improvement: ')}${measures.join(isHan(measures.join('')) ? '；' : '; ')}`;
  return short === '' ? improved : `${short}${isHan(short) ? '。' : '. '}${improved}`;
}
function isHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}
const LONGEST_REASON = 200;
const MOST_MEASURES = 3;

/** What is said when the list was not gathered; a known list gives nothing here. */
export function incidentGap(model: ReportModel, part: 'incidents' | 'problems', locale: Locale): readonly Block[] {
  if (known(model[part])) return [];
  return [
    callout(
      'unknown',
      part === 'incidents' ? say(locale, '没有事件数据', 'No incident data') : say(locale, '没有问题数据', 'No problem data'),
      say(locale, '本报告没有可用的事件记录，不能说明本期是否发生事件。', 'No incident records are available, so it is unknown whether any incidents occurred.'),
    ),
  ];
}
