/** Real Redis servers of Debian's package on loopback, each with a folder of its own; stopped with the test. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './postgres.ts';

export const NO_REDIS = isThere('redis-server') ? undefined : 'Redis is not installed (Debian: redis-server redis-sentinel)';

function isThere(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export class RedisServers {
  readonly folder = mkdtempSync('/tmp/xunjian-redis-');
  readonly #children: ChildProcess[] = [];

  /** @param settings lines of redis.conf */
  async start(
    settings: readonly string[] = [],
    { sentinel = false, tls = false }: { readonly sentinel?: boolean; readonly tls?: boolean } = {},
  ): Promise<{ port: number; stop(): Promise<void> }> {
    const port = await freePort();
    const folder = mkdtempSync(join(this.folder, 'server-'));
    const file = join(folder, 'redis.conf');
    writeFileSync(file, ['bind 127.0.0.1', tls ? `port 0\ntls-port ${port}` : `port ${port}`, `dir ${folder}`, 'daemonize no', ...settings, ''].join('\n'));
    const child = spawn('redis-server', sentinel ? [file, '--sentinel'] : [file], { stdio: 'ignore' });
    this.#children.push(child);
    await until(() => accepts(port));
    return {
      port,
      async stop() {
        child.kill('SIGKILL');
        await until(async () => child.exitCode !== null || child.signalCode !== null);
      },
    };
  }

  [Symbol.dispose](): void {
    for (const child of this.#children) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What `redis-cli` prints. */
export function redisCli(port: number, ...args: readonly string[]): string {
  return execFileSync('redis-cli', ['-p', String(port), '--no-auth-warning', ...args], { encoding: 'utf8' }).trim();
}

/** Waits for a condition, half a minute at the most. */
export async function until(holds: () => Promise<boolean>, mostMs = 30_000): Promise<void> {
  const deadline = Date.now() + mostMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`the condition did not come true within ${mostMs / 1_000} s`);
    await sleep(20);
  }
}
async function accepts(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
