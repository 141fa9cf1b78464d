/** How a worker takes messages out of the outbox and says what became of them. Several workers, no message twice. */
import { type ExpressionBuilder, sql } from 'kysely';
import { appendAudit } from './audit-store.ts';
import type { Database, Db } from './database.ts';
import { type Draft, enqueue, type Notification, shortError, toNotification } from './notification-store.ts';
import type { Row, Tables } from './tables.ts';
import { type Target, toTarget } from './target-store.ts';

export interface Claimed {
  readonly notification: Notification;
  readonly target: Target;
  /** Proves at the end that it is still ours. */
  readonly token: string;
  /** Sent before, and due to be repeated. */
  readonly isRepeat: boolean;
}
export interface ClaimOptions {
  /** Unique for this claim. */
  readonly token: string;
  readonly now: number;
  readonly leaseMs: number;
  readonly most: number;
  /** Messages a minute that the target takes, if that is limited. */
  readonly limitOf: (target: Target) => { readonly burst: number; readonly perMinute: number } | undefined;
  /** Told in one message instead of many, when the limit is reached; none: they wait. */
  readonly merge: (target: Target, waiting: readonly Notification[]) => readonly Draft[];
  /** Topics of which the newest message says all. */
  readonly superseded: readonly string[];
}

/** Targets that one claim looks at. */
const MOST_TARGETS = 20;
const PER_TARGET = 8;
/** Fewer that wait are sent one by one. */
const MERGE_FROM = 5;
const MOST_MERGED = 2_000;

type On = ExpressionBuilder<Tables, 'notifications'>;

export async function claim(database: Database, options: ClaimOptions): Promise<readonly Claimed[]> {
  const { now, most } = options;
  return await database.transaction(async (db) => {
    const claimed: Claimed[] = [];
    for (const row of await dueTargets(db, database, now)) {
      const left = most - claimed.length;
      if (left <= 0) break;
      const target = toTarget(row);
      const limit = options.limitOf(target);
      const tokens = limit ? tokensAt(row, limit, now) : Number.POSITIVE_INFINITY;
      // A target that failed is asked with one message: many would fail together.
      const room = Math.min(left, PER_TARGET, row.failures > 0 ? 1 : PER_TARGET, Math.floor(tokens));
      await supersede(db, row.id, options);
      const heads = room > 0 ? await takeHeads(db, database, row.id, room, options) : [];
      claimed.push(...heads.map(({ one, isRepeat }) => ({ notification: toNotification(one), target, token: options.token, isRepeat })));
      const tokensLeft = tokens - heads.length;
      if (limit && tokensLeft < 1) await mergeWaiting(db, target, options);
      await db
        .updateTable('targets')
        .set({ claimed_at: now, ...(limit && { tokens: Math.floor(tokensLeft * 1_000), refilled_at: now }) })
        .where('id', '=', row.id)
        .execute();
    }
    return claimed;
  });
}

/** Locked until the transaction ends: limits and order of a target are one worker's business at a time. */
async function dueTargets(db: Db, { engine }: Database, now: number): Promise<readonly Row<'targets'>[]> {
  let query = db
    .selectFrom('targets')
    .selectAll('targets')
    .where('enabled', '=', 1)
    .where((where) => where.or([where('paused_until', 'is', null), where('paused_until', '<=', now)]))
    .where((where) =>
      where.or([
        where.exists(
          where
            .selectFrom('notifications')
            .select('notifications.id')
            .whereRef('notifications.target_id', '=', 'targets.id')
            .where('state', '=', 'pending')
            .where('next_at', '<=', now)
            .where((on) => unclaimed(on, now)),
        ),
        where.exists(
          where
            .selectFrom('notifications')
            .select('notifications.id')
            .whereRef('notifications.target_id', '=', 'targets.id')
            .where('repeat_at', '<=', now)
            .where((on) => unclaimed(on, now)),
        ),
      ]),
    )
    .orderBy(sql`coalesce(claimed_at, 0)`)
    .orderBy('id')
    .limit(MOST_TARGETS);
  if (engine === 'postgres') query = query.forUpdate().skipLocked();
  return await query.execute();
}
function unclaimed(on: On, now: number): ReturnType<On['or']> {
  return on.or([on('claimed_until', 'is', null), on('claimed_until', '<=', now)]);
}

/** The first waiting message of each lane; a lane where one is on its way waits. */
async function takeHeads(
  db: Db,
  { engine }: Database,
  targetId: string,
  room: number,
  { token, now, leaseMs }: ClaimOptions,
): Promise<readonly { readonly one: Row<'notifications'>; readonly isRepeat: boolean }[]> {
  let query = db
    .selectFrom('notifications')
    .selectAll('notifications')
    .where('target_id', '=', targetId)
    .where((on) => unclaimed(on, now))
    .where((on) => on.or([on.and([on('state', '=', 'pending'), on('next_at', '<=', now)]), on.and([on('state', '=', 'sent'), on('repeat_at', '<=', now)])]))
    .where((on) =>
      on.not(
        on.exists(
          on
            .selectFrom('notifications as other')
            .select('other.id')
            .whereRef('other.lane', '=', 'notifications.lane')
            .whereRef('other.id', '!=', 'notifications.id')
            .where((than) =>
              than.or([
                than.and([than('other.state', '=', 'pending'), than.or([than('other.id', '<', than.ref('notifications.id')), than('notifications.state', '=', 'sent')])]),
                than.and([than('other.state', '=', 'sent'), than('other.claimed_until', '>', now)]),
              ]),
            ),
        ),
      ),
    )
    .orderBy('id')
    .limit(room);
  if (engine === 'postgres') query = query.forUpdate().skipLocked();
  const heads = await query.execute();
  for (const { id } of heads)
    await db
      .updateTable('notifications')
      .set((on) => ({ claimed_by: token, claimed_until: now + leaseMs, attempts: on('attempts', '+', 1) }))
      .where('id', '=', id)
      .execute();
  return heads.map((one) => ({ one: { ...one, attempts: one.attempts + 1 }, isRepeat: one.state === 'sent' }));
}

function tokensAt({ tokens, refilled_at }: Row<'targets'>, { burst, perMinute }: { readonly burst: number; readonly perMinute: number }, now: number): number {
  if (tokens === null || refilled_at === null) return burst;
  return Math.min(burst, tokens / 1_000 + (Math.max(0, now - refilled_at) * perMinute) / 60_000);
}

async function supersede(db: Db, targetId: string, { superseded, now }: ClaimOptions): Promise<void> {
  await db
    .updateTable('notifications')
    .set({ state: 'superseded' })
    .where('target_id', '=', targetId)
    .where('state', '=', 'pending')
    .where('event', 'in', [...superseded])
    .where((on) => unclaimed(on, now))
    .where((on) =>
      on.exists(
        on
          .selectFrom('notifications as newer')
          .select('newer.id')
          .whereRef('newer.lane', '=', 'notifications.lane')
          .whereRef('newer.event', '=', 'notifications.event')
          .whereRef('newer.id', '>', 'notifications.id')
          .where('newer.state', '=', 'pending'),
      ),
    )
    .execute();
}

async function mergeWaiting(db: Db, target: Target, { merge, now }: ClaimOptions): Promise<void> {
  const rows = await db
    .selectFrom('notifications')
    .selectAll()
    .where('target_id', '=', target.id)
    .where('state', '=', 'pending')
    .where('next_at', '<=', now)
    .where('attempts', '=', 0)
    .where((on) => unclaimed(on, now))
    .where('event', '!=', 'summary')
    .orderBy('id')
    .limit(MOST_MERGED)
    .execute();
  const waiting = rows.map(toNotification).filter(({ message }) => message.incident?.level !== 1); // the worst are told one by one
  if (waiting.length < MERGE_FROM) return;
  const drafts = merge(target, waiting);
  if (drafts.length === 0) return;
  for (let from = 0; from < waiting.length; from += 500) {
    const ids = waiting.slice(from, from + 500).map(({ id }) => id);
    await db.updateTable('notifications').set({ state: 'merged', sent_at: now }).where('id', 'in', ids).where('state', '=', 'pending').execute();
  }
  await enqueue(db, drafts, now);
}

/** @returns false when the lease was lost and somebody else has it now */
export async function markSent(
  { db, transaction }: Database,
  { notification: { id, lane }, target, token }: Claimed,
  { externalId, repeatAt }: { readonly externalId?: string | undefined; readonly repeatAt?: number | undefined },
  now: number,
): Promise<boolean> {
  const sent = await transaction(async (one) => {
    const { numUpdatedRows } = await one
      .updateTable('notifications')
      .set({ state: 'sent', sent_at: now, external_id: externalId ?? null, error: null, claimed_by: null, claimed_until: null, repeat_at: repeatAt ?? null, next_at: now })
      .where('id', '=', id)
      .where('claimed_by', '=', token)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await one.updateTable('notifications').set({ repeat_at: null }).where('lane', '=', lane).where('id', '<', id).where('repeat_at', 'is not', null).execute();
    return true;
  });
  if (sent && (target.failures > 0 || target.error)) await db.updateTable('targets').set({ failures: 0, paused_until: null, error: null }).where('id', '=', target.id).execute();
  return sent;
}

export interface Failed {
  readonly failure: string;
  readonly text: { readonly zh: string; readonly en: string };
  /** No further attempt: goes to the dead with this reason. */
  readonly isFinal: boolean;
  readonly nextAt: number;
  /** The target as a whole rests until then. */
  readonly pausedUntil?: number | undefined;
}

/** @returns what became of it; `lost`: somebody else has it now */
export async function markFailed(database: Database, { notification, target, token, isRepeat }: Claimed, failed: Failed, now: number): Promise<'again' | 'dead' | 'lost'> {
  const { failure, text, isFinal, nextAt, pausedUntil } = failed;
  return await database.transaction(async (db) => {
    const dead = isFinal && !isRepeat;
    const { numUpdatedRows } = await db
      .updateTable('notifications')
      .set({
        claimed_by: null,
        claimed_until: null,
        error: shortError(text.en),
        ...(isRepeat ? { repeat_at: isFinal ? null : nextAt } : { next_at: nextAt }),
        ...(dead && { state: 'dead' }),
      })
      .where('id', '=', notification.id)
      .where('claimed_by', '=', token)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return 'lost';
    if (pausedUntil !== undefined)
      await db
        .updateTable('targets')
        .set((on) => ({
          paused_until: pausedUntil,
          failures: on('failures', '+', 1),
          error: JSON.stringify({ failure, zh: shortError(text.zh), en: shortError(text.en), at: now }),
        }))
        .where('id', '=', target.id)
        .execute();
    if (!dead) return 'again';
    await appendAudit(db, database.engine, {
      at: now,
      actor: { kind: 'system' },
      customerId: target.customerId,
      action: 'notification.dead',
      object: String(notification.id),
      details: { target: target.id, incident: notification.incidentId, topic: notification.message.topic, attempts: notification.attempts, failure, reason: shortError(text.en) },
    });
    return 'dead';
  });
}

/** What waits for a target that has failed for so long is given up, also what was never attempted. @returns ids */
export async function bury(database: Database, before: number, now: number): Promise<readonly { readonly id: number; readonly kind: string }[]> {
  return await database.transaction(async (db) => {
    const rows = await db
      .selectFrom('notifications')
      .innerJoin('targets', 'targets.id', 'notifications.target_id')
      .select([
        'notifications.id',
        'notifications.target_id',
        'notifications.incident_id',
        'notifications.event',
        'notifications.attempts',
        'targets.customer_id',
        'targets.kind',
        'targets.error',
      ])
      .where('notifications.state', '=', 'pending')
      .where('notifications.created_at', '<', before)
      .where('targets.failures', '>', 0)
      .where((on) => on.or([on('claimed_until', 'is', null), on('claimed_until', '<=', now)]))
      .orderBy('notifications.id')
      .limit(MOST_BURIED)
      .execute();
    const buried: { id: number; kind: string }[] = [];
    for (const { id, target_id, incident_id, event, attempts, customer_id, kind, error } of rows) {
      const { numUpdatedRows } = await db.updateTable('notifications').set({ state: 'dead', error }).where('id', '=', id).where('state', '=', 'pending').executeTakeFirst();
      if (numUpdatedRows === 0n) continue; // another collector was faster
      buried.push({ id, kind });
      const details = { target: target_id, incident: incident_id, topic: event, attempts, reason: error };
      await appendAudit(db, database.engine, { at: now, actor: { kind: 'system' }, customerId: customer_id, action: 'notification.dead', object: String(id), details });
    }
    return buried;
  });
}
const MOST_BURIED = 200;

/** Gives claimed messages back untouched: the worker stops before it sent them. */
export async function release({ db }: Database, token: string): Promise<void> {
  await db
    .updateTable('notifications')
    .set((on) => ({ claimed_by: null, claimed_until: null, attempts: on('attempts', '-', 1) }))
    .where('claimed_by', '=', token)
    .execute();
}
