/** Inspections that somebody asks for ahead of their time, and what each agent says about it. */
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

const STATEMENTS: readonly string[] = [
  `alter table agents add column takes text`,
  `create table inspection_requests (
    id bigint not null,
    cluster_id text not null references clusters(id) on delete cascade,
    requested_at bigint not null,
    requested_by text not null,
    expires_at bigint not null,
    primary key (id)
  )`,
  `create index inspection_requests_newest on inspection_requests (cluster_id, requested_at)`,
  `create index inspection_requests_open on inspection_requests (expires_at)`,
  `create table inspection_request_agents (
    request_id bigint not null references inspection_requests(id) on delete cascade,
    agent text not null,
    handed_at bigint not null,
    state text,
    refusal text,
    state_at bigint,
    primary key (request_id, agent)
  )`,
  // The audit log is asked by time and by what was done.
  `create index audit_at on audit (at)`,
  `create index audit_action on audit (action, id)`,
];

export const inspectionRequests: Migration = {
  name: 'inspection-requests',
  async up(db) {
    for (const text of STATEMENTS) await sql.raw(text).execute(db);
  },
};
