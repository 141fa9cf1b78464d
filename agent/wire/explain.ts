/** A sealed payload read back field by field, each with the purpose that the registry states. */
import type { SealedPayload } from './encode-values.ts';
import type { Field, Fields } from './fields.ts';
import { SECTIONS } from './registry.ts';
import type { SectionDefinition } from './section.ts';
import type { Text, UNITS } from './vocabulary.ts';

export interface ExplainedField {
  /** `section.field` or `section.list[0].field`. */
  readonly path: string;
  /** JSON of the value. */
  readonly value: string;
  readonly unit?: (typeof UNITS)[number];
  readonly purpose: Text;
}

/** Purpose of what stands beside the sections. */
export const ENVELOPE_PURPOSES: Readonly<Record<string, Text>> = {
  schema: { zh: '数据格式版本', en: 'Version of this format' },
  agent: { zh: '发送方的角色、版本、规则包版本、防脑裂序号，以及所看的主机', en: 'Role, version, rule pack and fencing epoch of the sender, and the machine it looks at' },
  takenAt: { zh: '采集时间（Unix 秒）', en: 'Time of the inspection (Unix seconds)' },
  clearNames: { zh: '站点声明可明文发送的名称种类', en: 'Kinds of names that the site declared clear' },
  gatherers: { zh: '各采集器的结果、原因与耗时', en: 'How each gatherer ended, why, and how long it took' },
  verdicts: { zh: '各检查项的结论', en: 'What each check said' },
  findings: {
    zh: '未通过的检查及其对象、实测值与阈值，以及提出要求的主机角色',
    en: 'Failing checks with scope, measured value and threshold, and the roles of the machine that ask for it',
  },
  findingsCut: { zh: '因上限未发送的问题数', en: 'Findings left out by the cap' },
};

/** Purpose of what signals say, between inspections. */
export const SIGNAL_PURPOSES: Readonly<Record<string, Text>> = {
  'schema, agent, at, clearNames': { zh: '同上；at 为时间（Unix 秒）', en: 'As above; at is the time (Unix seconds)' },
  complete: { zh: '是否为全部未消除的信号，而不只是变化', en: 'Whether these are all signals that are not clear, not only changes' },
  'signals[]: check, area, severity, unit, scope, observed, threshold': { zh: '与 findings 相同', en: 'As in findings' },
  'signals[].state': { zh: '成立、消除、看不到，或被其他问题解释', en: 'It holds, is over, cannot be seen, or is explained by another trouble' },
  'signals[].since, signals[].at': { zh: '从何时起，何时得出（Unix 秒）', en: 'Since when, and when it was decided (Unix seconds)' },
  'signals[].flapping, signals[].maintenance': { zh: '是否反复、是否处于维护窗口', en: 'Whether it comes and goes, and falls into a maintenance window' },
  'signals[].parent': { zh: '解释它的问题（检查项与对象）', en: 'The trouble that explains it (check and scope)' },
  'incidents[]: number, source, kind, severity, level, state, openedAt, at': {
    zh: '仅由站点收集端发往支持中心：人、接口或 Alertmanager 在站点开立的事件的编号、来源、类型、严重程度、级别、状态与时间（Unix 秒）；标题、描述与备注不离开站点',
    en: 'Only from a site’s collector to a support centre: number, source, kind, severity, level, state and times (Unix seconds) of incidents that people, the API or Alertmanager opened there; titles, descriptions and comments stay at the site',
  },
  'incidents[].rule, incidents[].scope': {
    zh: '通用告警的名称（封闭清单），及对象（名称为假名）',
    en: 'Name of an alert that everybody has (a closed list), and what it is about (names as pseudonyms)',
  },
};
/** Purpose of what a heartbeat says. */
export const HEARTBEAT_PURPOSES: Readonly<Record<string, Text>> = {
  'schema, agent, at, clearNames': { zh: '同上', en: 'As above' },
  'intervalSeconds, uptimeSeconds': { zh: '心跳间隔与进程运行时长：据此判断失联', en: 'Time between heartbeats and age of the process: silence is judged by it' },
  lastInspectionAt: { zh: '最近一次巡检结束的时间', en: 'When the last inspection ended' },
  'outbox: items, bytes, oldestAgeSeconds, dropped': {
    zh: '待发送的数量、大小、最旧者的时长，及放弃的数量与原因',
    en: 'What waits to be sent, its size and age, and what was given up, by reason',
  },
  activeSignals: { zh: '未消除的信号数', en: 'Signals that are not clear' },
  takes: { zh: '站点是否允许收集端请求提前巡检', en: 'Whether the site lets the collector ask for an inspection ahead of its time' },
  'leaves: level, hold, optOut': {
    zh: '站点当前允许发送的内容、是否等待批准、关闭的分组：收集端只能显示，不能更改',
    en: 'What the site lets leave now, whether it waits, groups that are off: the collector shows it and can change nothing',
  },
  'request: id, state, refusal': { zh: '收集端最近一次请求的编号与结果', en: 'Number of the last thing that the collector asked, and what became of it' },
};
/** Purpose of what stands around every payload on its way. */
export const HEADER_PURPOSES: Readonly<Record<string, Text>> = {
  'agent, boot, seq': { zh: '随机的安装与进程标识及序号：重复送达时不重复计入', en: 'Random ids of installation and process, and a number: what arrives twice counts once' },
  'kind, keptAt, sha256': { zh: '种类、写入本机磁盘的时间、内容摘要', en: 'Kind, time of being kept on disk, digest of the content' },
};

/** Every value of the payload in its order. */
export function* encodedFields({ json }: Pick<SealedPayload, 'json'>): Generator<ExplainedField> {
  const payload = JSON.parse(json) as Readonly<Record<string, unknown>> & { readonly sections: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
  for (const [key, purpose] of Object.entries(ENVELOPE_PURPOSES)) yield { path: key, value: JSON.stringify(payload[key]), purpose };
  const definitions: Readonly<Record<string, SectionDefinition>> = SECTIONS;
  for (const [id, section] of Object.entries(payload.sections)) {
    const definition = definitions[id];
    if (definition) yield* explainRow(definition.fields, section, id);
  }
}

function* explainRow(fields: Fields, row: Readonly<Record<string, unknown>>, path: string): Generator<ExplainedField> {
  for (const [key, value] of Object.entries(row)) {
    const field = fields[key];
    if (field) yield* explainField(field, value, `${path}.${key}`);
  }
}
function* explainField(field: Field, value: unknown, path: string): Generator<ExplainedField> {
  if (field.type !== 'list') {
    yield { path, value: JSON.stringify(value), purpose: field.purpose, ...('unit' in field && { unit: field.unit }) };
    return;
  }
  const rows = value as readonly Readonly<Record<string, unknown>>[];
  if (rows.length === 0) yield { path, value: '[]', purpose: field.purpose };
  for (const [index, row] of rows.entries()) yield* explainRow(field.row, row, `${path}[${index}]`);
}
