/** A file that somebody named on the command line: whatever it is, reading it ends, and takes a bounded amount of memory. */
import { openRegular, readUpTo } from '../agent/host/bounded-read.ts';
import type { Text } from '../agent/wire/vocabulary.ts';
import { UsageError } from './terminal/arguments.ts';

const MIB = 1024 * 1024;
/** A network file system that is away does not answer at all. */
const DEADLINE_MS = 10_000;

export interface GivenFileLimits {
  readonly mostBytes: number;
  /** Ends the wait at once. */
  readonly signal?: AbortSignal | undefined;
  readonly deadlineMs?: number | undefined;
}

/** Its bytes. Only a regular file is read: a pipe or a device may never end. @throws UsageError saying what is wrong with which file */
export async function readGivenFile(path: string, { mostBytes, signal, deadlineMs = DEADLINE_MS }: GivenFileLimits): Promise<Buffer> {
  const deadline = AbortSignal.timeout(deadlineMs);
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const onStop = (): void => reject(new DOMException('stopped', signal?.aborted ? 'AbortError' : 'TimeoutError'));
  const either = signal ? AbortSignal.any([signal, deadline]) : deadline;
  either.addEventListener('abort', onStop, { once: true });
  if (either.aborted) onStop();
  try {
    const { bytes, more } = await Promise.race([readRegular(path, mostBytes), stopped]);
    if (more) throw new UsageError(sentence(path, { zh: `超过 ${mostBytes / MIB} MiB`, en: `larger than ${mostBytes / MIB} MiB` }));
    return bytes;
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(sentence(path, wordsOf(error)));
  } finally {
    either.removeEventListener('abort', onStop);
  }
}

/** See {@link readGivenFile}, as text. @throws UsageError */
export async function readGivenText(path: string, limits: GivenFileLimits): Promise<string> {
  return (await readGivenFile(path, limits)).toString('utf8');
}

async function readRegular(path: string, mostBytes: number): Promise<{ readonly bytes: Buffer; readonly more: boolean }> {
  await using file = await openRegular(path);
  return await readUpTo(file, mostBytes);
}

function sentence(path: string, words: Text): Text {
  return { zh: `${path}：${words.zh}`, en: `${path}: ${words.en}` };
}

const WORDS: Readonly<Record<string, Text>> = {
  ENOENT: { zh: '文件不存在', en: 'no such file' },
  ENOTDIR: { zh: '文件不存在', en: 'no such file' },
  EACCES: { zh: '没有读取权限', en: 'no permission to read' },
  EPERM: { zh: '没有读取权限', en: 'no permission to read' },
  EISDIR: { zh: '是目录，不是文件', en: 'is a folder and no file' },
  ENOTREG: { zh: '不是普通文件（管道或设备）', en: 'is no regular file but a pipe or a device' },
  ENXIO: { zh: '不是普通文件（管道或设备）', en: 'is no regular file but a pipe or a device' },
  TimeoutError: { zh: '读取超时', en: 'reading it timed out' },
  AbortError: { zh: '读取被中断', en: 'reading it was stopped' },
};
function wordsOf(error: unknown): Text {
  const key = error instanceof Error ? ('code' in error && typeof error.code === 'string' ? error.code : error.name) : '';
  return WORDS[key] ?? { zh: `无法读取（${key}）`, en: `cannot be read (${key})` };
}
