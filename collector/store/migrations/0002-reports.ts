/** Reports: jobs with the document they are made from, their files, and when they are made by themselves. */
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

const statements = (bytes: string): readonly string[] => [
  `create table report_schedules (
    id text not null,
    customer_id text not null references customers(id),
    cluster_id text references clusters(id),
    kind text not null,
    formats text not null,
    locales text not null,
    cron text not null,
    zone text not null,
    span text not null,
    mail bigint not null,
    enabled bigint not null,
    next_at bigint not null,
    last_at bigint,
    created_at bigint not null,
    created_by text not null,
    primary key (id)
  )`,
  `create table reports (
    id text not null,
    customer_id text not null references customers(id),
    cluster_id text references clusters(id),
    schedule_id text,
    request_key text not null,
    kind text not null,
    formats text not null,
    locales text not null,
    from_at bigint,
    to_at bigint not null,
    mail bigint not null,
    state text not null,
    stage text not null,
    progress bigint not null,
    attempts bigint not null,
    next_at bigint not null,
    claimed_by text,
    claimed_until bigint,
    error text,
    document ${bytes},
    document_sha256 text,
    created_at bigint not null,
    created_by text not null,
    finished_at bigint,
    confirm_until bigint,
    confirmed_at bigint,
    confirmed_by text,
    confirmation text,
    primary key (id)
  )`,
  `create table report_files (
    report_id text not null references reports(id) on delete cascade,
    name text not null,
    media_type text not null,
    bytes bigint not null,
    sha256 text not null,
    body ${bytes} not null,
    created_at bigint not null,
    primary key (report_id, name)
  )`,
  // The same request, and the same turn of a schedule, is one report.
  `create unique index reports_request on reports (customer_id, request_key)`,
  `create index reports_due on reports (next_at) where state in ('queued', 'running')`,
  `create index reports_newest on reports (created_at, id)`,
  `create index reports_subject on reports (customer_id, cluster_id, kind, finished_at)`,
  `create index report_schedules_due on report_schedules (next_at) where enabled = 1`,
];

export const reports: Migration = {
  name: 'reports',
  async up(db, engine) {
    for (const text of statements(engine === 'postgres' ? 'bytea' : 'blob')) await sql.raw(text).execute(db);
  },
};
