/** Chapters of the report on an incident of the worst level, from its event log and from what people wrote of it. */
import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import { callout, heading, paragraph, words } from '../blocks.ts';
import { dateCell, textCell, timeCell } from '../cells.ts';
import type { IncidentRecord } from '../facts/service.ts';
import { scopeWords, titleOf } from '../findings.ts';
import { capitalised, formatDays, formatDuration, formatServiceTime, formatTime, NO_VALUE, plural, say } from '../format.ts';
import { incidentsList } from '../lists/incidents.ts';
import { markdownBlocks } from '../markdown.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';
import type { Awaited } from '../readiness.ts';
import { awaitedList } from '../sections/awaited.ts';
import { clockState, clockWord, incidentSource, incidentState, takenWords, yesNo } from '../service-words.ts';
import type { Chapter } from './chapter.ts';
import { factTable } from './facts.ts';

const FIRST = 'fault-overview';
/** Incidents of the contract's highest level; one that was cancelled was none. `undefined`: nobody knows. */
export function faultsOf({ incidents }: ReportModel): readonly IncidentRecord[] | undefined {
  return known(incidents)?.rows.filter(({ level, state }) => level === 1 && state !== 'cancelled');
}
/** A chapter that says the same of each incident of level 1; with several, each has its heading. */
function ofEach(
  id: string,
  title: Text,
  write: (incident: IncidentRecord, model: ReportModel, locale: Locale) => readonly Block[],
  lacks?: (incident: IncidentRecord) => Text | undefined,
): Chapter {
  return {
    id,
    title,
    runsOn: true,
    awaits: (model) =>
      id === FIRST && !faultsOf(model) ? awaitedList(incidentsList, model) : lacks ? (faultsOf(model) ?? []).flatMap((incident) => awaitedOf(incident, title, lacks)) : [],
    write(model, locale) {
      const faults = faultsOf(model);
      // Said once: five chapters about nothing are no report.
      if (!faults?.length && id !== FIRST) return [];
      if (!faults)
        return [
          callout(
            'unknown',
            title[locale],
            say(locale, '没有事件数据，不能说明是否发生最高级别事件。', 'No incident data is available, so it is unknown whether an incident of the highest level occurred.'),
          ),
        ];
      if (faults.length === 0) return [paragraph(noFault(model, locale), 'lead')];
      return faults.flatMap((incident) => [...(faults.length > 1 ? [heading(`${incident.number} ${incident.title[locale]}`)] : []), ...write(incident, model, locale)]);
    },
  };
}
/** A part of an incident that is not written, with where it is written. */
function awaitedOf(incident: IncidentRecord, { zh, en }: Text, lacks: (incident: IncidentRecord) => Text | undefined): readonly Awaited[] {
  const how = lacks(incident);
  return how ? [{ part: { zh: `事件 ${incident.number} 的${zh}`, en: `${en.toLowerCase()} of incident ${incident.number}` }, how }] : [];
}
function unresolved({ resolvedAt }: IncidentRecord): Text | undefined {
  return resolvedAt === undefined ? { zh: '事件尚未恢复，恢复后重新生成本报告。', en: 'the incident is not resolved yet; make the report again once it is.' } : undefined;
}
/** @param field of a review */
function inReview(field: 'impact' | 'cause' | 'actions'): (incident: IncidentRecord) => Text | undefined {
  return (incident) =>
    incident[field]?.length
      ? undefined
      : {
          zh: `在 reviews.yaml 中为该事件填写 ${field}。`,
          en: `enter ${field} for this incident in reviews.yaml.`,
        };
}
/** That there was none is a statement too; it says what it rests on. */
function noFault({ incidents, period }: ReportModel, locale: Locale): string {
  const others = known(incidents)?.rows.length ?? 0;
  const days = period.from === undefined ? '' : formatDays(period.from, period.to ?? period.asOf, period.zoneMinutes).join(' – ');
  const when = days === '' ? say(locale, '本期', 'In this period') : say(locale, `本期（${days}）`, `In this period (${days})`);
  const rest = say(
    locale,
    others === 0 ? '其他级别的事件也没有登记' : `登记的 ${others} 起其他级别事件见《事件清单》`,
    others === 0 ? 'No incident of another level was recorded either' : `The ${plural(others, 'incident')} of other levels ${others === 1 ? 'is' : 'are'} in the incident list`,
  );
  return say(
    locale,
    `${when}没有发生达到合同最高级别的事件，不需要出具故障报告；${rest}。`,
    `${when} no incident reached the contract's highest level, so no incident report is due. ${rest}.`,
  );
}
export function vacantFault(model: ReportModel): Text | undefined {
  if (faultsOf(model)?.length !== 0) return undefined;
  return {
    zh: '本期没有最高级别事件，本说明仅供存档，无需双方签字，也不请客户确认。',
    en: 'With no incident of the highest level there is nothing to sign or to confirm: this note is for the record.',
  };
}

function written(text: string | undefined, locale: Locale): readonly Block[] {
  if (text !== undefined && text !== '') return markdownBlocks(text, say(locale, '附表', 'Table'));
  return [callout('unknown', say(locale, '待填写', 'Pending'), say(locale, '本节由处理人填写，尚未填写。', 'To be provided by the incident responders.'))];
}

function ruleWords(model: ReportModel, rule: string, version: string | undefined, locale: Locale): string {
  const id = version === undefined ? rule : `${rule}@${version}`;
  const title = titleOf(model, rule, locale);
  return title === rule ? id : say(locale, `${title}（${id}）`, `${title} (${id})`);
}

export const faultOverview = ofEach(
  FIRST,
  { zh: '故障概述', en: 'The incident' },
  (incident, model, locale) => {
    const { zoneMinutes } = model.period;
    const lasted = incident.resolvedAt === undefined ? undefined : incident.resolvedAt - incident.openedAt;
    const name = incident.title[locale];
    return [
      paragraph(
        lasted === undefined
          ? say(
              locale,
              `${name}，自 ${formatTime(incident.openedAt, zoneMinutes)} 起，尚未恢复。`,
              `${name}, since ${formatTime(incident.openedAt, zoneMinutes)}; not resolved yet.`,
            )
          : say(
              locale,
              `${name}，${formatTime(incident.openedAt, zoneMinutes)} 发生，历时 ${formatDuration(lasted, 'zh')}后恢复。`,
              `${name}, from ${formatTime(incident.openedAt, zoneMinutes)}; resolved after ${formatDuration(lasted, 'en')}.`,
            ),
        'lead',
      ),
      factTable(
        say(locale, '基本信息', 'Facts'),
        [
          [say(locale, '编号', 'Number'), incident.number],
          [say(locale, '级别', 'Level'), incident.levelLabel[locale]],
          [say(locale, '对象', 'Object'), incident.scope && scopeWords(model, incident.scope, locale)],
          [say(locale, '来源', 'Source'), incidentSource(incident, locale)],
          [say(locale, '规则', 'Rule'), incident.rule && ruleWords(model, incident.rule, incident.ruleVersion, locale)],
          [say(locale, '发生', 'Opened'), formatTime(incident.openedAt, zoneMinutes)],
          [say(locale, '受理', 'Acknowledged'), incident.acknowledgedAt === undefined ? NO_VALUE : formatTime(incident.acknowledgedAt, zoneMinutes)],
          [say(locale, '恢复', 'Resolved'), incident.resolvedAt === undefined ? NO_VALUE : formatTime(incident.resolvedAt, zoneMinutes)],
          [say(locale, '状态', 'State'), incidentState(incident, locale).text],
          [say(locale, '处理人', 'Assignee'), incident.assignee],
          [say(locale, '关闭依据', 'Closure reason'), incident.closure && capitalised(incident.closure[locale])],
        ],
        locale,
      ),
    ];
  },
  unresolved,
);
export const faultImpact = ofEach('fault-impact', { zh: '影响范围', en: 'Impact' }, ({ impact }, _model, locale) => written(impact, locale), inReview('impact'));
export const faultTimeline = ofEach('fault-timeline', { zh: '处理过程', en: 'Timeline' }, (incident, model, locale) => [
  {
    type: 'table',
    title: say(locale, '时间线（取自事件日志）', 'Timeline (from the event log)'),
    columns: [
      words(say(locale, '时间', 'When'), 'text', 2.4),
      words(say(locale, '距发生', 'After'), 'text', 1.8),
      words(say(locale, '人员 / 系统', 'Who'), 'text', 2.2),
      words(say(locale, '事项', 'What'), 'prose', 8),
    ],
    rows: incident.timeline
      .slice(0, 100)
      .map(({ at, by, text }) => [
        timeCell(at, model),
        textCell(at === incident.openedAt ? undefined : formatDuration(at - incident.openedAt, locale)),
        textCell(by),
        textCell(text[locale]),
      ]),
    total: incident.timeline.length,
    empty: say(locale, '没有记录。', 'Nothing was recorded.'),
  },
  ...(incident.solution === undefined ? [] : [heading(say(locale, '解决办法', 'Solution'), 3), ...written(incident.solution, locale)]),
]);
export const faultCause = ofEach('fault-cause', { zh: '原因分析', en: 'Cause' }, ({ cause }, _model, locale) => written(cause, locale), inReview('cause'));
export const faultActions = ofEach(
  'fault-actions',
  { zh: '改进措施', en: 'Improvement actions' },
  ({ actions }, model, locale) =>
    actions === undefined
      ? written(undefined, locale)
      : [
          {
            type: 'table',
            title: say(locale, '改进措施', 'Improvement actions'),
            columns: [
              words(say(locale, '措施', 'Action'), 'prose', 7),
              words(say(locale, '责任人', 'Owner'), 'text', 2),
              words(say(locale, '计划完成日期', 'Due'), 'text', 2),
              words(say(locale, '已完成', 'Done'), 'text', 1.5),
            ],
            rows: actions.slice(0, 50).map(({ text, owner, dueAt, done }) => [textCell(text), textCell(owner), dateCell(dueAt, model), textCell(yesNo(done, locale))]),
            total: actions.length,
            empty: say(locale, '没有改进措施。', 'No improvement actions.'),
          },
        ],
  inReview('actions'),
);
export const faultClocks = ofEach('fault-clocks', { zh: '服务时效', en: 'SLA' }, (incident, model, locale) => [
  {
    type: 'table',
    title: say(locale, '合同时限与实际', 'Target and actual'),
    columns: [
      words(say(locale, '时限', 'Target'), 'text', 3),
      words(say(locale, '约定', 'Target time'), 'text', 2),
      words(say(locale, '实际（服务时间）', 'Actual (service time)'), 'text', 2.4),
      words(say(locale, '到期', 'Due'), 'text', 2.6),
      words(say(locale, '结论', 'Verdict'), 'status', 2),
    ],
    rows: incident.clocks.map((clock) => [
      textCell(clockWord(clock.clock, locale)),
      textCell(clock.goalSeconds === undefined ? undefined : formatServiceTime(clock.goalSeconds, locale)),
      textCell(takenWords(clock, incident, locale)),
      timeCell(clock.dueAt, model),
      clockState(clock, locale),
    ]),
    total: incident.clocks.length,
    empty: say(locale, '合同没有为该级别约定时限。', 'The contract defines no targets for this level.'),
  },
]);
