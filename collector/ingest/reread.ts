/** After an upgrade: what the older program could not read is tried again, oldest process order kept, each payload once. */
import { createHash } from 'node:crypto';
import { PAYLOAD_KINDS } from '../../agent/wire/envelope.ts';
import type { Database } from '../store/database.ts';
import { findCustomerOf } from '../store/fleet-store.ts';
import { pageQuarantine, type QuarantineRow, quarantinedBody, takeQuarantine } from '../store/quarantine-store.ts';
import { acceptReceipt } from '../store/receipt-store.ts';
import { applyFresh, type Item, type OnSignals, type OnTaken } from './apply.ts';
import { decodeBody } from './decode.ts';
import { LIFTS, type Lift } from './lift.ts';

const PAGE = 50;

export interface Reread {
  readonly read: number;
  readonly kept: number;
}

/** @param now milliseconds */
export async function rereadQuarantine(database: Database, onSignals: OnSignals, now: number, lifts: Readonly<Record<number, Lift>> = LIFTS, onTaken?: OnTaken): Promise<Reread> {
  let after = '';
  let read = 0;
  let kept = 0;
  for (;;) {
    const rows = await pageQuarantine(database.db, after, PAGE);
    for (const row of rows.toSorted((a, b) => a.received_at - b.received_at || a.seq - b.seq)) {
      if (await rereadOne(database, { onSignals, onTaken }, row, now, lifts)) read += 1;
      else kept += 1;
    }
    const last = rows.at(-1);
    if (last === undefined) return { read, kept };
    after = last.id;
  }
}

async function rereadOne(
  database: Database,
  { onSignals, onTaken }: { readonly onSignals: OnSignals; readonly onTaken: OnTaken | undefined },
  row: QuarantineRow,
  now: number,
  lifts: Readonly<Record<number, Lift>>,
): Promise<boolean> {
  const { cluster_id, agent, boot, seq, received_at } = row;
  const kind = PAYLOAD_KINDS.find((known) => known === row.kind);
  if (kind === undefined) return false;
  const body = quarantinedBody(row);
  const header = { agent, boot, seq, kind, keptAt: Math.floor(received_at / 1_000), sha256: createHash('sha256').update(body).digest('hex') };
  const decoded = decodeBody(header, body, lifts);
  if (decoded.kind === 'refused' || decoded.kind === 'quarantined') return false;
  return await database.transaction(async (db) => {
    const customerId = await findCustomerOf(db, cluster_id);
    if (customerId === undefined || !(await takeQuarantine(db, row.id))) return false;
    const item: Item = { cluster: { clusterId: cluster_id, customerId }, decoded, receivedAt: Math.min(received_at, now), skewMs: undefined };
    await applyFresh(db, database.engine, [item], onSignals);
    await onTaken?.(db, [item]);
    await acceptReceipt(db, cluster_id, header);
    return true;
  });
}
