/** Reports, when they are made, and what people supply for them. As the database has them; domain types are made by the stores. */
import type { Generated } from 'kysely';

/** When reports are made by themselves. */
export interface ReportSchedulesTable {
  id: string;
  customer_id: string;
  /** Null: all clusters of the customer. */
  cluster_id: string | null;
  kind: string;
  /** JSON lists. */
  formats: string;
  locales: string;
  cron: string;
  /** IANA zone that the expression counts in. */
  zone: string;
  /** How long a period each report covers: `day`, `week`, `month`, `quarter`, `half-year`. */
  span: string;
  mail: number;
  enabled: number;
  next_at: number;
  last_at: number | null;
  created_at: number;
  /** JSON of the actor. */
  created_by: string;
}
/** A report as a job, and the document that it can be made again from. */
export interface ReportsTable {
  id: string;
  customer_id: string;
  cluster_id: string | null;
  schedule_id: string | null;
  /** The same request twice is one report. */
  request_key: string;
  kind: string;
  formats: string;
  locales: string;
  from_at: number | null;
  to_at: number;
  mail: number;
  /** `queued`, `running`, `done`, `failed`. */
  state: string;
  /** What is going on: `waiting`, `assembling`, `rendering`, `storing`, `ended`. */
  stage: string;
  /** Percent. */
  progress: number;
  attempts: number;
  next_at: number;
  claimed_by: string | null;
  claimed_until: number | null;
  /** Why it failed, one of our own words. */
  error: string | null;
  /** The model as JSON, gzip; with its digest before compression. */
  document: Uint8Array | null;
  document_sha256: string | null;
  created_at: number;
  created_by: string;
  finished_at: number | null;
  /** Until when the customer may confirm it. */
  confirm_until: number | null;
  confirmed_at: number | null;
  confirmed_by: string | null;
  /** JSON of what the customer said. */
  confirmation: string | null;
  /** JSON of who signed for each side. */
  signed_customer: Generated<string | null>;
  signed_provider: Generated<string | null>;
}
export interface ReportFilesTable {
  report_id: string;
  name: string;
  media_type: string;
  bytes: number;
  sha256: string;
  body: Uint8Array;
  created_at: number;
}
/** What people and other systems supply for reports: demands, changes, backups, plans, authored parts … */
export interface ReportRecordsTable {
  id: string;
  customer_id: string;
  /** Null: all clusters of the customer. */
  cluster_id: string | null;
  /** The cluster's id, or `*`. */
  subject: string;
  /** `demands`, `changes` …, as a record set calls them. */
  kind: string;
  /** What makes it the same record when it comes again. */
  key: string;
  /** JSON of the record. */
  body: string;
  created_at: number;
  updated_at: number;
  /** JSON of the actor. */
  updated_by: string;
}
/** Published defects of operating systems; of nobody in particular. */
export interface AdvisoriesTable {
  id: string;
  kind: string;
  severity: string;
  published_at: number;
  /** JSON list. */
  cves: string;
  score: number | null;
  source: string;
  imported_at: number;
}
/** The first version of a package, per product (`oe2203sp4`), that has the fix. */
export interface AdvisoryFixesTable {
  advisory_id: string;
  product: string;
  package: string;
  version: string;
}
