/** What became of a message that a worker had claimed. */
import { appendAudit } from './audit-store.ts';
import type { Database } from './database.ts';
import type { Claimed } from './outbox-claim.ts';
import { shortError } from './short-error.ts';

/** A target that takes message after message is not written to the database each time. */
const NOTED_EVERY_MS = 3_600_000;
const MOST_BURIED = 200;

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
  const isNews = target.workedAt === undefined || now - target.workedAt > NOTED_EVERY_MS;
  if (sent && (isNews || target.failures > 0 || target.error))
    await db.updateTable('targets').set({ failures: 0, paused_until: null, error: null, worked_at: now }).where('id', '=', target.id).execute();
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
