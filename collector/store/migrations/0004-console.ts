/** What the console asks for: the state of a cluster as of its newest inspections, risks that somebody accepted, and lists worst first. */
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

const statements = (bytes: string): readonly string[] => [
  `create table cluster_states (
    cluster_id text not null references clusters(id) on delete cascade,
    made_at bigint not null,
    as_of bigint not null,
    version text not null,
    score bigint,
    coverage double precision not null,
    checked bigint not null,
    applicable bigint not null,
    document ${bytes} not null,
    primary key (cluster_id)
  )`,
  `create table accepted_risks (
    id text not null,
    cluster_id text not null references clusters(id),
    identity text not null,
    check_id text not null,
    owner text not null,
    reason text not null,
    expires_at bigint not null,
    created_at bigint not null,
    created_by text not null,
    withdrawn_at bigint,
    withdrawn_by text,
    primary key (id)
  )`,
  `create index accepted_risks_finding on accepted_risks (cluster_id, identity)`,
  `create index findings_worst on findings ((case severity when 'critical' then 0 when 'warning' then 1 else 2 end), check_id, cluster_id, identity) where gone_at is null`,
  `create index findings_newest on findings (first_seen_at)`,
  `create index findings_gone on findings (gone_at) where gone_at is not null`,
  `create index agents_silent on agents (silent_since) where silent_since is not null`,
  // Worst first: by level, then newest.
  `create index incidents_worst on incidents ((level * 10000000000000 - opened_at), id)`,
];

export const consoleTables: Migration = {
  name: 'console',
  async up(db, engine) {
    for (const text of statements(engine === 'postgres' ? 'bytea' : 'blob')) await sql.raw(text).execute(db);
  },
};
