/** Runs the command line as a user would, in a process of its own, with a home that is empty. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const PROGRAM = join(import.meta.dirname, '../../bin/xunjian.ts');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly directory: string;
}

/** A temporary folder that goes with the test. */
export function temporary(): string {
  const directory = mkdtempSync(join(tmpdir(), 'xunjian-cli-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export async function xunjian(args: readonly string[], environment: Readonly<Record<string, string>> = {}, directory = temporary()): Promise<Ended> {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: directory,
    env: { PATH: process.env['PATH'] ?? '', HOME: directory, LANG: 'en_US.UTF-8', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err, directory };
}
