/** An agent of the all-in-one: a process of its own beside the collector, with its state and log below the data directory. */
import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readIfThere, writePrivate } from '../agent/site/private-file.ts';

export interface LocalAgentOptions {
  /** Folder of this agent alone. */
  readonly folder: string;
  readonly role: 'host' | 'cluster';
  readonly collector: string;
  readonly token: string;
  /** Further options of `xunjian agent`. */
  readonly args: readonly string[];
}

/** Seconds that an agent has to send what it can before it is killed. */
const STOP_MS = 11_000;
/** An agent that ends by itself is started again after this. */
const RESTART_MS = 5_000;

export class LocalAgent implements AsyncDisposable {
  readonly #options: LocalAgentOptions;
  #child: ChildProcess | undefined;
  #stopped = false;

  constructor(options: LocalAgentOptions) {
    this.#options = options;
  }

  /** Where it writes what it does. */
  get log(): string {
    return join(this.#options.folder, 'agent.log');
  }

  async start(): Promise<void> {
    const { folder, token } = this.#options;
    mkdirSync(folder, { recursive: true, mode: 0o700 }); // below the data directory, which is there
    const file = join(folder, 'token');
    if ((await readIfThere(file))?.toString('utf8') !== token) await writePrivate(file, token);
    this.#launch();
  }

  #launch(): void {
    const { folder, role, collector, args } = this.#options;
    const script = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './xunjian.ts' : './xunjian.js', import.meta.url));
    const log = openSync(this.log, 'w', 0o600);
    const options = ['--role', role, '--state-dir', folder, '--collector', collector, '--token-file', join(folder, 'token'), '--boundary', 'site'];
    // One agent strikes nobody: it need not wait for its place among thousands.
    const fixed = ['--run-at-start', '--jitter-seconds', '0', '--heartbeat-seconds', '10', '--listen', '127.0.0.1:0'];
    // The channel tells it when we are gone, whatever ended us.
    const child = fork(script, ['agent', ...options, ...fixed, ...args], { stdio: ['ignore', log, log, 'ipc'] });
    closeSync(log);
    child.once('exit', () => {
      if (!this.#stopped) setTimeout(() => this.#stopped || this.#launch(), RESTART_MS).unref();
    });
    child.once('error', () => undefined); // `exit` follows, or it never began and is tried again
    this.#child = child;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      const kill = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      child.once('exit', () => {
        clearTimeout(kill);
        resolve();
      });
      child.kill('SIGTERM');
    });
  }
}
