/** `xunjian start` as a user runs it, in a folder of the test's own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '../..');

export interface Running {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<number | null>;
}
export function startAllInOne(folder: string, ...args: readonly string[]): Running {
  const child = spawn(
    process.execPath,
    ['bin/xunjian.ts', 'start', '--lang', 'en', '--no-cluster', '--listen', '127.0.0.1:0', '--data-dir', join(folder, 'data'), '--out', join(folder, 'out'), ...args],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], HOME: folder },
    },
  );
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  return { child, said: () => text, ended: new Promise((resolve) => child.once('exit', (code) => resolve(code))) };
}
/** What comes about within two minutes, or what the program said instead. */
export async function until<T>(what: () => T | undefined | false, running: Running): Promise<T> {
  for (let turn = 0; turn < 600; turn += 1) {
    const got = what();
    if (got) return got;
    if (running.child.exitCode !== null) break;
    await sleep(200);
  }
  throw new Error(`it did not come about; it said:\n${running.said()}`);
}
