/** What people and other systems supply for reports, and published defects to hold against what is installed. */
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

const STATEMENTS: readonly string[] = [
  `create table report_records (
    id text not null,
    customer_id text not null references customers(id),
    cluster_id text references clusters(id),
    subject text not null,
    kind text not null,
    key text not null,
    body text not null,
    created_at bigint not null,
    updated_at bigint not null,
    updated_by text not null,
    primary key (id)
  )`,
  // The subject is the cluster's id, or * for all clusters of the customer: nulls would not be one.
  `create unique index report_records_one on report_records (customer_id, subject, kind, key)`,
  `create table advisories (
    id text not null,
    kind text not null,
    severity text not null,
    published_at bigint not null,
    cves text not null,
    score double precision,
    source text not null,
    imported_at bigint not null,
    primary key (id)
  )`,
  `create table advisory_fixes (
    advisory_id text not null references advisories(id) on delete cascade,
    product text not null,
    package text not null,
    version text not null,
    primary key (advisory_id, product, package, version)
  )`,
  `create index advisory_fixes_package on advisory_fixes (product, package)`,
];

export const reportRecords: Migration = {
  name: 'report-records',
  async up(db) {
    for (const text of STATEMENTS) await sql.raw(text).execute(db);
  },
};
