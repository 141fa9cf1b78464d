/** A process for one question: what answers it (libraries, tables of time zones) goes with it, and stays in no process of a node. */
import { fork } from 'node:child_process';
import { childFlags } from './child-flags.ts';

/** The process came to no answer; `code`: how it ended. */
export interface NoAnswer {
  readonly error: string;
  readonly code?: string | undefined;
}

/**
 * Forks a script of ours that sends one message back for the one it gets, and ends it then.
 * @param script of this program, `.ts` or `.js`, beside whoever asks
 * @returns the answer; `undefined` when stopped meanwhile
 */
export async function ask<Answer>(
  script: URL,
  request: object,
  { signal, deadlineMs, stderr = 'ignore' }: { readonly signal?: AbortSignal | undefined; readonly deadlineMs?: number | undefined; readonly stderr?: 'ignore' | 'inherit' },
): Promise<Answer | NoAnswer | undefined> {
  if (signal?.aborted) return undefined;
  const child = fork(script, [], { stdio: ['ignore', 'ignore', stderr, 'ipc'], serialization: 'json', execArgv: childFlags(process.execArgv) });
  const { promise, resolve } = Promise.withResolvers<Answer | NoAnswer | undefined>();
  const stop = (): void => resolve(undefined);
  const timer = deadlineMs === undefined ? undefined : setTimeout(() => resolve({ error: 'timeout' }), deadlineMs);
  signal?.addEventListener('abort', stop, { once: true });
  child.once('message', (message) => resolve(message as Answer)); // our own child, our own shape
  child.once('error', ({ name }) => resolve({ error: name }));
  child.once('exit', (code, killed) => resolve({ error: 'ended', code: killed ?? `EXIT_${String(code)}` }));
  child.send(request, (error) => error && resolve({ error: error.name }));
  const answer = await promise;
  clearTimeout(timer);
  signal?.removeEventListener('abort', stop);
  child.kill('SIGKILL'); // it has nothing to put away
  return answer;
}
