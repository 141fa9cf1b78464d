/**
 * The report is rendered in a process of its own, begun early: it loads the chart library while the inspection waits for
 * the cluster, and its memory and its crashes are its own.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Locale } from '../agent/wire/vocabulary.ts';

/** What the process is asked: files, not contents. */
export interface RenderRequest {
  readonly model: string;
  readonly html: string;
  readonly locale: Locale;
}

const DEADLINE_MS = 120_000;

export class Renderer {
  readonly #locale: Locale;
  readonly #cacheDirectory: string | undefined;
  #child: ChildProcess | undefined;

  /** @param cacheDirectory folder that only its owner may write, for V8's compiled code: loading takes a third less time */
  constructor(locale: Locale, cacheDirectory: string | undefined) {
    this.#locale = locale;
    this.#cacheDirectory = cacheDirectory;
  }

  /** Starts the process, once. An inspection that ends early does not wait for it. */
  begin(): ChildProcess {
    if (this.#child) return this.#child;
    const script = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './renderer-child.ts' : './renderer-child.js', import.meta.url));
    const child = fork(script, [this.#cacheDirectory ?? ''], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    child.on('error', () => undefined); // tells itself by not answering
    child.unref();
    child.channel?.unref();
    this.#child = child;
    return child;
  }

  /** @returns whether the HTML file was written */
  async render(model: string, html: string): Promise<boolean> {
    const child = this.begin();
    if (child.exitCode !== null || child.signalCode !== null || !child.connected) return false;
    child.ref();
    child.channel?.ref();
    return await ask(child, { model, html, locale: this.#locale });
  }

  [Symbol.dispose](): void {
    this.#child?.kill();
    this.#child?.channel?.unref();
    this.#child?.unref();
  }
}

async function ask(child: ChildProcess, request: RenderRequest): Promise<boolean> {
  return await new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), DEADLINE_MS);
    const end = (done: boolean): void => {
      clearTimeout(timer);
      resolve(done);
    };
    child.once('message', (answer) => end(answer === 'done'));
    child.once('exit', () => end(false));
    child.send(request, (error) => error && end(false));
  });
}
