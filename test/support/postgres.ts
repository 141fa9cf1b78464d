/** A real PostgreSQL on loopback for tests: one server a test process, a fresh database a call. */
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

const BIN = globSync('/usr/lib/postgresql/*/bin').sort().at(-1);
/** Why tests with PostgreSQL cannot run here, or `undefined`. */
export const NO_POSTGRES = BIN === undefined ? 'PostgreSQL is not installed (Debian: postgresql)' : undefined;

export interface PostgresServer {
  readonly port: number;
  /** Stops it the hard way, as a power cut would. */
  kill(): void;
  /** Starts it again on the same data. */
  start(): Promise<void>;
}

let shared: Promise<PostgresServer> | undefined;

/** URL of a new, empty database on the shared server. */
export async function postgresUrl(): Promise<string> {
  shared ??= startPostgres();
  return await newDatabase((await shared).port);
}

export async function newDatabase(port: number): Promise<string> {
  const name = `t${randomBytes(6).toString('hex')}`;
  const admin = new Client({ connectionString: `postgres://postgres@127.0.0.1:${port}/postgres` });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  return `postgres://postgres@127.0.0.1:${port}/${name}`;
}

/** A server of its own, for tests that kill it. Stopped when the test process ends. */
export async function startPostgres(): Promise<PostgresServer> {
  if (BIN === undefined) throw new Error(NO_POSTGRES);
  const folder = mkdtempSync('/tmp/xunjian-postgres-');
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    const [uid = 0, gid = 0] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })));
    chownSync(folder, uid, gid);
  }
  /** PostgreSQL refuses to run as root. */
  const asPostgres = (file: string, args: readonly string[]): readonly [string, readonly string[]] =>
    isRoot && existsSync('/usr/sbin/runuser') ? ['/usr/sbin/runuser', ['-u', 'postgres', '--', join(BIN, file), ...args]] : [join(BIN, file), args];
  const data = join(folder, 'data');
  const [initdb, initArgs] = asPostgres('initdb', ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-sync', '--locale=C.UTF-8']);
  execFileSync(initdb, [...initArgs], { stdio: 'ignore', cwd: folder });
  const port = await freePort();
  let child: ReturnType<typeof spawn> | undefined;
  const server: PostgresServer = {
    port,
    kill() {
      try {
        execFileSync('pkill', ['-KILL', '-f', `postgres -D ${data} `]);
      } catch {
        // it was gone already
      }
      child?.kill('SIGKILL');
    },
    async start() {
      const [file, args] = asPostgres('postgres', ['-D', data, '-p', String(port), '-k', '', '-h', '127.0.0.1']);
      child = spawn(file, [...args], { stdio: 'ignore', cwd: folder });
      await ready(port);
    },
  };
  process.once('exit', () => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  await server.start();
  return server;
}

async function ready(port: number): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const client = new Client({ connectionString: `postgres://postgres@127.0.0.1:${port}/postgres` });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await sleep(100);
    }
  }
  throw new Error('PostgreSQL did not start within 15 s');
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
