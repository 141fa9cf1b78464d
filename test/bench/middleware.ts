/**
 * What inspecting middleware costs its server and the agent: a Redis, a PostgreSQL and a MariaDB under load. Windows of load
 * without and with an inspection in them take turns, so that both see the same machine; an inspection in each window of some
 * seconds is thousands of times as often as a site would have it.
 */
import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MariadbServers, NO_MARIADB } from '../support/mariadb.ts';
import { inspectMiddleware } from '../support/middleware.ts';
import { NO_POSTGRES, newDatabase, startPostgres } from '../support/postgres.ts';
import { NO_REDIS, RedisServers } from '../support/redis.ts';
import { measure, median } from './measure.ts';

const run = promisify(execFile);
const PAIRS = 5;
const QUIET_RUNS = 50;
/** An inspection begins this long after its window, when the load is at its pace. */
const SETTLE_MS = 500;

interface Subject {
  readonly product: 'redis' | 'postgresql' | 'mysql';
  readonly port: number;
  readonly credentials?: { readonly username?: string; readonly passwordFile?: string };
  /** One window of load; answers per second. */
  load(): Promise<number>;
}

export async function benchMiddleware(): Promise<void> {
  const folder = mkdtempSync('/tmp/xunjian-bench-middleware-');
  using redis = new RedisServers();
  using mariadb = new MariadbServers();
  try {
    if (NO_REDIS === undefined && existsSync('/usr/bin/redis-benchmark')) await benchOne(await underRedis(redis), folder);
    else console.log('middleware redis: skipped, redis-benchmark is not installed');
    if (NO_POSTGRES === undefined) await benchOne(await underPostgres(folder), folder);
    else console.log(`middleware postgresql: skipped, ${NO_POSTGRES}`);
    if (NO_MARIADB === undefined && existsSync('/usr/bin/mariadb-slap')) await benchOne(await underMariadb(mariadb, folder), folder);
    else console.log('middleware mysql: skipped, mariadb-slap is not installed');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchOne(subject: Subject, folder: string): Promise<void> {
  const { product, port, credentials } = subject;
  const ask = async (): Promise<number> => {
    const { sections, reach } = await inspectMiddleware({ product, ports: [port], declared: { ...(credentials && { credentials }) } });
    if (reach !== 'ok' && reach !== 'partial') throw new Error(`${product}: ${reach}`);
    return sections.middleware?.rows[0]?.durationMs ?? Number.NaN;
  };
  await subject.load(); // caches warm, driver loaded
  await ask();
  const ratios: number[] = [];
  const took: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const without = await subject.load();
    const load = subject.load();
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    took.push(await ask());
    ratios.push((await load) / without);
  }
  const cpuMs = await serverCpu(port, ask);
  const config = join(folder, `${product}.yaml`);
  const declared = JSON.stringify({ product, name: 'subject', addresses: [`127.0.0.1:${port}`], ...(credentials && { credentials }) });
  writeFileSync(config, `middleware: { discovery: { host: false, cluster: false }, instances: [${declared}] }\n`);
  writeFileSync(join(folder, 'none.yaml'), 'middleware: { discovery: { host: false, cluster: false } }\n');
  const peak = async (file: string): Promise<number> => {
    const runs = [];
    for (let index = 0; index < 3; index += 1) runs.push((await measure(['middleware', '--no-cluster', '--config', file, '--state-dir', join(folder, 'state')])).peakRssMb);
    return median(runs);
  };
  const [idle, busy] = [await peak(join(folder, 'none.yaml')), await peak(config)];
  console.log(
    [
      `middleware ${product}: throughput with / without an inspection ${median(ratios).toFixed(4)} (of ${PAIRS} pairs: ${ratios.map((ratio) => ratio.toFixed(3)).join(' ')})`,
      `  CPU of the server for one inspection ${cpuMs.toFixed(1)} ms (mean of ${QUIET_RUNS}, otherwise idle)`,
      `  one inspection under load ${median(took)} ms (most ${Math.max(...took)})`,
      `  peak memory ${busy.toFixed(1)} MiB, without an instance ${idle.toFixed(1)} MiB: + ${(busy - idle).toFixed(1)}`,
    ].join('\n'),
  );
}

/** What the server's processes spend on one inspection when nobody else asks: what other load on the machine cannot blur. */
async function serverCpu(port: number, ask: () => Promise<number>): Promise<number> {
  const { stdout } = await run('ss', ['-Hltnp', `sport = :${port}`]);
  const pid = /pid=(\d+)/.exec(stdout)?.[1];
  if (pid === undefined) return Number.NaN;
  const spent = (): number => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    // utime, stime, and those of children that ended (a PostgreSQL session); in ticks of 10 ms
    return [11, 12, 13, 14].reduce((ticks, index) => ticks + Number(fields[index] ?? 0), 0) * 10;
  };
  const before = spent();
  for (let index = 0; index < QUIET_RUNS; index += 1) await ask();
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS)); // the last session ends
  return (spent() - before) / QUIET_RUNS;
}

async function underRedis(servers: RedisServers): Promise<Subject> {
  const { port } = await servers.start(['maxmemory 256mb', 'save ""']);
  return {
    product: 'redis',
    port,
    async load() {
      const { stdout } = await run('redis-benchmark', ['-p', String(port), '-t', 'set', '-n', '250000', '-c', '20', '-r', '100000', '--csv']);
      return Number(/"SET","([\d.]+)"/.exec(stdout)?.[1] ?? Number.NaN);
    },
  };
}

async function underPostgres(folder: string): Promise<Subject> {
  const { port } = await startPostgres();
  const database = new URL(await newDatabase(port)).pathname.slice(1);
  const pgbench = globSync('/usr/lib/postgresql/*/bin/pgbench').sort().at(-1) ?? 'pgbench';
  const common = ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres'];
  await run(pgbench, ['-i', '-q', '-s', '5', ...common, database]);
  const passwordFile = join(folder, 'postgres-password');
  writeFileSync(passwordFile, 'trusted\n', { mode: 0o600 });
  return {
    product: 'postgresql',
    port,
    credentials: { username: 'postgres', passwordFile },
    async load() {
      const { stdout } = await run(pgbench, ['-n', '-c', '4', '-T', '4', ...common, database]);
      return Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN);
    },
  };
}

async function underMariadb(servers: MariadbServers, folder: string): Promise<Subject> {
  const { port, sql } = await servers.start([]);
  sql("CREATE USER bench@'127.0.0.1' IDENTIFIED BY 'bench'", "GRANT ALL ON *.* TO bench@'127.0.0.1'");
  const passwordFile = join(folder, 'mariadb-password');
  writeFileSync(passwordFile, 'bench\n', { mode: 0o600 });
  const queries = 4_000;
  return {
    product: 'mysql',
    port,
    credentials: { username: 'bench', passwordFile },
    async load() {
      const login = ['--no-defaults', '-h', '127.0.0.1', '-P', String(port), '-u', 'bench', '-pbench'];
      const { stdout } = await run('mariadb-slap', [...login, '--auto-generate-sql', '--auto-generate-sql-load-type=write', '--concurrency=4', `--number-of-queries=${queries}`]);
      return queries / Number(/Average number of seconds[^\d]*([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN);
    },
  };
}
