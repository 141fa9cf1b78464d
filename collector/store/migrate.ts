/** Brings the schema up to date, step by step; a database of a newer program is refused rather than guessed at. */
import { type Kysely, sql } from 'kysely';
import type { Engine } from './database.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Tables } from './tables.ts';

/** The schema is newer than this program, or a step failed; nothing was changed by the step. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** One step. Numbered by its place in the list; never changed once released. */
export interface Migration {
  readonly name: string;
  up(db: Kysely<Tables>, engine: Engine): Promise<void>;
}

/** Any number that no other program on the same PostgreSQL locks. */
const LOCK = 7_259_316_102;

/** Each step is one transaction; several collectors that start at once wait for one another. */
export async function migrate(db: Kysely<Tables>, engine: Engine): Promise<void> {
  if (engine === 'postgres') await db.transaction().execute(async (one) => createTable(one, engine));
  else await createTable(db, engine);
  for (;;) {
    const done = await db.transaction().execute(async (one) => {
      if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(one);
      const version = await versionOf(one);
      if (version > MIGRATIONS.length) throw new MigrationError(`the database has schema ${version}, this program knows ${MIGRATIONS.length}: start a newer one`);
      const next = MIGRATIONS[version];
      if (next === undefined) return true;
      await next.up(one, engine);
      await sql`insert into schema_version (version, name, applied_at) values (${version + 1}, ${next.name}, ${Date.now()})`.execute(one);
      return false;
    });
    if (done) return;
  }
}

async function createTable(db: Kysely<Tables>, engine: Engine): Promise<void> {
  if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(db);
  await sql`create table if not exists schema_version (version integer primary key, name text not null, applied_at bigint not null)`.execute(db);
}

async function versionOf(db: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ version: number | null }>`select max(version) as version from schema_version`.execute(db);
  return rows[0]?.version ?? 0;
}
