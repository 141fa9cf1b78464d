/** Who is told, by which way, and what waits to be sent. As the database has them; domain types are made by the stores. */
import type { ColumnType } from 'kysely';

/** Set by the database's default, never changed. */
type Serial = ColumnType<number, never, never>;

export interface TargetsTable {
  id: string;
  /** Null: the support centre's own. */
  customer_id: string | null;
  kind: string;
  name: string;
  /** JSON without secrets. */
  config: string;
  /** Encrypted JSON of secrets (AES-256-GCM under the collector's key), or null. */
  secrets: Uint8Array | null;
  enabled: number;
  created_at: number;
  /** Nothing is sent before: the target failed or asked to wait. */
  paused_until: number | null;
  /** Failures in a row. */
  failures: ColumnType<number, number | undefined, number>;
  /** JSON of the newest failure, null while it works. */
  error: string | null;
  /** When it last took a message; null: never yet. Of messages in a row only now and then one is noted. */
  worked_at: ColumnType<number | null, number | null | undefined, number | null>;
  claimed_at: number | null;
  /** Thousandths of a message that may be sent now, as of `refilled_at`. */
  tokens: number | null;
  refilled_at: number | null;
}
export interface RoutesTable {
  id: string;
  customer_id: string | null;
  target_id: string | null;
  rota_id: string | null;
  /** JSON: levels, event kinds, audiences, hours, quiet hours. */
  rules: string;
  position: number;
}
export interface RotasTable {
  id: string;
  name: string;
  /** JSON: zone, layers of shifts, overrides, fallback. */
  plan: string;
}
/** Transactional outbox of messages to people and other systems. */
export interface NotificationsTable {
  id: Serial;
  /** `target|incident|recipient|topic|version or duty`: the same message is never kept twice. */
  dedup: string;
  target_id: string;
  incident_id: string | null;
  incident_version: number | null;
  event: string;
  /** JSON of what is said. */
  message: string;
  state: string;
  attempts: number;
  next_at: number;
  claimed_by: string | null;
  claimed_until: number | null;
  external_id: string | null;
  error: string | null;
  created_at: number;
  sent_at: number | null;
  /** Messages of one lane are sent one after the other: `target|incident|recipient`. */
  lane: string;
  /** When it has to be said again (Alertmanager forgets alerts that nobody repeats). */
  repeat_at: number | null;
}
