/**
 * A folder of records: `*.yaml`, `*.yml` or `*.json`, each a whole set (`demands:`, `plans:` …) or the list that its name says
 * (`demands.yaml`), and `PLACE.md` or `PLACE.zh.md`, Markdown with who wrote it and when between two lines of `---` at its begin.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { mergedRecords, Part, RECORD_KINDS, RecordSet } from './record-set.ts';

/** What is wrong with which file; the message names no content. */
export class RecordFileError extends Error {
  override readonly name = 'RecordFileError';
  readonly file: string;
  readonly problem: string;
  constructor(file: string, problem: string) {
    super(`${file}: ${problem}`);
    this.file = file;
    this.problem = problem;
  }
}
const MOST_FILES = 200;
const MOST_BYTES = 8 * 1024 * 1024;

/** @throws RecordFileError, or the system's error when the folder cannot be read */
export async function readRecordFolder(folder: string): Promise<RecordSet> {
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name);
  const known = names.filter((name) => ['.yaml', '.yml', '.json', '.md'].includes(extname(name))).toSorted();
  if (known.length === 0) throw new RecordFileError(folder, 'holds no .yaml, .json or .md file');
  if (known.length > MOST_FILES) throw new RecordFileError(folder, `holds more than ${MOST_FILES} files`);
  const sets: RecordSet[] = [];
  for (const name of known) {
    const path = join(folder, name);
    if ((await stat(path)).size > MOST_BYTES) throw new RecordFileError(name, `is larger than ${MOST_BYTES / 1024 / 1024} MiB`);
    const text = await readFile(path, 'utf8');
    sets.push(extname(name) === '.md' ? setOfMarkdown(name, text) : setOfData(name, text));
  }
  return mergedRecords(sets);
}

function setOfData(name: string, text: string): RecordSet {
  const value = dataOf(name, text);
  const kind = RECORD_KINDS.find((one) => one === basename(name, extname(name)));
  return checked(name, RecordSet, kind !== undefined && Array.isArray(value) ? { [kind]: value } : value);
}
/** Aliases multiply what a small file can hold: they are counted, and few are allowed. */
function dataOf(name: string, text: string): unknown {
  try {
    return extname(name) === '.json' ? (JSON.parse(text) as unknown) : (parse(text, { maxAliasCount: 100, schema: 'core' }) as unknown);
  } catch (error) {
    const at =
      error instanceof Error && 'linePos' in error && Array.isArray(error.linePos) ? ` (line ${String((error.linePos[0] as { line?: number } | undefined)?.line ?? '')})` : '';
    throw new RecordFileError(name, `is not valid ${extname(name) === '.json' ? 'JSON' : 'YAML'}${at}`);
  }
}

const FRONT = /^---\n([\s\S]{0,4000}?)\n---\n/;
function setOfMarkdown(name: string, raw: string): RecordSet {
  const text = raw.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const [place, lang] = basename(name, '.md').split('.');
  const front = FRONT.exec(text);
  const facts = front ? dataOf(name, front[1] ?? '') : {};
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) throw new RecordFileError(name, 'has no facts between the lines of ---');
  const markdown = text.slice(front?.[0].length ?? 0);
  return checked(name, RecordSet, { parts: [checked(name, Part, { ...facts, place, ...(lang !== undefined && { lang }), markdown })] });
}

function checked<S extends z.ZodType>(name: string, schema: S, value: unknown): z.output<S> {
  const { data, error } = schema.safeParse(value);
  if (error === undefined) return data;
  const shown = error.issues.slice(0, 5).map(({ path, message }) => `${path.map(String).join('.') || 'the file'}: ${message}`);
  throw new RecordFileError(
    name,
    shown
      .join('; ')
      .replaceAll(/\p{Cc}/gu, ' ')
      .slice(0, 600),
  );
}
