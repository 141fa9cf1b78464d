/** Rule packs. As the database has them; domain types are made by the stores. */
import type { ColumnType } from 'kysely';

export interface PacksTable {
  /** Set by the database's default, never changed. */
  id: ColumnType<number, never, never>;
  name: string;
  version: string;
  /** Of the signed document. */
  sha256: string;
  key_id: string;
  signature: string;
  /** gzip of the signed document. */
  body: Uint8Array;
  /** `current`, `replaced`, `withdrawn`. */
  state: string;
  /** `approval` of its digest by a person, or `trusted-key`. */
  approved_by: string;
  applied_at: number;
  /** JSON of the actor. */
  applied_by: string;
}
