/** `--parts DIR`: what people wrote and other systems know, read from a folder and put into a report's document. */
import { stat } from 'node:fs/promises';
import { withRecords } from '../collector/records/apply-records.ts';
import { RecordFileError, readRecordFolder } from '../collector/records/read-folder.ts';
import type { RecordSet } from '../collector/records/record-set.ts';
import type { ReportModel } from '../reports/model.ts';
import type { CommandContext } from './context.ts';
import { UsageError } from './terminal/arguments.ts';
import { ReportTrouble } from './terminal/report-words.ts';

/** @throws ReportTrouble for what is wrong with the folder or a file of it, the system's error when it cannot be read */
export async function recordsOfFolder(folder: string): Promise<RecordSet> {
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new ReportTrouble({ zh: `目录 ${folder} 不存在`, en: `there is no folder ${folder}` });
    throw error;
  });
  if (!found.isDirectory()) throw new ReportTrouble({ zh: `${folder} 不是目录`, en: `${folder} is no folder` });
  try {
    return await readRecordFolder(folder);
  } catch (error) {
    if (error instanceof RecordFileError) throw new ReportTrouble(error.words);
    throw error;
  }
}

/** @throws UsageError, in words, for whatever {@link recordsOfFolder} throws */
export async function requireFolder(folder: string): Promise<void> {
  try {
    await recordsOfFolder(folder);
  } catch (error) {
    if (error instanceof ReportTrouble) throw new UsageError(error.words);
    throw new UsageError(`--parts ${folder}: ${error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'}`);
  }
}

/** The document with the folder's records; says which parts a report of this kind has no place for. */
export async function withParts(
  model: ReportModel,
  folder: string | undefined,
  kind: string,
  { complain, locale }: Pick<CommandContext, 'complain' | 'locale'>,
): Promise<ReportModel> {
  if (folder === undefined) return model;
  const set = await recordsOfFolder(folder);
  const { findKind, placesOf } = await import('../reports/kinds/index.ts');
  const found = findKind(kind);
  const places = found ? placesOf(found) : [];
  const homeless = [...new Set(set.parts.map(({ place }) => place))].filter((place) => !places.includes(place));
  if (homeless.length > 0)
    complain(
      locale === 'zh'
        ? `${kind} 报告没有以下部分的位置，未写入：${homeless.join('、')}（可用：${places.join('、')}）`
        : `a report of kind ${kind} has no place for ${homeless.join(', ')}: not written (it has ${places.join(', ')})`,
    );
  return withRecords(model, set, false);
}
