/** The queue of what is forwarded: written in the transaction that takes a payload from its agent, emptied by acknowledgements. */
import { type Expression, type SqlBool, sql } from 'kysely';
import { PAYLOAD_KINDS, type PayloadKind } from '../../agent/wire/envelope.ts';
import type { Db } from './database.ts';
import { payloadOf } from './kept-body.ts';
import type { NewRow, Row } from './tables.ts';

export interface WaitingPayload {
  readonly id: number;
  readonly agent: string;
  readonly boot: string;
  readonly seq: number;
  readonly kind: PayloadKind;
  readonly keptAt: number;
}
export type NewRelay = NewRow<'relays'>;

/** Clusters among these that are linked. */
export async function linkedAmong(db: Db, clusterIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (clusterIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('federation_links')
    .select('cluster_id')
    .where('cluster_id', 'in', [...clusterIds])
    .execute();
  return new Set(rows.map(({ cluster_id }) => cluster_id));
}

/** A heartbeat takes the place of its agent's one before. */
export async function insertRelays(db: Db, rows: readonly NewRelay[]): Promise<void> {
  for (const { cluster_id, agent } of rows.filter(({ kind }) => kind === 'heartbeat'))
    await db.deleteFrom('relays').where('cluster_id', '=', cluster_id).where('agent', '=', agent).where('kind', '=', 'heartbeat').execute();
  for (let at = 0; at < rows.length; at += 32)
    await db
      .insertInto('relays')
      .values(rows.slice(at, at + 32))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}

/** Signals if there are any, else the rest; in the order of their arrival. */
export async function waitingRelays(db: Db, clusterId: string, limit: number): Promise<readonly WaitingPayload[]> {
  const of = async (kinds: readonly PayloadKind[]): Promise<readonly WaitingPayload[]> => {
    const rows = await db
      .selectFrom('relays')
      .select(['id', 'agent', 'boot', 'seq', 'kind', 'kept_at'])
      .where('cluster_id', '=', clusterId)
      .where('refused', 'is', null)
      .where('kind', 'in', [...kinds])
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(({ id, agent, boot, seq, kind, kept_at }) => ({ id, agent, boot, seq, kind: kindOf(kind), keptAt: kept_at }));
  };
  const signals = await of(['signals']);
  return signals.length > 0 ? signals : await of(['inspection', 'heartbeat']);
}
function kindOf(kind: string): PayloadKind {
  return PAYLOAD_KINDS.find((known) => known === kind) ?? 'heartbeat';
}
/** The payload's JSON; `undefined` when it has gone meanwhile. */
export async function relayedJson(db: Db, id: number): Promise<string | undefined> {
  const row = await db.selectFrom('relays').select('body').where('id', '=', id).executeTakeFirst();
  return row && payloadOf(row.body);
}
export async function deleteRelays(db: Db, clusterId: string, ids: readonly { readonly agent: string; readonly boot: string; readonly seq: number }[]): Promise<void> {
  for (const { agent, boot, seq } of ids)
    await db.deleteFrom('relays').where('cluster_id', '=', clusterId).where('agent', '=', agent).where('boot', '=', boot).where('seq', '=', seq).execute();
}
/** It stays to be looked at. */
export async function refuseRelay(
  db: Db,
  clusterId: string,
  { agent, boot, seq }: { readonly agent: string; readonly boot: string; readonly seq: number },
  word: string,
): Promise<void> {
  await db.updateTable('relays').set({ refused: word }).where('cluster_id', '=', clusterId).where('agent', '=', agent).where('boot', '=', boot).where('seq', '=', seq).execute();
}

export interface RelayCounts {
  readonly waiting: number;
  readonly refused: number;
  readonly bytes: number;
  /** Milliseconds; null when nothing waits. */
  readonly oldestAt: number | null;
}
export async function countRelays(db: Db, clusterId: string): Promise<RelayCounts> {
  const row = await db
    .selectFrom('relays')
    .select(({ fn }) => [
      sql<number>`count(case when refused is null then 1 end)`.as('waiting'),
      sql<number>`count(refused)`.as('refused'),
      sql<number>`coalesce(sum(bytes), 0)`.as('bytes'),
      fn.min('queued_at').as('oldest'),
    ])
    .where('cluster_id', '=', clusterId)
    .executeTakeFirstOrThrow();
  return { waiting: Number(row.waiting), refused: Number(row.refused), bytes: Number(row.bytes), oldestAt: row.oldest === null ? null : Number(row.oldest) };
}

/** Gives up what is too old, then the oldest inspections and heartbeats beyond the bytes; signals last. @returns how many went */
export async function trimRelays(db: Db, clusterId: string, { before, mostBytes }: { readonly before: number; readonly mostBytes: number }): Promise<number> {
  const gone = async (which: Expression<SqlBool>): Promise<number> =>
    Number((await db.deleteFrom('relays').where('cluster_id', '=', clusterId).where(which).executeTakeFirst()).numDeletedRows);
  let count = await gone(sql<SqlBool>`queued_at < ${before}`);
  for (const lane of [sql<SqlBool>`kind <> 'signals'`, sql<SqlBool>`kind = 'signals'`])
    while ((await countRelays(db, clusterId)).bytes > mostBytes) {
      const rows = await db.selectFrom('relays').select('id').where('cluster_id', '=', clusterId).where(lane).orderBy('id').limit(100).execute();
      if (rows.length === 0) break;
      count += await gone(sql<SqlBool>`id in (${sql.join(rows.map(({ id }) => id))})`);
    }
  return count;
}

export async function linkCluster(db: Db, clusterId: string, now: number): Promise<boolean> {
  const done = await db
    .insertInto('federation_links')
    .values({ cluster_id: clusterId, linked_at: now, status_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('cluster_id')
    .execute();
  return done.length > 0;
}
/** Clusters that are not forwarded any more keep nothing in the queue. */
export async function unlinkOthers(db: Db, clusterIds: readonly string[]): Promise<void> {
  for (const table of ['relays', 'federation_links'] as const) {
    let query = db.deleteFrom(table);
    if (clusterIds.length > 0) query = query.where('cluster_id', 'not in', [...clusterIds]);
    await query.execute();
  }
}
/** What the store has of the time before the link, so that the support centre begins with a picture. @param since milliseconds */
export async function backfillRelays(db: Db, clusterId: string, since: number, now: number): Promise<void> {
  const inspections = await db
    .selectFrom('snapshots as s')
    .innerJoin('receipts as r', (on) => on.onRef('r.cluster_id', '=', 's.cluster_id').onRef('r.agent', '=', 's.agent').onRef('r.sha256', '=', 's.sha256'))
    .select(['r.agent', 'r.boot', 'r.seq', 'r.sha256', 's.received_at', 's.body'])
    .where('s.cluster_id', '=', clusterId)
    .where('r.kind', '=', 'inspection')
    .where('s.received_at', '>=', since)
    .orderBy('s.received_at')
    .limit(5_000)
    .execute();
  const signals = await db
    .selectFrom('signal_payloads')
    .selectAll()
    .where('cluster_id', '=', clusterId)
    .where('received_at', '>=', since)
    .orderBy('received_at')
    .limit(20_000)
    .execute();
  const common = { cluster_id: clusterId, queued_at: now, refused: null };
  await insertRelays(db, [
    ...signals.map(({ agent, boot, seq, sha256, kept_at, body }) => ({ ...common, agent, boot, seq, sha256, kept_at, kind: 'signals', bytes: body.length, body })),
    ...inspections.map(({ agent, boot, seq, sha256, received_at, body }) => ({
      ...{ ...common, agent, boot, seq, sha256, kind: 'inspection', kept_at: Math.floor(received_at / 1_000) },
      ...{ bytes: body.length, body },
    })),
  ]);
}
export type RelayRow = Row<'relays'>;
