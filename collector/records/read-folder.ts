/**
 * A folder of records: `*.yaml`, `*.yml` or `*.json`, each a whole set (`demands:`, `plans:` …) or the list that its name says
 * (`demands.yaml`), and `PLACE.md` or `PLACE.zh.md`, Markdown with who wrote it and when between two lines of `---` at its begin.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import { AUTHORED_PLACES } from '../../reports/facts/service.ts';
import { issueWords } from '../fault-words.ts';
import { mergedRecords, Part, RECORD_KINDS, RecordSet } from './record-set.ts';

/** What is wrong with which file; the words name fields, no content. */
export class RecordFileError extends Error {
  override readonly name = 'RecordFileError';
  readonly words: Text;
  constructor(file: string, problem: Text) {
    super(`${file}: ${problem.en}`);
    this.words = { zh: `${file}：${problem.zh}`, en: `${file}: ${problem.en}` };
  }
}
const MOST_FILES = 200;
const MOST_BYTES = 8 * 1024 * 1024;
/** Faults of one file that are told at once. */
const MOST_ISSUES = 5;
const MOST_WORDS = 600;

/** @throws RecordFileError, or the system's error when the folder cannot be read */
export async function readRecordFolder(folder: string): Promise<RecordSet> {
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name);
  const known = names.filter((name) => ['.yaml', '.yml', '.json', '.md'].includes(extname(name))).toSorted();
  if (known.length === 0) throw new RecordFileError(folder, { zh: '没有 .yaml、.json 或 .md 文件', en: 'holds no .yaml, .json or .md file' });
  if (known.length > MOST_FILES) throw new RecordFileError(folder, { zh: `文件超过 ${MOST_FILES} 个`, en: `holds more than ${MOST_FILES} files` });
  const sets: RecordSet[] = [];
  for (const name of known) {
    const path = join(folder, name);
    const most = `${MOST_BYTES / 1024 / 1024} MiB`;
    if ((await stat(path)).size > MOST_BYTES) throw new RecordFileError(name, { zh: `超过 ${most}`, en: `is larger than ${most}` });
    const text = await readFile(path, 'utf8');
    sets.push(extname(name) === '.md' ? setOfMarkdown(name, text) : setOfData(name, text));
  }
  return mergedRecords(sets);
}

function setOfData(name: string, text: string): RecordSet {
  const value = dataOf(name, text);
  const kind = RECORD_KINDS.find((one) => one === basename(name, extname(name)));
  // There is one list of prices: a list of one is asked of nobody.
  const own = kind === 'prices' && isPriceList(value) ? [value] : value;
  return checked(name, RecordSet, kind !== undefined && Array.isArray(own) ? { [kind]: own } : own);
}
function isPriceList(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !RECORD_KINDS.some((kind) => kind in value);
}
/** Aliases multiply what a small file can hold: they are counted, and few are allowed. */
function dataOf(name: string, text: string): unknown {
  try {
    return extname(name) === '.json' ? (JSON.parse(text) as unknown) : (parse(text, { maxAliasCount: 100, schema: 'core' }) as unknown);
  } catch (error) {
    const line = error instanceof Error && 'linePos' in error && Array.isArray(error.linePos) ? (error.linePos[0] as { line?: number } | undefined)?.line : undefined;
    const format = extname(name) === '.json' ? 'JSON' : 'YAML';
    throw new RecordFileError(name, {
      zh: `不是有效的 ${format}${line === undefined ? '' : `（第 ${line} 行）`}`,
      en: `is not valid ${format}${line === undefined ? '' : ` (line ${line})`}`,
    });
  }
}

const FRONT = /^---\n([\s\S]{0,4000}?)\n---\n/;
function setOfMarkdown(name: string, raw: string): RecordSet {
  const text = raw.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const [place, lang] = basename(name, '.md').split('.');
  if (!(AUTHORED_PLACES as readonly string[]).includes(place ?? ''))
    throw new RecordFileError(name, {
      zh: `文件名须为以下之一（可加 .zh 或 .en）：${fileNames('、')}`,
      en: `must be called one of ${fileNames(', ')} (with .zh or .en before .md if it is of one language)`,
    });
  const front = FRONT.exec(text);
  const facts = front ? dataOf(name, front[1] ?? '') : {};
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts))
    throw new RecordFileError(name, { zh: '两行 --- 之间应为“字段: 值”', en: 'has no facts between the lines of ---' });
  const markdown = text.slice(front?.[0].length ?? 0);
  return checked(name, RecordSet, { parts: [checked(name, Part, { ...facts, place, ...(lang !== undefined && { lang }), markdown })] });
}

function fileNames(separator: string): string {
  return AUTHORED_PLACES.map((place) => `${place}.md`).join(separator);
}

function checked<S extends z.ZodType>(name: string, schema: S, value: unknown): z.output<S> {
  const { data, error } = schema.safeParse(value);
  if (error === undefined) return data;
  const shown = error.issues.slice(0, MOST_ISSUES);
  const words = (locale: Locale): string =>
    shown
      .map((issue) => `${placeOf(issue, locale)}${locale === 'zh' ? '：' : ': '}${wordsOf(issue)[locale]}`)
      .join(locale === 'zh' ? '；' : '; ')
      .replaceAll(/\p{Cc}/gu, ' ')
      .slice(0, MOST_WORDS);
  throw new RecordFileError(name, { zh: words('zh'), en: words('en') });
}
function placeOf({ path }: z.core.$ZodIssue, locale: Locale): string {
  if (path.length === 0) return locale === 'zh' ? '文件' : 'the file';
  return path.map(String).join('.');
}
/** A field that is not known is mostly a slip of the pen: which one is what its writer must know. */
function wordsOf(issue: z.core.$ZodIssue): Text {
  const words = issueWords(issue);
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.slice(0, MOST_ISSUES).map((key) => key.slice(0, 40));
    return { zh: `${words.zh}：${keys.join('、')}`, en: `${words.en}: ${keys.join(', ')}` };
  }
  // All of them, however many: a file's name or a field must be one of these.
  if (issue.code === 'invalid_value') return { zh: `可选：${issue.values.map(String).join('、')}`, en: `one of ${issue.values.map(String).join(', ')}` };
  return words;
}
