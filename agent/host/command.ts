/** External programs: absolute path, no shell, a deadline, a cap on output. Only where no file tells the same. */
import { execFile } from 'node:child_process';
import { UnreadableError } from '../gatherers/gatherer.ts';
import type { Host } from './host.ts';

const MAX_OUTPUT_BYTES = 1024 * 1024;

/**
 * Standard output of a program of this machine.
 * @throws UnreadableError `not-visible` when the host is not the running machine or the program is missing
 */
export async function runCommand(host: Host, path: `/${string}`, args: readonly string[], { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal }): Promise<string> {
  if (!host.live) throw new UnreadableError('not-visible');
  return await new Promise((resolve, reject) => {
    execFile(
      path,
      args,
      { timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: MAX_OUTPUT_BYTES, signal, env: { LC_ALL: 'C', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } },
      (error, stdout) => {
        if (!error) resolve(stdout);
        else if (error.killed) reject(new UnreadableError('timeout'));
        else reject(new UnreadableError('code' in error && error.code === 'ENOENT' ? 'not-visible' : 'failed'));
      },
    );
  });
}
