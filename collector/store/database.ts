/**
 * One set of queries over two engines: SQLite in the process (default; WAL, every commit on disk before it returns) and
 * PostgreSQL. Domain stores get a {@link Db}; what has to happen together happens in `db.transaction()`.
 */
import { chmodSync, closeSync, openSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { type ControlledTransaction, Kysely, PostgresDialect, SqliteDialect, type Transaction } from 'kysely';
import { Pool, TypeOverrides } from 'pg';
import { migrate } from './migrate.ts';
import type { Tables } from './tables.ts';

export type Engine = 'sqlite' | 'postgres';
/** A database, or a transaction in it: stores take either. */
export type Db = Kysely<Tables> | Transaction<Tables> | ControlledTransaction<Tables>;

export interface Database extends AsyncDisposable {
  readonly engine: Engine;
  readonly db: Kysely<Tables>;
  /** Runs the callback in one transaction; on PostgreSQL serialization failures and deadlocks are tried again. */
  readonly transaction: <T>(work: (db: Transaction<Tables>) => Promise<T>) => Promise<T>;
}

/** `sqlite:/path/file.db`, `sqlite::memory:`, a plain path, or `postgres://…`. */
export interface DatabaseOptions {
  readonly url: string;
  /** Connections to PostgreSQL. */
  readonly poolSize?: number;
  /** PEM of a private CA for PostgreSQL; TLS itself is asked for in the URL (`sslmode=`). */
  readonly ca?: string | undefined;
}

/** Opens, and brings the schema up to date. @throws MigrationError when the schema is of a newer program */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const engine: Engine = /^postgres(ql)?:\/\//.test(options.url) ? 'postgres' : 'sqlite';
  const db = engine === 'postgres' ? openPostgres(options) : openSqlite(options.url.replace(/^sqlite:/, ''));
  try {
    await migrate(db, engine);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    engine,
    db,
    transaction: (work) => retrying(() => db.transaction().execute(work), engine),
    [Symbol.asyncDispose]: () => db.destroy(),
  };
}

const TRIES = 5;
/** Class 40 of SQLSTATE: the transaction did nothing and may be tried again. */
async function retrying<T>(run: () => Promise<T>, engine: Engine): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (engine !== 'postgres' || attempt >= TRIES || (code !== '40001' && code !== '40P01')) throw error;
    }
  }
}

function openPostgres({ url, poolSize = 8, ca }: DatabaseOptions): Kysely<Tables> {
  const types = new TypeOverrides();
  types.setTypeParser(20, Number); // int8: our times and counts stay far below 2^53
  types.setTypeParser(1700, Number); // numeric: sums of int8
  const pool = new Pool({
    connectionString: url,
    max: poolSize,
    types,
    application_name: 'xunjian',
    connectionTimeoutMillis: 10_000,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
    ...(ca !== undefined && { ssl: { ca } }),
  });
  pool.on('error', () => undefined); // an idle connection that broke is replaced; the next query says so if it cannot be
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

function openSqlite(path: string): Kysely<Tables> {
  if (path !== ':memory:') {
    closeSync(openSync(path, 'a', 0o600));
    chmodSync(path, 0o600); // it holds names and digests of passwords
  }
  const file = new DatabaseSync(path, { timeout: 10_000, enableForeignKeyConstraints: true });
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'temp_store = MEMORY', 'cache_size = -16000', 'journal_size_limit = 67108864']) file.exec(`PRAGMA ${pragma}`);
  const statements = new Map<string, SqliteStatement>();
  return new Kysely<Tables>({
    dialect: new SqliteDialect({
      database: {
        close: () => file.close(),
        prepare(sql: string) {
          const known = statements.get(sql);
          if (known) return known;
          if (statements.size >= MOST_STATEMENTS) statements.clear();
          const made = adapt(file.prepare(sql));
          statements.set(sql, made);
          return made;
        },
      },
    }),
  });
}

/** Compiled statements that are kept; lists of varying length (`in (…)`) make new ones. */
const MOST_STATEMENTS = 500;
interface SqliteStatement {
  readonly reader: boolean;
  all(parameters: readonly unknown[]): unknown[];
  run(parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  iterate(parameters: readonly unknown[]): IterableIterator<unknown>;
}
type Bound = Parameters<StatementSync['all']>;
/** Node's statement in the shape that Kysely's dialect expects. */
function adapt(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...(parameters as Bound)),
    run: (parameters) => statement.run(...(parameters as Bound)),
    iterate: (parameters) => statement.iterate(...(parameters as Bound)),
  };
}
