/**
 * A consistent copy of everything while the collector runs, as one gzip file of NDJSON: a header with the schema's version,
 * each table with its rows, and at the end a digest. It goes back into either engine, at the schema it was made with.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { sql } from 'kysely';
import type { Text } from '../../agent/wire/vocabulary.ts';
import type { Database, Db, Engine } from './database.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Tables } from './tables.ts';

/** The file is damaged, not ours, or the target must not be written. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  /** For who runs the command. */
  readonly text: Text;
  constructor(en: string, zh: string, options?: ErrorOptions) {
    super(en, options);
    this.text = { zh, en };
  }
}

const FORMAT = 'xunjian-backup';
const FORMAT_VERSION = 1;
/** Parents before children. */
const TABLES = [
  'customers',
  'contracts',
  'clusters',
  'tokens',
  'certificates',
  'agents',
  'receipts',
  'snapshots',
  'quarantine',
  'findings',
  'rollups',
  'incidents',
  'incident_events',
  'incident_members',
  'signals',
  'timers',
  'windows',
  'targets',
  'rotas',
  'routes',
  'notifications',
  'users',
  'sign_in_failures',
  'serves',
  'sessions',
  'links',
  'audit',
  'settings',
  'leases',
  'report_schedules',
  'reports',
  'report_files',
  'report_records',
  'advisories',
  'advisory_fixes',
  'cluster_states',
  'accepted_risks',
  'inspection_requests',
  'inspection_request_agents',
  'signal_payloads',
  'bundle_origins',
  'bundle_parts',
  'packs',
  'federation_links',
  'relays',
  'federation_incidents',
] as const satisfies readonly (keyof Tables)[];
type EveryTable = Exclude<keyof Tables, (typeof TABLES)[number]> extends never ? true : never;
const isComplete: EveryTable = true;

/** Tables whose key the database counts. */
const COUNTED: ReadonlySet<string> = new Set(['notifications', 'audit', 'packs', 'relays']);
const PAGE = 500;
/** Lines are rows; the largest holds an inspection of a large cluster, in base64. */
const MOST_ROWS = 200;

export interface BackupSummary {
  readonly rows: Readonly<Record<string, number>>;
  /** Hexadecimal, of the lines before the last. */
  readonly sha256: string;
}

/** Writes to a file beside it first: what bears the name is complete. @param now milliseconds */
export async function backup(database: Database, file: string, now: number): Promise<BackupSummary> {
  if (!isComplete) throw new BackupError('a table is missing from the list', '表清单不完整');
  const partial = `${file}.partial`;
  const rows: Record<string, number> = {};
  const hash = createHash('sha256');
  try {
    await (await open(partial, 'w', 0o600)).close();
    await database.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (db) => {
        await pipeline(Readable.from(lines(db, database.engine, now, rows, hash)), createGzip({ level: 6 }), createWriteStream(partial, { mode: 0o600, flush: true }));
      });
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return { rows, sha256: hash.digest('hex') };
}

async function* lines(db: Db, engine: Engine, now: number, rows: Record<string, number>, hash: ReturnType<typeof createHash>): AsyncGenerator<string> {
  const line = (value: unknown): string => {
    const text = `${JSON.stringify(value)}\n`;
    hash.update(text);
    return text;
  };
  yield line({ format: FORMAT, version: FORMAT_VERSION, schema: await schemaOf(db), at: now });
  for (const table of TABLES) {
    rows[table] = 0;
    for await (const page of pagesOf(db, engine, table)) {
      rows[table] += page.length;
      for (const row of page)
        yield line({
          table,
          row: Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value])),
        });
    }
  }
  yield `${JSON.stringify({ end: true, rows, sha256: hash.copy().digest('hex') })}\n`;
}

type AnyRow = Record<string, unknown>;

/** In the order of where rows lie: one reading of the table, whatever its key. */
async function* pagesOf(db: Db, engine: Engine, table: string): AsyncGenerator<readonly AnyRow[]> {
  if (engine === 'postgres') {
    const cursor = sql.raw(`c_${table}`);
    await sql`declare ${cursor} no scroll cursor for select * from ${sql.table(table)}${COUNTED.has(table) ? sql` order by id` : sql``}`.execute(db);
    for (;;) {
      const { rows } = await sql<AnyRow>`fetch ${sql.lit(MOST_ROWS)} from ${cursor}`.execute(db);
      if (rows.length === 0) break;
      yield rows;
    }
    await sql`close ${cursor}`.execute(db);
    return;
  }
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const { rows } = await sql<
      AnyRow & { rowid_: number }
    >`select rowid as rowid_, * from ${sql.table(table)} where rowid > ${after} order by rowid limit ${sql.lit(MOST_ROWS)}`.execute(db);
    if (rows.length === 0) return;
    after = rows.at(-1)?.rowid_ ?? after;
    yield rows.map(({ rowid_: _rowid, ...row }) => row);
  }
}

/** Reads the whole file once without writing anything. @throws BackupError when a byte is not as it was written */
export async function verifyBackup(file: string): Promise<BackupSummary & { readonly schema: number }> {
  let schema = 0;
  let summary: BackupSummary | undefined;
  for await (const record of recordsOf(file)) {
    if (record.kind === 'header') schema = record.schema;
    else if (record.kind === 'end') summary = record.summary;
  }
  if (summary === undefined) throw new BackupError('the backup has no end: it was cut', '备份文件没有结尾：已被截断');
  return { ...summary, schema };
}

/**
 * Into an empty database, all or nothing.
 * @param force empties the target first
 * @throws BackupError when the file is damaged, newer than this program, or the target holds data
 */
export async function restore(database: Database, file: string, { force = false }: { readonly force?: boolean } = {}): Promise<BackupSummary> {
  const { schema, ...summary } = await verifyBackup(file);
  if (schema > MIGRATIONS.length)
    throw new BackupError(
      `the backup has schema ${schema}, this program knows ${MIGRATIONS.length}: use a newer one`,
      `备份的库结构为 ${schema}，本程序只到 ${MIGRATIONS.length}：请使用更新的版本`,
    );
  if (schema !== (await schemaOf(database.db)))
    throw new BackupError(`the backup has schema ${schema}: restore it with the release that made it, then upgrade`, `备份的库结构为 ${schema}：请用生成它的版本恢复，然后升级`);
  await database.transaction(async (db) => {
    await makeEmpty(db, force);
    const waiting: AnyRow[] = [];
    let waitingFor = '';
    for await (const record of recordsOf(file)) {
      if (record.kind !== 'row') continue;
      if (record.table !== waitingFor || waiting.length >= PAGE) await insertRows(db, database.engine, waitingFor, waiting.splice(0));
      waitingFor = record.table;
      waiting.push(record.row);
    }
    await insertRows(db, database.engine, waitingFor, waiting);
    if (database.engine === 'postgres') await setCounters(db);
  });
  return summary;
}

async function makeEmpty(db: Db, force: boolean): Promise<void> {
  for (const table of TABLES.toReversed()) {
    if (force) await sql`delete from ${sql.table(table)}`.execute(db);
    else if ((await sql`select 1 from ${sql.table(table)} limit 1`.execute(db)).rows.length > 0)
      throw new BackupError(`the target holds data (${table}): restore into an empty database, or with --force`, `目标库已有数据（${table}）：请恢复到空库，或加 --force`);
  }
}
/** The next row's number follows those that were restored. */
async function setCounters(db: Db): Promise<void> {
  for (const table of COUNTED) await sql`select setval(pg_get_serial_sequence(${table}, 'id'), coalesce((select max(id) from ${sql.table(table)}), 0) + 1, false)`.execute(db);
}

/** Parameters of one statement: PostgreSQL allows 65,535, SQLite 32,766. */
const MOST_PARAMETERS = 10_000;

async function insertRows(db: Db, engine: Engine, table: string, rows: readonly AnyRow[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first);
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const step = Math.max(1, Math.floor(MOST_PARAMETERS / columns.length));
  const given = engine === 'postgres' && COUNTED.has(table) ? sql`overriding system value` : sql``;
  for (let at = 0; at < rows.length; at += step) {
    const values = sql.join(rows.slice(at, at + step).map((row) => sql`(${sql.join(columns.map((column) => row[column] ?? null))})`));
    await sql`insert into ${sql.table(table)} (${names}) ${given} values ${values}`.execute(db);
  }
}

type Record_ =
  | { readonly kind: 'header'; readonly schema: number }
  | { readonly kind: 'row'; readonly table: (typeof TABLES)[number]; readonly row: AnyRow }
  | { readonly kind: 'end'; readonly summary: BackupSummary };

async function* recordsOf(file: string): AsyncGenerator<Record_> {
  const source = createReadStream(file);
  const unzipped = source.pipe(createGunzip());
  source.on('error', (error) => unzipped.destroy(error));
  const hash = createHash('sha256');
  let isFirst = true;
  try {
    for await (const text of createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY })) {
      const record = toRecord(text, isFirst);
      if (record.kind === 'end' && record.summary.sha256 !== hash.digest('hex')) throw new BackupError('the backup is damaged: its digest differs', '备份已损坏：摘要不符');
      if (record.kind !== 'end') hash.update(`${text}\n`);
      isFirst = false;
      yield record;
      if (record.kind === 'end') return;
    }
  } catch (error) {
    if (error instanceof BackupError) throw error;
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('E'))
      throw new BackupError(`the backup cannot be read (${String(error.code)})`, `备份文件无法读取（${String(error.code)}）`, { cause: error });
    throw new BackupError('the backup is damaged: it cannot be decompressed', '备份已损坏：无法解压', { cause: error });
  } finally {
    source.destroy();
    unzipped.destroy();
  }
}

function toRecord(text: string, isFirst: boolean): Record_ {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new BackupError('the backup is damaged: a line is not JSON', '备份已损坏：某行不是 JSON', { cause: error });
  }
  if (typeof value !== 'object' || value === null) throw new BackupError('the file is not a backup', '该文件不是备份');
  const record = value as Readonly<Record<string, unknown>>;
  if (isFirst) {
    if (record['format'] !== FORMAT || typeof record['schema'] !== 'number') throw new BackupError('the file is not a backup', '该文件不是备份');
    if (record['version'] !== FORMAT_VERSION)
      throw new BackupError('the backup has a format that this program does not know: use a newer one', '备份格式比本程序新：请使用更新的版本');
    return { kind: 'header', schema: record['schema'] };
  }
  if (record['end'] === true) return { kind: 'end', summary: { rows: record['rows'] as Record<string, number>, sha256: String(record['sha256']) } };
  const table = TABLES.find((known) => known === record['table']);
  if (table === undefined || typeof record['row'] !== 'object' || record['row'] === null)
    throw new BackupError('the backup names a table that this program does not know', '备份含有本程序不认识的表');
  return { kind: 'row', table, row: Object.fromEntries(Object.entries(record['row']).map(([key, cell]) => [key, toCell(cell)])) };
}
function toCell(cell: unknown): unknown {
  return typeof cell === 'object' && cell !== null && 'base64' in cell ? Buffer.from(String(cell.base64), 'base64') : cell;
}

async function schemaOf(db: Db): Promise<number> {
  const { rows } = await sql<{ version: number }>`select max(version) as version from schema_version`.execute(db);
  return rows[0]?.version ?? 0;
}
