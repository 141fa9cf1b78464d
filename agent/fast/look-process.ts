/** Runs looks in a process of their own: one for each look at a machine, one that stays for a cluster. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { AgentOptions } from '../agent-options.ts';
import { childFlags } from '../runtime/child-flags.ts';
import { LOOK_DEADLINE_MS, type Look, type LookAnswer, type LookRequest } from './look.ts';

/** Time beyond the look's own deadline after which its process is killed. */
const GRACE_MS = 5_000;

/** A look ended without an answer. */
export class LookFailedError extends Error {
  override readonly name = 'LookFailedError';
  readonly code: string;
  constructor(kind: string, code = 'FAILED') {
    super(`look: ${kind}`);
    this.code = code;
  }
}

/** A look at a machine lasts a second: without the optimising compilers and with a small young generation it takes 22 MB less and 40 ms of CPU more. */
const SMALL = ['--no-opt', '--no-sparkplug', '--no-maglev', '--max-semi-space-size=1'];

export class LookProcess {
  readonly #options: AgentOptions;
  #child: ChildProcess | undefined;

  constructor(options: AgentOptions) {
    this.#options = options;
  }

  /** One at a time. @throws LookFailedError */
  async look(signal: AbortSignal): Promise<Look> {
    const child = this.#start();
    const timer = setTimeout(() => child.kill('SIGKILL'), LOOK_DEADLINE_MS + GRACE_MS);
    const stop = (): void => this.stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const answer = await answerOf(child, { options: this.#options });
      if ('look' in answer) return answer.look;
      throw new LookFailedError(answer.error, answer.code);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      if (this.#options.role !== 'cluster') this.stop();
    }
  }

  /** Ends the process; the next look starts another. */
  stop(): void {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    if (child.connected) child.disconnect();
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 3_000).unref();
    child.unref();
  }

  #start(): ChildProcess {
    if (this.#child) return this.#child;
    const script = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../fast-child.ts' : '../fast-child.js', import.meta.url));
    // A process that stays is compiled as usual; the options of this one go on to it either way.
    const execArgv = [...childFlags(process.execArgv), ...(this.#options.role === 'cluster' ? [] : SMALL)];
    const child = fork(script, [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'json', execArgv });
    child.on('error', () => undefined); // told by the exit
    child.once('exit', () => {
      if (this.#child === child) this.#child = undefined;
    });
    this.#child = child;
    return child;
  }
}

async function answerOf(child: ChildProcess, request: LookRequest): Promise<LookAnswer> {
  const done = new AbortController();
  try {
    return await new Promise((resolve) => {
      const onMessage = (message: unknown): void => resolve(message as LookAnswer); // our own child, our own shape
      const onExit = (code: number | null, killed: NodeJS.Signals | null): void => resolve({ error: 'ended', code: killed ?? `EXIT_${String(code)}` });
      child.once('message', onMessage);
      child.once('exit', onExit);
      done.signal.addEventListener('abort', () => {
        child.off('message', onMessage);
        child.off('exit', onExit);
      });
      child.send(request, (error) => error && resolve({ error: error.name }));
    });
  } finally {
    done.abort();
  }
}
