/** How a worker takes messages out of the outbox. Several workers, no message twice. */
import { sql } from 'kysely';
import type { Database, Db } from './database.ts';
import { type Notification, toNotification } from './notification-store.ts';
import { unclaimed } from './outbox-lease.ts';
import { mergeWaiting, supersede, type Thinning } from './outbox-thinning.ts';
import type { Row } from './tables.ts';
import { type Target, toTarget } from './target-store.ts';

export interface Claimed {
  readonly notification: Notification;
  readonly target: Target;
  /** Proves at the end that it is still ours. */
  readonly token: string;
  /** Sent before, and due to be repeated. */
  readonly isRepeat: boolean;
}
export interface ClaimOptions extends Thinning {
  /** Unique for this claim. */
  readonly token: string;
  /** The messages are ours so long, unless the claim is renewed. */
  readonly leaseMs: number;
  readonly most: number;
  /** Messages a minute that the target takes, if that is limited. */
  readonly limitOf: (target: Target) => { readonly burst: number; readonly perMinute: number } | undefined;
}

/** Targets that one claim looks at. */
const MOST_TARGETS = 20;
const PER_TARGET = 8;

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
