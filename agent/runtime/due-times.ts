/**
 * When a cron expression is due, worked out in a process of its own once in many runs: the library and the time zones' data (8 MiB of
 * ICU's tables at the first look) would stay in the agent's memory for one question a week.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childFlags } from './child-flags.ts';

export interface DueRequest {
  /** Five fields, or six with seconds in front. */
  readonly cron: string;
  /** IANA name. */
  readonly timeZone: string;
}
/** Unix milliseconds, the next first, never none; or why there are none. */
export type DueAnswer = { readonly due: readonly number[] } | { readonly error: string };

/** The times could not be worked out: the process had no room, or was ended. */
export class DueTimesError extends Error {
  override readonly name = 'DueTimesError';
  constructor(why: string) {
    super(`schedule: ${why}`);
  }
}

const DEADLINE_MS = 30_000;

/** The next times after now. @throws DueTimesError */
export async function dueTimes(request: DueRequest, signal?: AbortSignal): Promise<readonly number[]> {
  if (signal?.aborted) throw new DueTimesError('stopped');
  const script = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../schedule-child.ts' : '../schedule-child.js', import.meta.url));
  const child = fork(script, [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'json', execArgv: childFlags(process.execArgv) });
  const { promise, resolve } = Promise.withResolvers<DueAnswer>();
  const stop = (): void => resolve({ error: 'stopped' });
  const timer = setTimeout(() => resolve({ error: 'timeout' }), DEADLINE_MS);
  signal?.addEventListener('abort', stop, { once: true });
  child.once('message', (message) => resolve(message as DueAnswer)); // our own child, our own shape
  child.once('error', (error) => resolve({ error: error.name }));
  child.once('exit', () => resolve({ error: 'ended' }));
  child.send(request, (error) => error && resolve({ error: error.name }));
  const answer = await promise;
  clearTimeout(timer);
  signal?.removeEventListener('abort', stop);
  child.kill('SIGKILL'); // it has nothing to put away
  if ('error' in answer) throw new DueTimesError(answer.error);
  return answer.due;
}
