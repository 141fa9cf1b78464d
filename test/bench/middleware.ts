/**
 * What inspecting middleware costs its server and the agent: a Redis, a PostgreSQL and a MariaDB under load, and the memory of a
 * Kafka client beside them. Windows of load without and with an inspection in them take turns, the one and the other first by
 * turns, until the interval of the cost is narrow. Proved is what the whole interval is below, at one inspection per window of
 * some seconds and at one each minute, which is as often as a schedule can ask for it.
 */
import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KafkaBrokers, kafkaRecording } from '../support/kafka.ts';
import { MariadbServers, NO_MARIADB } from '../support/mariadb.ts';
import { inspectMiddleware } from '../support/middleware.ts';
import { NO_POSTGRES, newDatabase, startPostgres } from '../support/postgres.ts';
import { NO_REDIS, RedisServers } from '../support/redis.ts';
import { FEWEST, type Interval, medianInterval } from './interval.ts';
import { measure, median } from './measure.ts';

const run = promisify(execFile);
const QUIET_RUNS = 50;
/** An inspection begins this long after its window, when the load is at its pace. */
const SETTLE_MS = 500;
const MOST_COST = 0.01;
/** Below it, the windows with an inspection answered so much more that other load must have had its hand in it. */
const LEAST_COST = -0.05;
const MOST_MS = 1_000;
const MOST_MIB = 25;
/** Half the interval's width at which more pairs would tell nothing that matters. */
const NARROW = 0.004;
const MINUTE_MS = 60_000;

interface Subject {
  readonly product: 'redis' | 'postgresql' | 'mysql' | 'kafka';
  readonly ports: readonly number[];
  readonly credentials?: { readonly username?: string; readonly passwordFile?: string };
  /** One window of load; answers per second. Left out: only memory is measured. */
  readonly load?: () => Promise<number>;
}

/** @param mostPairs of windows, for each server; false unless all of it is proved */
export async function benchMiddleware(mostPairs: number): Promise<boolean> {
  const folder = mkdtempSync('/tmp/xunjian-bench-middleware-');
  using redis = new RedisServers();
  using mariadb = new MariadbServers();
  using kafka = new KafkaBrokers();
  try {
    const subjects: Subject[] = [];
    if (NO_REDIS === undefined && existsSync('/usr/bin/redis-benchmark')) subjects.push(await underRedis(redis));
    else console.log('middleware redis: skipped, redis-benchmark is not installed');
    if (NO_POSTGRES === undefined) subjects.push(await underPostgres(folder));
    else console.log(`middleware postgresql: skipped, ${NO_POSTGRES}`);
    if (NO_MARIADB === undefined && existsSync('/usr/bin/mariadb-slap')) subjects.push(await underMariadb(mariadb, folder));
    else console.log('middleware mysql: skipped, mariadb-slap is not installed');
    subjects.push({ product: 'kafka', ports: await kafka.start(kafkaRecording('kraft-4.1.2-healthy')) });
    let isProved = subjects.length === 4;
    for (const subject of subjects) if (subject.load) isProved = (await benchLoaded(subject, subject.load, mostPairs)) && isProved;
    return (await benchMemory(subjects, folder)) && isProved;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchLoaded(subject: Subject, load: () => Promise<number>, mostPairs: number): Promise<boolean> {
  const { product, ports } = subject;
  const ask = async (): Promise<number> => await inspect(subject);
  const took: number[] = [];
  /** Of the windows with an inspection in them. */
  const windows: number[] = [];
  const loaded = async (isInspected: boolean): Promise<number> => {
    const began = performance.now();
    const answers = load();
    if (isInspected) {
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      took.push(await ask());
    }
    const rate = await answers;
    if (isInspected) windows.push(performance.now() - began);
    return rate;
  };
  await load(); // caches warm, driver loaded
  await ask();
  const costs: number[] = [];
  while (costs.length < Math.max(mostPairs, FEWEST)) {
    const isFirst = costs.length % 2 === 1;
    const first = await loaded(isFirst);
    const second = await loaded(!isFirst);
    costs.push(1 - (isFirst ? first / second : second / first));
    const { low, high } = medianInterval(costs);
    if (costs.length >= 2 * FEWEST && (high - low) / 2 <= NARROW) break;
  }
  const window = medianInterval(costs);
  // What one inspection takes from its window is the same work in a minute.
  const minute = medianInterval(costs.map((cost, pair) => (cost * (windows[pair] ?? Number.NaN)) / MINUTE_MS));
  const cpuMs = await serverCpu(ports[0] ?? 0, ask);
  console.log(
    [
      `middleware ${product}: throughput that an inspection costs, ${costs.length} pairs of windows of ${(median(windows) / 1_000).toFixed(1)} s, median and 95 % interval`,
      `  ${verdict(window)} ${inPercent(window)} with one in each window: to be below ${100 * MOST_COST} %`,
      `  ${verdict(minute)} ${inPercent(minute)} with one each minute: to be below ${100 * MOST_COST} %`,
      `  CPU of the server for one inspection ${cpuMs.toFixed(1)} ms (mean of ${QUIET_RUNS}, otherwise idle): ${((100 * cpuMs) / MINUTE_MS).toFixed(3)} % of one processor with one each minute`,
      `  ${Math.max(...took) < MOST_MS ? 'PROVED' : 'MISSED'} one inspection under load ${median(took)} ms, most of ${took.length} ${Math.max(...took)} ms: to be below ${MOST_MS} ms`,
    ].join('\n'),
  );
  return verdict(minute) === 'PROVED' && Math.max(...took) < MOST_MS;
}

async function inspect({ product, ports, credentials }: Subject): Promise<number> {
  const { sections, reach } = await inspectMiddleware({ product, ports, declared: { ...(credentials && { credentials }) } });
  if (reach !== 'ok' && reach !== 'partial') throw new Error(`${product}: ${reach}`);
  return sections.middleware?.rows[0]?.durationMs ?? Number.NaN;
}
function verdict({ low, high }: Interval): string {
  if (high < MOST_COST && low > LEAST_COST) return 'PROVED';
  return low >= MOST_COST ? 'MISSED' : 'OPEN (more pairs, a quieter machine)';
}
function inPercent({ low, median: middle, high }: Interval): string {
  return `${(100 * middle).toFixed(2)} % [${(100 * low).toFixed(2)}, ${(100 * high).toFixed(2)}]`;
}

/** Peaks of the program that inspects: without an instance, with each alone, with all of them. */
async function benchMemory(subjects: readonly Subject[], folder: string): Promise<boolean> {
  const peak = async (name: string, declared: readonly Subject[]): Promise<number> => {
    const config = join(folder, `${name}.yaml`);
    const instances = declared.map(({ product, ports, credentials }) => ({
      product,
      name: `subject-${product}`,
      addresses: ports.map((port) => `127.0.0.1:${port}`),
      ...(credentials && { credentials }),
    }));
    writeFileSync(config, `middleware: { discovery: { host: false, cluster: false }, instances: ${JSON.stringify(instances)} }\n`);
    const runs = [];
    for (let index = 0; index < 5; index += 1) {
      const { peakRssMb, exitCode, stderr } = await measure(['middleware', '--no-cluster', '--config', config, '--state-dir', join(folder, 'state')]);
      if (exitCode === null || exitCode > 2 || Number.isNaN(peakRssMb)) throw new Error(`middleware: ${exitCode}\n${stderr.slice(0, 2_000)}`);
      runs.push(peakRssMb);
    }
    return median(runs);
  };
  const none = await peak('none', []);
  let isBelow = true;
  const tell = (name: string, most: number): string => {
    if (most - none > MOST_MIB) isBelow = false;
    return `  ${most - none <= MOST_MIB ? 'PROVED' : 'MISSED'} ${name}: + ${(most - none).toFixed(1)} MiB`;
  };
  const lines = [`middleware: peak memory without an instance ${none.toFixed(1)} MiB; to be at most ${MOST_MIB} MiB more (medians of 5)`];
  for (const subject of subjects) {
    await inspect(subject);
    lines.push(tell(subject.product, await peak(subject.product, [subject])));
  }
  lines.push(tell('all of them', await peak('all', subjects)));
  console.log(lines.join('\n'));
  return isBelow;
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
    ports: [port],
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
    ports: [port],
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
  const queries = 20_000;
  return {
    product: 'mysql',
    ports: [port],
    credentials: { username: 'bench', passwordFile },
    async load() {
      const login = ['--no-defaults', '-h', '127.0.0.1', '-P', String(port), '-u', 'bench', '-pbench'];
      const { stdout } = await run('mariadb-slap', [...login, '--auto-generate-sql', '--auto-generate-sql-load-type=write', '--concurrency=4', `--number-of-queries=${queries}`]);
      return queries / Number(/Average number of seconds[^\d]*([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN);
    },
  };
}
