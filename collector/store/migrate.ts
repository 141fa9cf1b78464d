/**
 * Brings the schema up to date, step by step. A program that is rolled back by one release goes on with the schema of the newer one
 * where its steps say that it may; any other schema of a newer program is refused rather than guessed at.
 */
import { type Kysely, sql } from 'kysely';
import type { Engine } from './database.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Tables } from './tables.ts';

/** The schema is of a newer program that left this one behind, or a step failed; nothing was changed by the step. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** One step. Numbered by its place in the list; never changed once released. */
export interface Migration {
  readonly name: string;
  /**
   * It only adds: tables, columns that may be empty or have a default, indexes. What programs of the schema before write and read
   * stays right, so that a release can be rolled back and replicas of both can run side by side while it is rolled out.
   */
  readonly isAdditive?: true;
  up(db: Kysely<Tables>, engine: Engine): Promise<void>;
}

/** Any number that no other program on the same PostgreSQL locks. */
const LOCK = 7_259_316_102;

/** Each step is one transaction; several collectors that start at once wait for one another. @param known the steps of this program */
export async function migrate(db: Kysely<Tables>, engine: Engine, known: readonly Migration[] = MIGRATIONS): Promise<void> {
  if (engine === 'postgres') await db.transaction().execute(async (one) => createTable(one, engine));
  else await createTable(db, engine);
  for (;;) {
    const done = await db.transaction().execute(async (one) => {
      if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(one);
      const { version, oldest } = await schemaOf(one);
      if (oldest > known.length)
        throw new MigrationError(`the database has schema ${version}, which programs of schema ${oldest} can use; this program knows ${known.length}: start a newer one`);
      const next = known[version];
      if (next === undefined) return true;
      await next.up(one, engine);
      await sql`insert into schema_version (version, name, applied_at, oldest)
        values (${version + 1}, ${next.name}, ${Date.now()}, ${next.isAdditive ? oldest : version + 1})`.execute(one);
      return false;
    });
    if (done) return;
  }
}

async function createTable(db: Kysely<Tables>, engine: Engine): Promise<void> {
  if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(db);
  await sql`create table if not exists schema_version (version integer primary key, name text not null, applied_at bigint not null, oldest integer)`.execute(db);
  // Databases of before this column.
  if (engine === 'postgres') await sql`alter table schema_version add column if not exists oldest integer`.execute(db);
  else {
    const { rows } = await sql`select 1 from pragma_table_info('schema_version') where name = 'oldest'`.execute(db);
    if (rows.length === 0) await sql`alter table schema_version add column oldest integer`.execute(db);
  }
}

/** The schema's number, and that of the oldest program which may use it. */
async function schemaOf(db: Kysely<Tables>): Promise<{ readonly version: number; readonly oldest: number }> {
  const { rows } = await sql<{ version: number; oldest: number | null }>`select version, oldest from schema_version order by version desc limit 1`.execute(db);
  const [newest] = rows;
  return { version: newest?.version ?? 0, oldest: newest?.oldest ?? newest?.version ?? 0 };
}
