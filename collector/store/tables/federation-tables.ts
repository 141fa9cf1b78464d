/** Between a site's collector and a support centre's. As the database has them; domain types are made by the stores. */
import type { ColumnType } from 'kysely';

/** Clusters whose payloads are forwarded. */
export interface FederationLinksTable {
  cluster_id: string;
  linked_at: number;
  /** Up to when the support centre's events are known, milliseconds of its clock. */
  status_at: number;
}
/** Payloads on their way up; gone once they are acknowledged. */
export interface RelaysTable {
  /** Set by the database's default, never changed. */
  id: ColumnType<number, never, never>;
  cluster_id: string;
  agent: string;
  boot: string;
  seq: number;
  kind: string;
  sha256: string;
  /** Unix seconds, by the agent. */
  kept_at: number;
  queued_at: number;
  bytes: number;
  /** Why it will never be taken; null while it waits. */
  refused: string | null;
  /** gzip of the payload's JSON, or of the envelope in which it came. */
  body: Uint8Array;
}
/** Which of our incidents the support centre's is. */
export interface FederationIncidentsTable {
  cluster_id: string;
  upstream_id: string;
  upstream_number: number;
  incident_id: string;
  linked_at: number;
}
