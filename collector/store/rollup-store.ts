/** Numbers over time: every sample folded into its hour and its day, so that half a year is a few hundred rows a series. */
import { CompiledQuery, sql } from 'kysely';
import type { Visibility } from '../access/visibility.ts';
import { type Columns, rowsTable } from './bulk.ts';
import type { Db, Engine } from './database.ts';
import type { Row } from './tables.ts';
import { clusterVisible } from './visible.ts';

type RollupRow = Row<'rollups'>;
export type Resolution = 'h' | 'd';
export interface Sample {
  readonly clusterId: string;
  readonly series: string;
  /** Milliseconds. */
  readonly at: number;
  readonly value: number;
}

const STEP_MS: Readonly<Record<Resolution, number>> = { h: 3_600_000, d: 86_400_000 };
const COLUMNS: Columns<RollupRow> = {
  cluster_id: 'text',
  series: 'text',
  resolution: 'text',
  at: 'bigint',
  samples: 'bigint',
  minimum: 'double precision',
  maximum: 'double precision',
  total: 'double precision',
  last: 'double precision',
  last_at: 'bigint',
};

const NAMES = Object.keys(COLUMNS) as (keyof RollupRow)[];

/** What a bucket becomes when more comes: the same words on both engines but for the functions of two values. */
function folding(least: string, greatest: string): string {
  return `on conflict (cluster_id, series, resolution, at) do update set
    samples = rollups.samples + excluded.samples, total = rollups.total + excluded.total,
    minimum = ${least}(rollups.minimum, excluded.minimum), maximum = ${greatest}(rollups.maximum, excluded.maximum),
    last = case when excluded.last_at >= rollups.last_at then excluded.last else rollups.last end,
    last_at = ${greatest}(rollups.last_at, excluded.last_at)`;
}
const FOLDING = { sqlite: folding('min', 'max'), postgres: folding('least', 'greatest') };

/** Order of samples does not matter: a late one lands in its own hour, and the newest stays the last. */
export async function foldSamples(db: Db, engine: Engine, samples: readonly Sample[]): Promise<void> {
  const rows = merged(samples);
  if (rows.length === 0) return;
  if (engine === 'sqlite') return await foldInChunks(db, rows);
  const names = sql.join(NAMES.map((name) => sql.ref(name)));
  await sql`insert into rollups (${names}) select ${names} from ${rowsTable(engine, COLUMNS, rows)} as fresh ${sql.raw(FOLDING.postgres)}`.execute(db);
}

/** Rows of one statement, largest first: few texts, so that each stays compiled. */
const CHUNKS = [64, 16, 4, 1];
const STATEMENTS: ReadonlyMap<number, string> = new Map(
  CHUNKS.map((size) => [
    size,
    `insert into rollups (${NAMES.join(', ')}) values ${Array.from({ length: size }, () => `(${NAMES.map(() => '?').join(', ')})`).join(', ')} ${FOLDING.sqlite}`,
  ]),
);
/** Bound values cost SQLite half of what rows in JSON do, and there are some thirty rows an inspection. */
async function foldInChunks(db: Db, rows: readonly RollupRow[]): Promise<void> {
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

/** One row a bucket, in the order of the key: collectors that write the same rows take their locks in the same order. */
function merged(samples: readonly Sample[]): RollupRow[] {
  const rows = new Map<string, RollupRow>();
  for (const { clusterId, series, at, value } of samples)
    for (const resolution of ['d', 'h'] as const) {
      const start = Math.floor(at / STEP_MS[resolution]) * STEP_MS[resolution];
      const key = `${clusterId}|${series}|${resolution}|${start}`;
      const row = rows.get(key);
      if (row === undefined)
        rows.set(key, { cluster_id: clusterId, series, resolution, at: start, samples: 1, minimum: value, maximum: value, total: value, last: value, last_at: at });
      else {
        row.samples += 1;
        row.total += value;
        row.minimum = Math.min(row.minimum, value);
        row.maximum = Math.max(row.maximum, value);
        if (at >= row.last_at) Object.assign(row, { last: value, last_at: at });
      }
    }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

export interface Point {
  readonly at: number;
  readonly samples: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  readonly last: number;
}
export interface SeriesQuery {
  readonly clusterId: string;
  readonly series: string;
  readonly resolution: Resolution;
  /** Milliseconds; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
}
/** Points in a picture; a longer span is cut at its end. */
const MOST_POINTS = 5_000;

export async function readSeries(db: Db, visibility: Visibility, { clusterId, series, resolution, from, to }: SeriesQuery): Promise<readonly Point[]> {
  const rows = await db
    .selectFrom('rollups')
    .selectAll()
    .where('cluster_id', '=', clusterId)
    .where('series', '=', series)
    .where('resolution', '=', resolution)
    .where('at', '>=', from)
    .where('at', '<', to)
    .where(clusterVisible(visibility, 'rollups.cluster_id'))
    .orderBy('at')
    .limit(MOST_POINTS)
    .execute();
  return rows.map(({ at, samples, minimum, maximum, total, last }) => ({ at, samples, minimum, maximum, mean: total / samples, last }));
}

/** Names of the series of a cluster that have a value since `from`. */
export async function listSeries(db: Db, visibility: Visibility, clusterId: string, from: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('rollups')
    .select('series')
    .distinct()
    .where('cluster_id', '=', clusterId)
    .where('resolution', '=', 'd')
    .where('at', '>=', from)
    .where(clusterVisible(visibility, 'rollups.cluster_id'))
    .orderBy('series')
    .limit(50_000)
    .execute();
  return rows.map(({ series }) => series);
}
