/** What agents sent, and what became of it. As the database has them; domain types are made by the stores. */

/** Payloads that were taken, for as long as an agent may repeat them. */
export interface ReceiptsTable {
  cluster_id: string;
  agent: string;
  boot: string;
  seq: number;
  kind: string;
  sha256: string;
  status: string;
  received_at: number;
  /** Why it was refused. */
  reason: string | null;
}
/** Raw inspections, gzip; they expire. */
export interface SnapshotsTable {
  id: string;
  cluster_id: string;
  agent: string;
  role: string;
  taken_at: number;
  received_at: number;
  epoch: number;
  sha256: string;
  score: number | null;
  coverage: number | null;
  bytes: number;
  body: Uint8Array;
}
/** Payloads of a version that this collector does not read yet, or that broke the contract; read again after an upgrade. */
export interface QuarantineTable {
  id: string;
  cluster_id: string;
  agent: string;
  boot: string;
  seq: number;
  kind: string;
  reason: string;
  received_at: number;
  body: Uint8Array;
}
/** What is wrong now and was wrong before: one row per identity and agent. */
export interface FindingsTable {
  cluster_id: string;
  /** Hexadecimal SHA-256 of check and scope. */
  identity: string;
  check_id: string;
  area: string;
  severity: string;
  /** JSON. */
  scope: string;
  scope_kind: string;
  namespace: string | null;
  name: string;
  node: string | null;
  observed: string | null;
  threshold: string | null;
  unit: string;
  /** Roles of the machine that ask for it, separated by blanks. */
  asked_by: string | null;
  agent: string;
  first_seen_at: number;
  last_seen_at: number;
  /** Not found any more by an inspection that answered its check. */
  gone_at: number | null;
  /** The check could not answer in the newest inspection. */
  unknown_since: number | null;
  /** Whose inspections decide that it is gone: an agent's id, or `cluster` for all replicas of the cluster agent together. */
  owner: string;
}
/** Numbers over time: raw series of each inspection folded to hours and days. */
export interface RollupsTable {
  cluster_id: string;
  /** Empty for the cluster. */
  machine: string;
  /** `h` or `d`. */
  resolution: string;
  /** Start of the bucket, UTC. */
  at: number;
  /** JSON: see `rollup-buckets.ts`. */
  numbers: string;
}
