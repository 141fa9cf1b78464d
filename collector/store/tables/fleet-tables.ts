/** Customers, what they bought, their clusters, and who may write for these. As the database has them; domain types are made by the stores. */
import type { Generated } from 'kysely';

export interface CustomersTable {
  id: string;
  name: string;
  /** IANA zone of the customer's site: contracts count in it. */
  zone: string;
  locale: string;
  /** JSON: contacts by role (`customer-representative`, …) with e-mail addresses. */
  contacts: string;
  demo: number;
  created_at: number;
}
export interface ContractsTable {
  id: string;
  customer_id: string;
  policy_id: string;
  tier: string;
  policy_version: number;
  starts_at: number;
  ends_at: number | null;
  /** JSON of what this contract changes. */
  overrides: string;
  created_at: number;
}
export interface ClustersTable {
  id: string;
  customer_id: string;
  contract_id: string | null;
  name: string;
  /** `kubernetes`, or `hosts` for machines without a cluster. */
  kind: string;
  zone: string | null;
  created_at: number;
}
/** Credentials of agents and integrations: a token writes its own cluster's data and nothing else. */
export interface TokensTable {
  id: string;
  cluster_id: string;
  /** Hexadecimal SHA-256 of 256 random bits. */
  hash: string;
  /** `agent`: sends its cluster's data; `integration`: another system that opens incidents of its cluster. */
  kind: Generated<string>;
  label: string;
  created_at: number;
  expires_at: number | null;
  revoked_at: number | null;
  last_used_at: number | null;
}
/** Client certificates (mTLS) of agents, bound to one cluster like tokens. */
export interface CertificatesTable {
  /** Hexadecimal SHA-256 of the certificate in DER. */
  fingerprint: string;
  cluster_id: string;
  label: string;
  created_at: number;
  revoked_at: number | null;
}
export interface AgentsTable {
  cluster_id: string;
  /** Installation id of the agent (32 hexadecimal digits). */
  agent: string;
  role: string;
  node: string | null;
  version: string;
  boot: string;
  epoch: number;
  first_seen_at: number;
  last_seen_at: number;
  /** Seconds between heartbeats; null before the first. */
  heartbeat_seconds: number | null;
  last_heartbeat_at: number | null;
  last_inspection_at: number | null;
  /** JSON of the last heartbeat's outbox. */
  outbox: string | null;
  /** Agent's clock minus ours, milliseconds. */
  skew_ms: number | null;
  /** Since when it has been silent. */
  silent_since: number | null;
  /** Taken out of service by a person: its silence is no trouble. */
  retired_at: number | null;
  /** Process and sequence of the newest inspection: orders those of one process whatever its clock does. */
  inspection_boot: string | null;
  inspection_seq: number | null;
  /** What the site lets a collector ask of it (`none`, `inspect`); null: it does not say, as older versions do not. */
  takes: Generated<string | null>;
  /** JSON of what its site lets leave (agent/wire/leaves.ts); null: it does not say. */
  leaves: Generated<string | null>;
  /** Since when it has said so. */
  leaves_at: Generated<number | null>;
}
/** Inspections that somebody asked for ahead of their time. */
export interface InspectionRequestsTable {
  /** At random, in 47 bits: agents give it back as a number. */
  id: number;
  cluster_id: string;
  requested_at: number;
  /** JSON of the actor. */
  requested_by: string;
  expires_at: number;
}
/** Who was asked, and what it says. */
export interface InspectionRequestAgentsTable {
  request_id: number;
  agent: string;
  handed_at: number;
  /** null: it has said nothing yet. */
  state: string | null;
  refusal: string | null;
  state_at: number | null;
}
