/** A site's collector below a support centre's: what waits to be forwarded, and what was said of its incidents up there. */
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

const statements = (bytes: string, serial: string): readonly string[] => [
  `create table federation_links (
    cluster_id text not null references clusters(id),
    linked_at bigint not null,
    status_at bigint not null,
    primary key (cluster_id)
  )`,
  `create table relays (
    id ${serial},
    cluster_id text not null references clusters(id),
    agent text not null,
    boot text not null,
    seq bigint not null,
    kind text not null,
    sha256 text not null,
    kept_at bigint not null,
    queued_at bigint not null,
    bytes bigint not null,
    refused text,
    body ${bytes} not null
  )`,
  `create unique index relays_payload on relays (cluster_id, agent, boot, seq)`,
  `create index relays_waiting on relays (cluster_id, kind, id) where refused is null`,
  `create table federation_incidents (
    cluster_id text not null references clusters(id),
    upstream_id text not null,
    upstream_number bigint not null,
    incident_id text not null,
    linked_at bigint not null,
    primary key (cluster_id, upstream_id)
  )`,
  `create index incidents_cluster_updated on incidents (cluster_id, updated_at)`,
  `create index incidents_cluster_rule on incidents (cluster_id, rule, opened_at)`,
];

export const federation: Migration = {
  name: 'federation',
  async up(db, engine) {
    const serial = engine === 'postgres' ? 'bigint generated always as identity primary key' : 'integer primary key autoincrement';
    for (const text of statements(engine === 'postgres' ? 'bytea' : 'blob', serial)) await sql.raw(text).execute(db);
  },
};
