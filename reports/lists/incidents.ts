import { dateCell, durationCell, textCell, timeCell } from '../cells.ts';
import type { IncidentRecord } from '../facts/service.ts';
import { scopeWords } from '../findings.ts';
import { clocksCell, incidentSource, incidentState, respondedAfter } from '../service-words.ts';
import type { List, ListColumn } from './list.ts';

const number: ListColumn<IncidentRecord> = { title: { zh: '编号', en: 'Number' }, format: 'name', weight: 3.4, width: 20, cell: ({ number: id }) => textCell(id) };
const level: ListColumn<IncidentRecord> = { title: { zh: '级别', en: 'Level' }, weight: 1.9, width: 10, cell: ({ levelLabel }, _model, locale) => textCell(levelLabel[locale]) };
const source: ListColumn<IncidentRecord> = {
  title: { zh: '来源', en: 'Source' },
  width: 12,
  cell: (incident, _model, locale) => textCell(incidentSource(incident, locale)),
};
const object: ListColumn<IncidentRecord> = {
  title: { zh: '对象', en: 'Object' },
  format: 'name',
  weight: 4,
  optional: true,
  width: 32,
  cell: ({ scope }, model, locale) => textCell(scope && scopeWords(model, scope, locale)),
};
const content: ListColumn<IncidentRecord> = { title: { zh: '内容', en: 'What' }, weight: 5, width: 40, cell: ({ title }, _model, locale) => textCell(title[locale]) };
const opened: ListColumn<IncidentRecord> = { title: { zh: '发生时间', en: 'Opened' }, weight: 2.6, width: 18, cell: ({ openedAt }, model) => timeCell(openedAt, model) };
const answered: ListColumn<IncidentRecord> = {
  title: { zh: '首次响应', en: 'First response' },
  weight: 2.5,
  width: 14,
  cell: (incident, _model, locale) => durationCell(respondedAfter(incident), locale),
};
const lasted: ListColumn<IncidentRecord> = {
  title: { zh: '时长', en: 'Lasted' },
  weight: 2.2,
  width: 14,
  cell: ({ openedAt, resolvedAt }, _model, locale) => durationCell(resolvedAt === undefined ? undefined : resolvedAt - openedAt, locale),
};
const state: ListColumn<IncidentRecord> = {
  title: { zh: '状态', en: 'State' },
  format: 'status',
  weight: 2.9,
  width: 14,
  cell: (incident, _model, locale) => incidentState(incident, locale),
};
const clocks: ListColumn<IncidentRecord> = {
  title: { zh: '时效', en: 'SLA' },
  format: 'status',
  weight: 3.1,
  width: 22,
  cell: (incident, _model, locale) => clocksCell(incident, locale),
};
const resolved: ListColumn<IncidentRecord> = { title: { zh: '恢复时间', en: 'Resolved' }, width: 18, cell: ({ resolvedAt }, model) => timeCell(resolvedAt, model) };
const closed: ListColumn<IncidentRecord> = { title: { zh: '关闭时间', en: 'Closed' }, width: 18, cell: ({ closedAt }, model) => timeCell(closedAt, model) };
const assignee: ListColumn<IncidentRecord> = { title: { zh: '处理人', en: 'Assignee' }, width: 14, cell: ({ assignee: who }) => textCell(who) };
const solution: ListColumn<IncidentRecord> = { title: { zh: '处理结果', en: 'Solution' }, width: 50, cell: ({ solution: words }) => textCell(words) };
const closure: ListColumn<IncidentRecord> = { title: { zh: '关闭依据', en: 'Closure reason' }, width: 24, cell: ({ closure: words }, _model, locale) => textCell(words?.[locale]) };
const rule: ListColumn<IncidentRecord> = {
  title: { zh: '规则', en: 'Rule' },
  width: 30,
  cell: ({ rule: id, ruleVersion }) => textCell(id && [id, ruleVersion].filter((part) => part !== undefined).join('@')),
};

/** Incidents of the period, newest first: 《事件清单》. */
export const incidentsList: List<IncidentRecord> = {
  id: 'incidents',
  ofService: true,
  title: { zh: '事件清单', en: 'Incidents' },
  sheet: { zh: '事件清单', en: 'Incidents' },
  empty: { zh: '本期没有事件。', en: 'No incidents in the period.' },
  pick: ({ incidents }) => incidents,
  columns: [number, level, source, object, content, opened, answered, lasted, state, clocks, resolved, closed, assignee, solution, closure, rule],
};

/** Problems and questions that people raised: 《问题清单》. */
export const problemsList: List<IncidentRecord> = {
  id: 'problems',
  ofService: true,
  records: 'problems.yaml',
  title: { zh: '问题清单', en: 'Problems' },
  sheet: { zh: '问题处理', en: 'Problems' },
  empty: { zh: '本期没有登记问题。', en: 'No problems were registered in the period.' },
  pick: ({ problems }) => problems,
  columns: [
    number,
    level,
    { title: { zh: '提出时间', en: 'Raised' }, weight: 3, width: 14, cell: ({ openedAt }, model) => dateCell(openedAt, model) },
    { title: { zh: '提出人', en: 'Raised by' }, weight: 2, optional: true, width: 14, cell: ({ reportedBy }) => textCell(reportedBy) },
    { ...content, title: { zh: '问题', en: 'Problem' } },
    answered,
    { ...solution, title: { zh: '解决方案', en: 'Solution' }, weight: 5, optional: true },
    state,
    clocks,
    closed,
    assignee,
    closure,
  ],
};
