/** Runs `xunjian agent` as a unit or pod would: a process of its own, its logs, its port, its state directory. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PROGRAM = join(import.meta.dirname, '../../bin/xunjian.ts');
const PATIENCE_MS = 60_000;

/** How a process ended, and after how many milliseconds from the question. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly afterMs: number;
}
export interface LogLine {
  readonly msg: string;
  readonly [key: string]: unknown;
}

/** One agent process. `await using` ends it and removes its folders. */
export class AgentProcess {
  readonly stateDir: string;
  readonly #directory: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<Omit<End, 'afterMs'>>;
  out = '';
  err = '';

  /** @param args beyond `agent --state-dir … --listen 127.0.0.1:0`; later ones win */
  constructor(args: readonly string[], environment: Readonly<Record<string, string>> = {}, stateDir?: string) {
    this.#directory = mkdtempSync(join(tmpdir(), 'xunjian-agent-'));
    this.stateDir = stateDir ?? join(this.#directory, 'state');
    const all = ['agent', '--state-dir', this.stateDir, '--listen', '127.0.0.1:0', '--jitter-seconds', '0', '--lang', 'en', ...args];
    this.#child = spawn(process.execPath, [PROGRAM, ...all], {
      cwd: this.#directory,
      env: { PATH: process.env['PATH'] ?? '', HOME: this.#directory, LANG: 'en_US.UTF-8', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.out += text;
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.err += text;
    });
    this.#ended = new Promise((resolve) => this.#child.once('close', (code, signal) => resolve({ code, signal })));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }
  get ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }
  get lines(): readonly LogLine[] {
    return this.out
      .split('\n')
      .filter((line) => line.startsWith('{') && line.endsWith('}'))
      .map((line) => JSON.parse(line) as LogLine);
  }
  /** Files of the spool, oldest first. */
  get spool(): readonly string[] {
    const folder = join(this.stateDir, 'spool');
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(folder, name));
  }
  /** Epoch that each spooled payload carries. */
  get epochs(): readonly number[] {
    return this.spool.map((file) => (JSON.parse(readFileSync(file, 'utf8')) as { agent: { epoch: number } }).agent.epoch);
  }
  /** Processes of inspections that the agent started and that still live; not those that it asks its options or the time of the next run. */
  get inspections(): readonly number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && parentOf(name) === this.pid && commandOf(name).includes('inspection-child'))
      .map(Number);
  }

  /** Port that the kernel gave. */
  async port(): Promise<number> {
    await this.until(() => this.lines.some(({ msg }) => msg === 'agent started'), 'started');
    return Number(this.lines.find(({ msg }) => msg === 'agent started')?.['port']);
  }
  async get(path: string): Promise<{ status: number; text: string }> {
    const answer = await fetch(`http://127.0.0.1:${await this.port()}${path}`);
    return { status: answer.status, text: await answer.text() };
  }
  /** Value of one series, e.g. `xunjian_runs_total{result="ok"}`. */
  async metric(series: string): Promise<number | undefined> {
    const { text } = await this.get('/metrics');
    const line = text.split('\n').find((one) => one.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length + 1));
  }

  /** Waits until it holds, or the process ended. @throws with the logs when it does not within the time */
  async until(condition: () => boolean | Promise<boolean>, what: string, patienceMs = PATIENCE_MS): Promise<void> {
    const began = performance.now();
    while (!(await condition())) {
      if (this.ended || performance.now() - began > patienceMs) throw new Error(`agent: never ${what}; out ${this.out.slice(-600)} err ${this.err.slice(-300)}`);
      await sleep(50);
    }
  }
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
  /** Waits for its end. */
  async end(): Promise<End> {
    const began = performance.now();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), PATIENCE_MS);
    const { code, signal } = await this.#ended.finally(() => clearTimeout(timer));
    return { code, signal, afterMs: performance.now() - began };
  }
  async stop(): Promise<End> {
    this.signal('SIGTERM');
    return await this.end();
  }
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.ended) this.signal('SIGKILL');
    await this.end();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

/** Whether a process lives; one that ended and waits for its parent to notice does not. */
export function isAlive(pid: number): boolean {
  return statOf(String(pid)) !== undefined;
}
function parentOf(pid: string): number | undefined {
  return statOf(pid)?.parent;
}
function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // it ended meanwhile
  }
}
function statOf(pid: string): { readonly parent: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? undefined : { parent: Number(parent) };
  } catch {
    return undefined; // it ended meanwhile
  }
}
