/** External programs: absolute path, no shell, a deadline, a cap on output. Only where no file tells the same. */
import { type ExecFileException, execFile } from 'node:child_process';
import { UnreadableError } from '../gatherers/gatherer.ts';
import type { Reason } from '../wire/vocabulary.ts';
import type { Host } from './host.ts';

const MAX_OUTPUT_BYTES = 1024 * 1024;

/**
 * Standard output of a program of this machine.
 * @throws UnreadableError `timeout`, `too-large`, `not-visible` when the host is not the running machine or the program is missing
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
        else reject(new UnreadableError(faultOf(error)));
      },
    );
  });
}

function faultOf({ code, killed, name }: ExecFileException): Reason {
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'too-large';
  if (killed === true || name === 'AbortError') return 'timeout';
  return code === 'ENOENT' ? 'not-visible' : 'failed';
}
