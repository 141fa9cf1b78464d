/** What waits in the outbox becomes fewer messages: the newest says all, or one tells of many. */
import type { Db } from './database.ts';
import { type Draft, enqueue, type Notification, toNotification } from './notification-store.ts';
import { unclaimed } from './outbox-lease.ts';
import type { Target } from './target-store.ts';

export interface Thinning {
  readonly now: number;
  /** Told in one message instead of many, when the limit is reached; none: they wait. */
  readonly merge: (target: Target, waiting: readonly Notification[]) => readonly Draft[];
  /** Topics of which the newest message says all. */
  readonly superseded: readonly string[];
}

/** Fewer that wait are sent one by one. */
const MERGE_FROM = 5;
const MOST_MERGED = 2_000;

export async function supersede(db: Db, targetId: string, { superseded, now }: Thinning): Promise<void> {
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

export async function mergeWaiting(db: Db, target: Target, { merge, now }: Thinning): Promise<void> {
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
