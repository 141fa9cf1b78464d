/** What a collector has that can be carried on, and what was carried here. Times in milliseconds unless they say otherwise. */
import { sql } from 'kysely';
import type { EnvelopeHeader } from '../../agent/wire/envelope.ts';
import type { Actor } from '../incidents/event.ts';
import type { Db } from './database.ts';
import { payloadOf } from './kept-body.ts';
import type { Row } from './tables.ts';

export interface StoredPayload {
  readonly header: EnvelopeHeader;
  readonly json: string;
}

const PAGE = 50;
/** One text of the whole id: pages go on after it. */
const ID = sql<string>`agent || '.' || boot || '.' || seq`;

/** Signals, then inspections, of one cluster, by the time at which they were received; `from` inclusive, `to` exclusive. */
export async function* storedPayloads(db: Db, clusterId: string, { from = 0, to }: { readonly from?: number | undefined; readonly to: number }): AsyncGenerator<StoredPayload> {
  yield* storedSignals(db, clusterId, from, to);
  yield* storedInspections(db, clusterId, from, to);
}

async function* storedSignals(db: Db, clusterId: string, from: number, to: number): AsyncGenerator<StoredPayload> {
  for (let after = { at: from, id: '' }; ; ) {
    const rows = await db
      .selectFrom('signal_payloads')
      .selectAll()
      .where('cluster_id', '=', clusterId)
      .where('received_at', '<', to)
      .where((on) => on.or([on('received_at', '>', after.at), on.and([on('received_at', '=', after.at), on(ID, '>', after.id)])]))
      .orderBy('received_at')
      .orderBy(ID)
      .limit(PAGE)
      .execute();
    for (const row of rows) {
      const { agent, boot, seq, sha256, kept_at: keptAt, body } = row;
      yield { header: { agent, boot, seq, kind: 'signals', keptAt, sha256 }, json: payloadOf(body) };
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    after = { at: last.received_at, id: `${last.agent}.${last.boot}.${last.seq}` };
  }
}
/** An inspection's id stands with its receipt. */
async function* storedInspections(db: Db, clusterId: string, from: number, to: number): AsyncGenerator<StoredPayload> {
  for (let after = { at: from, id: '' }; ; ) {
    const rows = await db
      .selectFrom('snapshots as s')
      .innerJoin('receipts as r', (on) => on.onRef('r.cluster_id', '=', 's.cluster_id').onRef('r.agent', '=', 's.agent').onRef('r.sha256', '=', 's.sha256'))
      .select(['s.id', 's.agent', 's.sha256', 's.received_at', 's.body', 'r.boot', 'r.seq'])
      .where('s.cluster_id', '=', clusterId)
      .where('r.kind', '=', 'inspection')
      .where('s.received_at', '<', to)
      .where((on) => on.or([on('s.received_at', '>', after.at), on.and([on('s.received_at', '=', after.at), on('s.id', '>', after.id)])]))
      .orderBy('s.received_at')
      .orderBy('s.id')
      .limit(PAGE)
      .execute();
    for (const { agent, boot, seq, sha256, received_at, body } of rows)
      yield { header: { agent, boot, seq, kind: 'inspection', keptAt: Math.floor(received_at / 1_000), sha256 }, json: payloadOf(body) };
    const last = rows.at(-1);
    if (last === undefined) return;
    after = { at: last.received_at, id: last.id };
  }
}

/** The cluster that bundles of this key and origin are taken for. */
export async function clusterOfOrigin(db: Db, keyId: string, origin: string): Promise<string | undefined> {
  return (await db.selectFrom('bundle_origins').select('cluster_id').where('key_id', '=', keyId).where('origin', '=', origin).executeTakeFirst())?.cluster_id;
}
export async function confirmOrigin(
  db: Db,
  row: { readonly keyId: string; readonly origin: string; readonly clusterId: string; readonly at: number; readonly actor: Actor },
): Promise<void> {
  const { keyId, origin, clusterId, at, actor } = row;
  await db
    .insertInto('bundle_origins')
    .values({ key_id: keyId, origin, cluster_id: clusterId, confirmed_at: at, confirmed_by: JSON.stringify(actor) })
    .execute();
}

/** Numbers of the parts that are here already. */
export async function importedParts(db: Db, clusterId: string, bundleId: string): Promise<readonly number[]> {
  const rows = await db.selectFrom('bundle_parts').select('part').where('cluster_id', '=', clusterId).where('bundle_id', '=', bundleId).orderBy('part').execute();
  return rows.map(({ part }) => part);
}
export async function savePart(db: Db, row: Row<'bundle_parts'>): Promise<void> {
  await db
    .insertInto('bundle_parts')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
