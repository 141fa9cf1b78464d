/**
 * Numbers over time: every sample folded into its hour and its day, so that half a year is a few hundred rows a machine. A row
 * holds all numbers of its machine: an inspection brings some fifteen at once, and two rows are written faster than thirty.
 */
import { CompiledQuery, sql } from 'kysely';
import type { Visibility } from '../access/visibility.ts';
import { type Columns, rowsTable } from './bulk.ts';
import type { Db, Engine } from './database.ts';
import { type Bucket, bucketsOf, type Numbers, numbersOf, type Sample, textOf } from './rollup-buckets.ts';
import type { Row } from './tables.ts';
import { clusterVisible } from './visible.ts';

type RollupRow = Row<'rollups'>;
type Key = Omit<RollupRow, 'numbers'>;
export type Resolution = Bucket['resolution'];

const KEY: Columns<Key> = { cluster_id: 'text', machine: 'text', resolution: 'text', at: 'bigint' };
const COLUMNS: Columns<RollupRow> = { ...KEY, numbers: 'text' };
const NAMES = Object.keys(COLUMNS) as (keyof RollupRow)[];
const UPSERT = 'on conflict (cluster_id, machine, resolution, at) do update set numbers = excluded.numbers';

/** Order of samples does not matter: a late one lands in its own hour, and the newest stays the last. In a transaction. */
export async function foldSamples(db: Db, engine: Engine, samples: readonly Sample[]): Promise<void> {
  const buckets = bucketsOf(samples);
  if (buckets.length === 0) return;
  const before = await lockRows(db, engine, buckets.map(toKey));
  const rows = buckets.map((bucket) => ({ ...toKey(bucket), numbers: textOf(bucket, before.get(keyOf(toKey(bucket)))) }));
  if (engine === 'sqlite') return await writeInChunks(db, rows);
  const names = sql.join(NAMES.map((name) => sql.ref(name)));
  await sql`insert into rollups (${names}) select ${names} from ${rowsTable(engine, COLUMNS, rows)} as fresh ${sql.raw(UPSERT)}`.execute(db);
}

function toKey({ clusterId, machine, resolution, at }: Bucket): Key {
  return { cluster_id: clusterId, machine, resolution, at };
}
function keyOf({ cluster_id, machine, resolution, at }: Key): string {
  return `${cluster_id}|${machine}|${resolution}|${at}`;
}

/** What these rows hold, locked until the transaction ends: collectors that fold into the same bucket do it one after the other. */
async function lockRows(db: Db, engine: Engine, keys: readonly Key[]): Promise<ReadonlyMap<string, string>> {
  const found = await existing(db, engine, keys);
  if (engine === 'sqlite' || found.size === keys.length) return found; // SQLite has one writer at a time
  const names = sql.join(NAMES.map((name) => sql.ref(name)));
  const missing = keys.filter((key) => !found.has(keyOf(key))).map((key) => ({ ...key, numbers: '{}' }));
  // Two that find a row missing must not both begin it: the second one waits here, and then reads what the first one wrote.
  await sql`insert into rollups (${names}) select ${names} from ${rowsTable(engine, COLUMNS, missing)} as fresh on conflict do nothing`.execute(db);
  return new Map([...found, ...(await existing(db, engine, missing))]);
}
async function existing(db: Db, engine: Engine, keys: readonly Key[]): Promise<Map<string, string>> {
  const rows = rowsTable(engine, KEY, keys);
  const { rows: found } = await sql<RollupRow>`select r.* from ${rows} as k cross join rollups as r
    where r.cluster_id = k.cluster_id and r.machine = k.machine and r.resolution = k.resolution and r.at = k.at
    ${engine === 'postgres' ? sql`order by r.cluster_id, r.machine, r.resolution, r.at for update of r` : sql``}`.execute(db);
  return new Map(found.map((row) => [keyOf(row), row.numbers]));
}

/** Rows of one statement, largest first: few texts, so that each stays compiled. */
const CHUNKS = [64, 16, 4, 1];
const STATEMENTS: ReadonlyMap<number, string> = new Map(
  CHUNKS.map((size) => [
    size,
    `insert into rollups (${NAMES.join(', ')}) values ${Array.from({ length: size }, () => `(${NAMES.map(() => '?').join(', ')})`).join(', ')} ${UPSERT}`,
  ]),
);
/** Bound values cost SQLite half of what rows in JSON do. */
async function writeInChunks(db: Db, rows: readonly RollupRow[]): Promise<void> {
  for (let at = 0; at < rows.length; ) {
    const size = CHUNKS.find((most) => most <= rows.length - at) ?? 1;
    const chunk = rows.slice(at, at + size);
    await db.executeQuery(
      CompiledQuery.raw(
        STATEMENTS.get(size) ?? '',
        chunk.flatMap((row) => NAMES.map((name) => row[name])),
      ),
    );
    at += size;
  }
}

export interface Point extends Numbers {
  readonly at: number;
  readonly mean: number;
}
export interface SeriesQuery {
  readonly clusterId: string;
  /** `score`, or `cpu.used-percent|<machine>`. */
  readonly series: string;
  readonly resolution: Resolution;
  /** Milliseconds; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
}
/** Points in a picture; a longer span is cut at its end. */
const MOST_POINTS = 5_000;

export async function readSeries(db: Db, visibility: Visibility, { clusterId, series, resolution, from, to }: SeriesQuery): Promise<readonly Point[]> {
  const bar = series.indexOf('|');
  const [name, machine] = bar < 0 ? [series, ''] : [series.slice(0, bar), series.slice(bar + 1)];
  const rows = await db
    .selectFrom('rollups')
    .select(['at', 'numbers'])
    .where('cluster_id', '=', clusterId)
    .where('machine', '=', machine)
    .where('resolution', '=', resolution)
    .where('at', '>=', from)
    .where('at', '<', to)
    .where(clusterVisible(visibility, 'rollups.cluster_id'))
    .orderBy('at')
    .limit(MOST_POINTS)
    .execute();
  return rows.flatMap(({ at, numbers }) => {
    const found = numbersOf(numbers).get(name);
    return found === undefined ? [] : { at, ...found, mean: found.total / found.samples };
  });
}

/**
 * The column `at` as an expression, which no index is about. Without it SQLite takes the index of the retention (resolution and time) and
 * reads the days of all clusters for those of one; the key, which begins with the cluster, has them in their order.
 */
export const AT_OF_ROLLUP = sql<number>`(rollups.at + 0)`;

/** Names of the series of a cluster that have a value since `from`. */
export async function listSeries(db: Db, visibility: Visibility, clusterId: string, from: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('rollups')
    .select(['machine', 'numbers'])
    .where('cluster_id', '=', clusterId)
    .where('resolution', '=', 'd')
    .where(AT_OF_ROLLUP, '>=', from)
    .where(clusterVisible(visibility, 'rollups.cluster_id'))
    .orderBy('machine')
    .orderBy('at')
    .limit(50_000)
    .execute();
  const names = new Set(rows.flatMap(({ machine, numbers }) => [...numbersOf(numbers).keys()].map((name) => (machine === '' ? name : `${name}|${machine}`))));
  return [...names].sort();
}
