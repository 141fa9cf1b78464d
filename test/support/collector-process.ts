/** Runs `xunjian collector` as a server of its own, and people who use its API. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { xunjian } from './program.ts';

const PROGRAM = join(import.meta.dirname, '../../bin/xunjian.ts');
/** A start takes some seconds; a machine that does much else makes it a minute. */
const PATIENCE_MS = 180_000;

export interface CollectorSettings {
  /** URL of the database; an embedded one without it. */
  readonly database?: string | undefined;
  /** Configuration file, as an object. */
  readonly config?: object;
  /** Folder of one that ran before. */
  readonly directory?: string | undefined;
  readonly port?: number;
}

/** One collector process. `await using` ends it; its folder goes unless it was given. */
export class CollectorProcess implements AsyncDisposable {
  readonly directory: string;
  readonly #isOwn: boolean;
  readonly #args: readonly string[];
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  out = '';
  err = '';

  private constructor({ database, config = {}, directory, port = 0 }: CollectorSettings) {
    this.#isOwn = directory === undefined;
    this.directory = directory ?? mkdtempSync(join(tmpdir(), 'xunjian-collector-'));
    const file = join(this.directory, 'collector.yaml');
    writeFileSync(file, JSON.stringify(config));
    this.#args = ['--config', file, '--data-dir', join(this.directory, 'data'), '--lang', 'en', ...(database === undefined ? [] : ['--database', database])];
    this.#child = spawn(process.execPath, [PROGRAM, 'collector', '--listen', `127.0.0.1:${port}`, ...this.#args], {
      cwd: this.directory,
      env: { PATH: process.env['PATH'] ?? '', HOME: this.directory },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.out += text;
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.err += text;
    });
    this.#ended = new Promise((resolve) => this.#child.once('close', (code) => resolve(code)));
  }

  static async start(settings: CollectorSettings = {}): Promise<CollectorProcess> {
    const collector = new CollectorProcess(settings);
    const until = Date.now() + PATIENCE_MS;
    // The link is printed after the address; a database that has an administrator gives none.
    while (!/collector started {2}\S+\n/.test(collector.out)) {
      if (collector.#child.exitCode !== null || Date.now() > until) throw new Error(`the collector did not start: ${collector.out.slice(-500)} ${collector.err.slice(-2_000)}`);
      await sleep(50);
    }
    return collector;
  }
  get url(): string {
    return /collector started {2}(\S+)/.exec(this.out)?.[1] ?? '';
  }
  get port(): number {
    return Number(new URL(this.url).port);
  }
  /** `xunjian collector enroll`, as the operator runs it beside the server. */
  async enroll(args: readonly string[]): Promise<{ readonly token: string; readonly customerId: string; readonly clusterId: string; readonly contract: string }> {
    const { code, out, err } = await xunjian(['collector', 'enroll', ...this.#args, '--public-url', this.url, '--json', ...args], {}, this.directory);
    if (code !== 0) throw new Error(`enroll: ${err}`);
    return JSON.parse(out) as { token: string; customerId: string; clusterId: string; contract: string };
  }
  /** Uses the link that the first start printed, and signs in. */
  async administrator(): Promise<Session> {
    const link = await this.#setupSecret();
    return await redeemAndSignIn(this.url, link, { login: 'root', name: 'Root' });
  }
  async #setupSecret(): Promise<string> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const secret = /\/setup\?link=(\S+)/.exec(this.out)?.[1];
      if (secret !== undefined) return secret;
      await sleep(50);
    }
    throw new Error('no link was printed');
  }
  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }
  async end(): Promise<number | null> {
    return await this.#ended;
  }
  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
    if (this.#isOwn) rmSync(this.directory, { recursive: true, force: true });
  }
}

export const PASSPHRASE = 'a fine passphrase of tests';

/** Somebody who signed in. */
export class Session {
  readonly #url: string;
  readonly cookie: string;
  readonly #csrf: string;
  constructor(url: string, cookie: string, csrf: string) {
    this.#url = url;
    this.cookie = cookie;
    this.#csrf = csrf;
  }
  static async signIn(url: string, login: string, password: string): Promise<Session> {
    const answer = await post(`${url}/api/v1/sessions`, { login, password });
    const { csrfToken } = (await answer.json()) as { csrfToken: string };
    const cookie = answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    return new Session(url, cookie, csrfToken);
  }
  async status(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly text: string }> {
    const answer = await fetch(`${this.#url}${path}`, {
      method,
      redirect: 'manual',
      headers: { cookie: this.cookie, 'x-csrf-token': this.#csrf, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, text: await answer.text() };
  }
  /** @throws with the server's answer */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { status, text } = await this.status(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text.slice(0, 500)}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}

/** A person who was sent a one-time link. */
export async function redeemAndSignIn(url: string, link: string, { login, name }: { readonly login: string; readonly name?: string }): Promise<Session> {
  await post(`${url}/api/v1/links/redeem`, { link, password: PASSPHRASE, ...(name !== undefined && { login, name }) });
  return await Session.signIn(url, login, PASSPHRASE);
}
async function post(url: string, body: object): Promise<Response> {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}
