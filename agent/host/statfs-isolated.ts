/** Runs `statfs-child` and never waits for it longer than asked: a process stuck in the kernel is left behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { extname } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { FsNumbers, FsTarget } from './statfs-measure.ts';

export type Measurement = { readonly state: 'measured'; readonly numbers: FsNumbers } | { readonly state: 'hung' | 'unmeasured' };
export interface IsolatedOptions {
  readonly signal: AbortSignal;
  /** How long one file system may take; then it counts as hung. */
  readonly deadlineMs: number;
  /** Path of the child's script; default the one beside this file. */
  readonly script?: string | undefined;
}

export const UNMEASURED: Measurement = { state: 'unmeasured' };
export const HUNG: Measurement = { state: 'hung' };
/** In the same form as this file: `.ts` in development, `.js` in the image. */
const SCRIPT = fileURLToPath(new URL(`./statfs-child${extname(import.meta.url)}`, import.meta.url));
/** Starting Node on a busy machine takes its time; that is nobody's hang. */
const START_MS = 5_000;
const THREADS = '64';
const MAX_OUTPUT = 1024 * 1024;

/** Children that the kernel has not let go yet, by the target they wait for: at most one each, so they cannot pile up. */
const stuck = new Map<string, ChildProcess>();

/** One measurement per target, in order, within `deadlineMs` plus the start of a process. */
export async function measureIsolated(targets: readonly FsTarget[], options: IsolatedOptions): Promise<readonly Measurement[]> {
  const isStuck = (target: FsTarget): boolean => stuck.has(keyOf(target));
  const asked = targets.filter((target) => !isStuck(target));
  const answers = asked.length === 0 || options.signal.aborted ? [] : await askChild(asked, options);
  const byTarget = new Map(asked.map((target, index) => [target, answers[index] ?? UNMEASURED]));
  return targets.map((target) => byTarget.get(target) ?? HUNG);
}

async function askChild(targets: readonly FsTarget[], { signal, deadlineMs, script = SCRIPT }: IsolatedOptions): Promise<readonly Measurement[]> {
  const child = spawn(process.execPath, ['--max-old-space-size=48', script], { cwd: '/', env: { UV_THREADPOOL_SIZE: THREADS }, stdio: ['pipe', 'pipe', 'ignore'] });
  const answers = new Map<number, Measurement>();
  const begun = new Set<number>();
  const timers: NodeJS.Timeout[] = [];
  let stop: (() => void) | undefined;
  await new Promise<void>((done) => {
    const settle = (index: number, measurement: Measurement): void => {
      if (!answers.has(index)) answers.set(index, measurement);
      if (answers.size === targets.length) done();
    };
    timers.push(setTimeout(done, START_MS + 2 * deadlineMs));
    stop = () => done();
    signal.addEventListener('abort', stop, { once: true });
    child.once('error', () => done());
    child.stdin.on('error', () => undefined); // a child that is gone does not read; its end is told by its output
    child.stdin.end(JSON.stringify(targets));
    readLines(child.stdout, done, (line) => {
      const answer = parseAnswer(line, targets.length);
      if (answer === undefined) return;
      if (answer.measurement) settle(answer.index, answer.measurement);
      else if (!begun.has(answer.index)) {
        begun.add(answer.index);
        timers.push(setTimeout(settle, deadlineMs, answer.index, HUNG));
      }
    });
  });
  for (const timer of timers) clearTimeout(timer);
  if (stop) signal.removeEventListener('abort', stop);
  leave(
    child,
    targets.filter((_target, index) => answers.get(index) === HUNG),
  );
  return targets.map((_target, index) => answers.get(index) ?? UNMEASURED);
}

/** Lets go of a child: killed if the kernel allows it, remembered by what it waits for if not. */
function leave(child: ChildProcess, waiting: readonly FsTarget[]): void {
  child.stdout?.destroy();
  child.stdin?.destroy();
  if (child.pid === undefined || child.exitCode !== null) return;
  for (const target of waiting) stuck.set(keyOf(target), child);
  child.once('exit', () => {
    for (const target of waiting) if (stuck.get(keyOf(target)) === child) stuck.delete(keyOf(target));
  });
  child.kill('SIGKILL');
  child.unref();
}

function keyOf({ device, paths }: FsTarget): string {
  return `${device ?? ''} ${paths[0] ?? ''}`;
}

/** Calls `onLine` per line and `onEnd` when the stream ends, fails, or has said more than `MAX_OUTPUT`. */
function readLines(stream: Readable, onEnd: () => void, onLine: (line: string) => void): void {
  let rest = '';
  let read = 0;
  stream.setEncoding('utf8');
  stream.once('end', onEnd).once('error', onEnd);
  stream.on('data', (chunk: string) => {
    read += chunk.length;
    if (read > MAX_OUTPUT) return onEnd();
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
}

/** A line of the child; without `measurement` it has begun with that target. `undefined` when the line is anything else. */
function parseAnswer(line: string, targets: number): { readonly index: number; readonly measurement?: Measurement } | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof answer !== 'object' || answer === null || !('index' in answer && 'state' in answer)) return undefined;
  const { index, state } = answer;
  if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= targets) return undefined;
  if (state === 'begun') return { index };
  const numbers = state === 'measured' && 'numbers' in answer ? toFsNumbers(answer.numbers) : undefined;
  return { index, measurement: numbers ? { state: 'measured', numbers } : UNMEASURED };
}

/** Checks foreign numbers of one file system. */
export function toFsNumbers(value: unknown): FsNumbers | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { bsize, blocks, bfree, bavail, files, ffree } = value as Partial<Record<keyof FsNumbers, unknown>>; // each is checked below
  if (!(isCount(bsize) && isCount(blocks) && isCount(bfree) && isCount(bavail) && isCount(files) && isCount(ffree))) return undefined;
  return { bsize, blocks, bfree, bavail, files, ffree };
}
function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
