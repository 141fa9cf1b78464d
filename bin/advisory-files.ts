/** Files of advisories as the command line names them: a file, or a folder with files, a year's folders included. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Advisory, AdvisoryError } from '../collector/advisories/advisory.ts';
import { readFeed } from '../collector/advisories/read-feed.ts';
import { ReportTrouble } from './terminal/report-words.ts';

const MOST_FILES = 100_000;
const DEEPEST = 3;

/** @throws ReportTrouble naming the file that is wrong, or the system's error */
export async function* advisoriesIn(path: string): AsyncGenerator<Advisory> {
  const facts = await stat(path);
  // A pipe or a device may never end.
  if (!facts.isDirectory() && !facts.isFile()) throw new ReportTrouble({ zh: `${path} 不是普通文件或目录`, en: `${path} is neither a regular file nor a folder` });
  const files = facts.isDirectory() ? await filesBelow(path, DEEPEST) : [path];
  if (files.length === 0) throw new ReportTrouble({ zh: `${path} 中没有 .json、.xml 或 .gz 文件`, en: `${path} holds no .json, .xml or .gz file` });
  for (const file of files) {
    try {
      yield* readFeed(createReadStream(file));
    } catch (error) {
      if (!(error instanceof AdvisoryError)) throw error;
      throw new ReportTrouble({ zh: `${file}：${error.message}`, en: `${file} ${error.message}` });
    }
  }
}
async function filesBelow(folder: string, depth: number): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of (await readdir(folder, { withFileTypes: true })).toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isFile() && /\.(json|xml|gz)$/i.test(entry.name)) found.push(path);
    else if (entry.isDirectory() && depth > 1) found.push(...(await filesBelow(path, depth - 1)));
    if (found.length > MOST_FILES) throw new ReportTrouble({ zh: `${folder} 中的文件超过 ${MOST_FILES} 个`, en: `${folder} holds more than ${MOST_FILES} files` });
  }
  return found;
}
