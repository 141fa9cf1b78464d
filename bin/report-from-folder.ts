/** A report from the folder that `xunjian inspect --out DIR` wrote, without any server. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MOST_DOCUMENT, readModel } from '../collector/reports/read-model.ts';
import { RenderError } from '../collector/reports/render-process.ts';
import type { ReportTask } from './commands/report.ts';
import { renderFiles } from './render-files.ts';
import { withAdvisories } from './report-advisories.ts';
import { withParts } from './report-parts.ts';
import { signerOf } from './report-signer.ts';
import { ReportTrouble } from './terminal/report-words.ts';

const MODEL_FILE = 'report.json';

export async function reportFromFolder({ kind, formats, locales, directory, values, context, onProgress }: ReportTask, folder: string): Promise<readonly string[]> {
  const file = join(folder, MODEL_FILE);
  const facts = await stat(file).catch(() => undefined);
  if (!facts?.isFile() && folder.toLowerCase().endsWith('.xlsx'))
    throw new ReportTrouble({
      zh: `${folder} 是 Excel 文件；填写好的自检表用 --template-input 读取`,
      en: `${folder} is a workbook; a filled-in self-check is read with --template-input`,
    });
  if (!facts?.isFile())
    throw new ReportTrouble({
      zh: `${folder} 中没有 ${MODEL_FILE}；请先运行 xunjian inspect --out ${folder}`,
      en: `there is no ${MODEL_FILE} in ${folder}; run xunjian inspect --out ${folder} first`,
    });
  if (facts.size > MOST_DOCUMENT) throw new RenderError('too-large', MODEL_FILE);
  const found = await readFile(file, 'utf8');
  const stored = parsed(found);
  if (!stored) throw new RenderError('malformed', file);
  const model = await withAdvisories(await withParts(stored, values.parts, kind, context), values.advisories);
  const json = model === stored ? found : JSON.stringify(model);
  const { from, to, asOf } = model.period;
  return await renderFiles(
    { json, model, directory, wanted: { kind, formats, locales, ...(from !== undefined && { from: from * 1_000 }), to: (to ?? asOf) * 1_000 } },
    { signer: await signerOf(values['sign-key']), signal: context.signal, onProgress, now: Date.now() },
  );
}
function parsed(json: string): ReturnType<typeof readModel> {
  try {
    return readModel(json);
  } catch {
    return undefined; // no JSON
  }
}
