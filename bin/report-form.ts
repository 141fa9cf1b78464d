/** The self-check as a form to fill in, and a filled-in form as a report. */
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../agent/site/private-file.ts';
import { VERSION } from '../agent/version.ts';
import type { Text } from '../agent/wire/vocabulary.ts';
import { sha256Of } from '../collector/store/report-store.ts';
import type { Form } from '../reports/templates/form.ts';
import { modelOfForm } from '../reports/templates/form-model.ts';
import { type FormFault, MOST_FORM_BYTES, readFormXlsx } from '../reports/templates/form-xlsx.ts';
import { tongtechSelfCheck } from '../reports/templates/tongtech-self-check.ts';
import type { ReportTask } from './commands/report.ts';
import { readGivenFile } from './given-file.ts';
import { renderFiles } from './render-files.ts';
import { withParts } from './report-parts.ts';
import { signerOf } from './report-signer.ts';
import { ReportTrouble } from './terminal/report-words.ts';

const FORMS: Readonly<Record<string, Form>> = { tongtech: tongtechSelfCheck };
function formOf(kind: string): Form {
  const form = Object.hasOwn(FORMS, kind) ? FORMS[kind] : undefined;
  if (form) return form;
  const known = Object.keys(FORMS).join(', ');
  throw new ReportTrouble({ zh: `这种报告没有自检表，可选 ${known}`, en: `this kind of report has no self-check form; there are ${known}` });
}

export async function writeForms({ kind, locales, formats, directory, values }: ReportTask): Promise<readonly string[]> {
  const form = formOf(kind);
  const wanted = values.format === undefined ? ['xlsx', 'docx'] : formats.filter((format) => format === 'xlsx' || format === 'docx');
  if (wanted.length === 0) throw new ReportTrouble({ zh: '自检表的格式为 xlsx 或 docx', en: 'a form is xlsx or docx' });
  await makeFolder(directory);
  const names: string[] = [];
  for (const format of wanted)
    for (const locale of locales) {
      const bytes =
        format === 'xlsx'
          ? await (await import('../reports/templates/form-xlsx.ts')).formXlsx(form, locale)
          : await (await import('../reports/templates/form-docx.ts')).formDocx(form, locale);
      const name = `${form.id}.${locale}.${format}`;
      await writeFile(join(directory, `.${name}.part`), bytes, { mode: 0o600 });
      await rename(join(directory, `.${name}.part`), join(directory, name));
      names.push(name);
    }
  return names;
}

const FAULTS: Readonly<Record<FormFault, Text>> = {
  'not-a-workbook': { zh: '不是 Excel 工作簿（.xlsx）', en: 'is no Excel workbook (.xlsx)' },
  'too-large': { zh: '过大', en: 'is too large' },
  'another-form': { zh: '不是本版本的自检表：首个单元格应保持原样', en: 'is not a form of this version: its first cell has to stay as it was' },
};

export async function reportFromForm({ kind, locales, formats, directory, values, context, onProgress }: ReportTask, file: string): Promise<readonly string[]> {
  const form = formOf(kind);
  const trouble = (words: Text): ReportTrouble => new ReportTrouble({ zh: `${file}：${words.zh}`, en: `${file}: ${words.en}` });
  const bytes = await readGivenFile(file, { mostBytes: MOST_FORM_BYTES, signal: context.signal });
  const filled = await readFormXlsx(bytes, form);
  if ('fault' in filled) throw trouble(FAULTS[filled.fault]);
  const labels = (ids: readonly string[]): string =>
    ids.map((id) => form.items.find((item) => item.id === id)?.label[context.locale] ?? id).join(context.locale === 'zh' ? '、' : ', ');
  const missing = form.items.filter(({ id, required }) => required && !filled.answers.has(id)).map(({ id }) => id);
  if (missing.length > 0) throw trouble({ zh: `必填项缺失或无效：${labels(missing)}`, en: `missing or not valid, and needed: ${labels(missing)}` });
  if (filled.refused.length > 0)
    context.complain(`${context.locale === 'zh' ? '格式不符，记为未检查：' : 'not in the asked form, counted as not checked: '}${labels(filled.refused)}`);
  const now = Date.now();
  const filledIn = modelOfForm(form, filled, { now: Math.floor(now / 1_000), version: VERSION, sha256: sha256Of(bytes), zoneMinutes: -new Date(now).getTimezoneOffset() });
  const model = await withParts(filledIn, values.parts, kind, context);
  const to = model.period.asOf * 1_000;
  return await renderFiles(
    { json: JSON.stringify(model), model, directory, wanted: { kind, formats, locales, to } },
    { signer: await signerOf(values['sign-key']), signal: context.signal, onProgress, now },
  );
}
