/** Rule packs that were applied here, with what they say and who signed them. */
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

const statements = (bytes: string, serial: string): readonly string[] => [
  `create table packs (
    id ${serial},
    name text not null,
    version text not null,
    sha256 text not null,
    key_id text not null,
    signature text not null,
    body ${bytes} not null,
    state text not null,
    approved_by text not null,
    applied_at bigint not null,
    applied_by text not null
  )`,
  // One counts.
  `create unique index packs_current on packs (state) where state = 'current'`,
];

export const packs: Migration = {
  name: 'packs',
  async up(db, engine) {
    const serial = engine === 'postgres' ? 'bigint generated always as identity primary key' : 'integer primary key autoincrement';
    for (const text of statements(engine === 'postgres' ? 'bytea' : 'blob', serial)) await sql.raw(text).execute(db);
  },
};
