/** What may be carried on: signals as they travelled, and bundles that came by hand. */
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

const statements = (bytes: string): readonly string[] => [
  `create table signal_payloads (
    cluster_id text not null references clusters(id),
    agent text not null,
    boot text not null,
    seq bigint not null,
    sha256 text not null,
    kept_at bigint not null,
    received_at bigint not null,
    body ${bytes} not null,
    primary key (cluster_id, agent, boot, seq)
  )`,
  `create index signal_payloads_received on signal_payloads (received_at)`,
  `create table bundle_origins (
    key_id text not null,
    origin text not null,
    cluster_id text not null references clusters(id),
    confirmed_at bigint not null,
    confirmed_by text not null,
    primary key (key_id, origin)
  )`,
  `create index bundle_origins_cluster on bundle_origins (cluster_id)`,
  `create table bundle_parts (
    bundle_id text not null,
    part bigint not null,
    parts bigint not null,
    cluster_id text not null references clusters(id),
    key_id text not null,
    origin text not null,
    made_at bigint not null,
    imported_at bigint not null,
    payloads bigint not null,
    accepted bigint not null,
    duplicates bigint not null,
    quarantined bigint not null,
    refused bigint not null,
    primary key (cluster_id, bundle_id, part)
  )`,
];

export const carried: Migration = {
  name: 'carried',
  async up(db, engine) {
    for (const text of statements(engine === 'postgres' ? 'bytea' : 'blob')) await sql.raw(text).execute(db);
  },
};
