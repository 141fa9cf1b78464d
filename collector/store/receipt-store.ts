/** Which payloads were taken: the memory that makes every delivery idempotent. */
import { sql } from 'kysely';
import type { PayloadId } from '../../agent/wire/envelope.ts';
import { type Columns, rowsTable } from './bulk.ts';
import type { Db, Engine } from './database.ts';
import type { Row } from './tables.ts';

export type ReceiptRow = Row<'receipts'>;
type Key = Pick<ReceiptRow, 'cluster_id' | 'agent' | 'boot' | 'seq'>;

const KEY: Columns<Key> = { cluster_id: 'text', agent: 'text', boot: 'text', seq: 'bigint' };
const COLUMNS: Columns<ReceiptRow> = { ...KEY, kind: 'text', sha256: 'text', status: 'text', received_at: 'bigint', reason: 'text' };

export function receiptKey({ cluster_id, agent, boot, seq }: Key): string {
  return `${cluster_id}|${agent}.${boot}.${seq}`;
}

/**
 * Claims ids; a second claim of the same id, also from another collector, waits for the first and fails.
 * @returns keys that are new
 */
export async function claimReceipts(db: Db, engine: Engine, rows: readonly ReceiptRow[]): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const names = sql.join(Object.keys(COLUMNS).map((name) => sql.ref(name)));
  const claimed = await sql<Key>`insert into receipts (${names}) select ${names} from ${rowsTable(engine, COLUMNS, rows)} as fresh where true
    order by cluster_id, agent, boot, seq on conflict do nothing returning cluster_id, agent, boot, seq`.execute(db);
  return new Set(claimed.rows.map(receiptKey));
}

export async function findReceipts(db: Db, engine: Engine, keys: readonly Key[]): Promise<ReadonlyMap<string, ReceiptRow>> {
  if (keys.length === 0) return new Map();
  const found = await sql<ReceiptRow>`select r.* from ${rowsTable(engine, KEY, keys)} as k
    join receipts r on r.cluster_id = k.cluster_id and r.agent = k.agent and r.boot = k.boot and r.seq = k.seq`.execute(db);
  return new Map(found.rows.map((row) => [receiptKey(row), row]));
}

/** A payload that was in quarantine has been read after all. */
export async function acceptReceipt(db: Db, clusterId: string, { agent, boot, seq }: PayloadId): Promise<void> {
  await db
    .updateTable('receipts')
    .set({ status: 'accepted', reason: null })
    .where('cluster_id', '=', clusterId)
    .where('agent', '=', agent)
    .where('boot', '=', boot)
    .where('seq', '=', seq)
    .execute();
}
