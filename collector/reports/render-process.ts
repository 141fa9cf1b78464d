/**
 * Reports are rendered in a process of their own: the libraries for charts, PDF and Office files stay out of ours, and what a
 * document does to them — memory, endless work, a crash — ends there. Begun early where somebody waits.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { ReportFault, ReportFormat } from './report.ts';

/** One file to write. */
export interface Output {
  readonly format: ReportFormat;
  readonly locale: Locale;
  /** Written whole or not at all. */
  readonly file: string;
}
/** What the process is asked: files, not contents. */
export interface RenderRequest {
  /** File with the model's JSON. */
  readonly model: string;
  readonly kind: string;
  readonly outputs: readonly Output[];
}
/** What it answers: each file as it is done, then the end. */
export type RenderAnswer = { readonly done: number } | { readonly ended: true } | { readonly failed: ReportFault; readonly at: number; readonly name: string };

export class RenderError extends Error {
  override readonly name = 'RenderError';
  readonly fault: ReportFault;
  /** The file that was being made, and the kind of error; never its message, which may quote the document. */
  readonly detail: string;
  constructor(fault: ReportFault, detail: string) {
    super(`the report could not be rendered: ${fault}${detail === '' ? '' : ` (${detail})`}`);
    this.fault = fault;
    this.detail = detail;
  }
}

export interface RenderOptions {
  /** Folder that only its owner may write, for V8's compiled code: loading takes a third less time. */
  readonly cacheDirectory?: string | undefined;
  /** Loads what HTML needs at once, before it is asked. */
  readonly preload?: boolean | undefined;
  readonly deadlineMs?: number | undefined;
  /** Another script, for tests. */
  readonly script?: string | undefined;
}
const DEADLINE_MS = 180_000;
/** Of the process's heap; the libraries' own memory comes on top. */
const HEAP_MB = 1_536;

/** One process, one request. */
export class RenderProcess {
  readonly #options: RenderOptions;
  #child: ChildProcess | undefined;

  constructor(options: RenderOptions = {}) {
    this.#options = options;
  }

  /** Starts the process, once. Who ends early does not wait for it. */
  begin(): ChildProcess {
    if (this.#child) return this.#child;
    const { cacheDirectory, preload, script } = this.#options;
    const own = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './render-child.ts' : './render-child.js', import.meta.url));
    const child = fork(script ?? own, [cacheDirectory ?? '', preload ? 'preload' : ''], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [`--max-old-space-size=${HEAP_MB}`],
      env: {}, // no secret of ours is any business of a library's
    });
    child.on('error', () => undefined); // tells itself by not answering
    child.unref();
    child.channel?.unref();
    this.#child = child;
    return child;
  }

  /** @param onProgress files that are done. @throws RenderError */
  async render(request: RenderRequest, onProgress: (done: number) => void = () => undefined, signal?: AbortSignal): Promise<void> {
    // One that was begun early may have ended since: a signal to the whole group comes before it can decline it.
    if (this.#child && !isThere(this.#child)) this.#child = undefined;
    const child = this.begin();
    child.ref();
    child.channel?.ref();
    await ask(child, request, { onProgress, signal, deadlineMs: this.#options.deadlineMs ?? DEADLINE_MS });
  }

  [Symbol.dispose](): void {
    this.#child?.kill('SIGKILL');
    this.#child?.channel?.unref();
    this.#child?.unref();
  }
}

function isThere({ exitCode, signalCode, connected }: ChildProcess): boolean {
  return exitCode === null && signalCode === null && connected;
}

async function ask(
  child: ChildProcess,
  request: RenderRequest,
  { onProgress, signal, deadlineMs }: { readonly onProgress: (done: number) => void; readonly signal: AbortSignal | undefined; readonly deadlineMs: number },
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let done = 0;
  const timer = setTimeout(() => reject(new RenderError('timeout', `${done} of ${request.outputs.length} files`)), deadlineMs);
  const stop = (): void => reject(new RenderError('lost', 'stopped'));
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  child.on('message', (message) => {
    const answer = message as RenderAnswer;
    if ('done' in answer) {
      done = answer.done;
      onProgress(done);
    } else if ('ended' in answer) resolve();
    else reject(new RenderError(answer.failed, `${nameOf(request.outputs[answer.at])} ${answer.name}`));
  });
  child.once('exit', (code, killed) => reject(new RenderError('crashed', `${nameOf(request.outputs[done])} ${killed ?? code}`)));
  child.send(request, (error) => error && reject(new RenderError('crashed', 'it could not be asked')));
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
function nameOf(output: Output | undefined): string {
  return output === undefined ? '' : `${output.format} ${output.locale}`;
}
