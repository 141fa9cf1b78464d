/** What may be carried on, and what was carried here. As the database has them; domain types are made by the stores. */

/** Batches of signals as they travelled, for bundles; they expire with the inspections. */
export interface SignalPayloadsTable {
  cluster_id: string;
  agent: string;
  boot: string;
  seq: number;
  sha256: string;
  kept_at: number;
  received_at: number;
  /** gzip of the payload's JSON. */
  body: Uint8Array;
}
/** Whose bundles are taken for which cluster: a person confirmed the key of its site. */
export interface BundleOriginsTable {
  key_id: string;
  /** A cluster's id in the site's collector, or an agent's. */
  origin: string;
  cluster_id: string;
  confirmed_at: number;
  /** JSON of the actor. */
  confirmed_by: string;
}
/** Parts of bundles that were imported. */
export interface BundlePartsTable {
  bundle_id: string;
  part: number;
  parts: number;
  cluster_id: string;
  key_id: string;
  origin: string;
  /** By the site's clock. */
  made_at: number;
  imported_at: number;
  payloads: number;
  accepted: number;
  duplicates: number;
  quarantined: number;
  refused: number;
}
