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
  agent: { zh: '发送方的角色、版本和防脑裂序号', en: 'Role, version and fencing epoch of the sender' },
  takenAt: { zh: '采集时间（Unix 秒）', en: 'Time of the inspection (Unix seconds)' },
  clearNames: { zh: '站点声明可明文发送的名称种类', en: 'Kinds of names that the site declared clear' },
  gatherers: { zh: '各采集器的结果、原因与耗时', en: 'How each gatherer ended, why, and how long it took' },
  verdicts: { zh: '各检查项的结论', en: 'What each check said' },
  findings: { zh: '未通过的检查及其对象、实测值与阈值', en: 'Failing checks with scope, measured value and threshold' },
  findingsCut: { zh: '因上限未发送的问题数', en: 'Findings left out by the cap' },
};

/** Every value of the payload in its order. */
export function* encodedFields({ json }: SealedPayload): Generator<ExplainedField> {
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
