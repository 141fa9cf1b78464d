/**
 * The outbox. A row is planned in the transaction of what it tells about, claimed by one worker at a time, and ends as `sent`,
 * `merged` (told in a summary), `superseded` or `dead`. Rows of one lane leave in the order in which they were planned.
 */
import { sql } from 'kysely';
import type { Visibility } from '../access/visibility.ts';
import { AppError, notFound } from '../errors.ts';
import type { Actor } from '../incidents/event.ts';
import { Message } from '../notify/message.ts';
import { appendAudit } from './audit-store.ts';
import type { Database, Db } from './database.ts';
import type { NewRow, Row } from './tables.ts';

export const NOTIFICATION_STATES = ['pending', 'sent', 'merged', 'superseded', 'dead'] as const;
export type NotificationState = (typeof NOTIFICATION_STATES)[number];

/** A message to be kept. */
export interface Draft {
  /** Said once: a second draft with this identity changes nothing. */
  readonly dedup: string;
  readonly targetId: string;
  readonly incidentId?: string | undefined;
  readonly version?: number | undefined;
  readonly lane: string;
  readonly message: Message;
  readonly sendAt: number;
}
export interface Notification {
  readonly id: number;
  readonly dedup: string;
  readonly targetId: string;
  readonly incidentId?: string | undefined;
  readonly lane: string;
  readonly message: Message;
  readonly state: NotificationState;
  readonly attempts: number;
  readonly nextAt: number;
  readonly createdAt: number;
  readonly sentAt?: number | undefined;
  readonly externalId?: string | undefined;
  readonly error?: string | undefined;
}

/** Takes the drafts into the transaction of what they tell about. @returns how many were new */
export async function enqueue(db: Db, drafts: readonly Draft[], now: number): Promise<number> {
  let added = 0;
  for (const { dedup, targetId, incidentId, version, lane, message, sendAt } of drafts) {
    const values: NewRow<'notifications'> = {
      dedup,
      target_id: targetId,
      incident_id: incidentId ?? null,
      incident_version: version ?? null,
      event: message.topic,
      message: JSON.stringify(message),
      state: 'pending',
      attempts: 0,
      next_at: sendAt,
      created_at: now,
      lane,
    };
    const { numInsertedOrUpdatedRows = 0n } = await db
      .insertInto('notifications')
      .values(values)
      .onConflict((conflict) => conflict.column('dedup').doNothing())
      .executeTakeFirst();
    added += Number(numInsertedOrUpdatedRows);
    // What is urgent takes what was held back for the morning along: order is kept, and it need not wait for it.
    if (numInsertedOrUpdatedRows > 0n)
      await db
        .updateTable('notifications')
        .set({ next_at: sendAt })
        .where('lane', '=', lane)
        .where('state', '=', 'pending')
        .where('attempts', '=', 0)
        .where('next_at', '>', sendAt)
        .execute();
  }
  return added;
}

/** Newest message of an incident to a target about one of these topics. */
export async function newestTopic(db: Db, incidentId: string, targetId: string, topics: readonly string[]): Promise<string | undefined> {
  const row = await db
    .selectFrom('notifications')
    .select('event')
    .where('incident_id', '=', incidentId)
    .where('target_id', '=', targetId)
    .where('event', 'in', [...topics])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.event;
}

/** Who asked for every update of an incident: mail addresses. */
export async function subscribersOf(db: Db, incidentId: string): Promise<readonly string[]> {
  const row = await db.selectFrom('incidents').select('subscribers').where('id', '=', incidentId).executeTakeFirst();
  const list: unknown = JSON.parse(row?.subscribers ?? '[]');
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}
const MOST_SUBSCRIBERS = 50;
/** Starts or ends the updates of an incident to an address. The caller has checked that the address may see it. */
export async function setSubscription(db: Db, incidentId: string, email: string, wants: boolean): Promise<void> {
  const others = (await subscribersOf(db, incidentId)).filter((one) => one !== email);
  if (wants && others.length >= MOST_SUBSCRIBERS) throw new AppError('too-many', `an incident tells at most ${MOST_SUBSCRIBERS} subscribers`);
  const { numUpdatedRows } = await db
    .updateTable('incidents')
    .set({ subscribers: JSON.stringify(wants ? [...others, email] : others) })
    .where('id', '=', incidentId)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw notFound('incident');
}

export class NotificationStore {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  /** Newest first. @param before id to go on from */
  async list(
    visibility: Visibility,
    filter: {
      readonly incidentId?: string | undefined;
      readonly targetId?: string | undefined;
      readonly state?: NotificationState | undefined;
      readonly before?: number | undefined;
      readonly limit?: number | undefined;
    } = {},
  ): Promise<readonly Notification[]> {
    let query = this.#database.db
      .selectFrom('notifications')
      .selectAll()
      .orderBy('id', 'desc')
      .limit(Math.min(filter.limit ?? 100, 500));
    if (filter.incidentId !== undefined) query = query.where('incident_id', '=', filter.incidentId);
    if (filter.targetId !== undefined) query = query.where('target_id', '=', filter.targetId);
    if (filter.state !== undefined) query = query.where('state', '=', filter.state);
    if (filter.before !== undefined) query = query.where('id', '<', filter.before);
    if (visibility !== 'all') {
      const own = this.#database.db
        .selectFrom('targets')
        .select('id')
        .where('customer_id', 'in', visibility.length === 0 ? [''] : [...visibility]);
      query = query.where('target_id', 'in', own); // messages of the centre's targets are the centre's business
    }
    return (await query.execute()).map(toNotification);
  }

  /** Sends a dead message again. @throws AppError `not-found`, `conflict` when it is not dead */
  async revive(id: number, actor: Actor, now: number): Promise<void> {
    await this.#database.transaction(async (db) => {
      const row = await db.selectFrom('notifications').select(['state', 'incident_id']).where('id', '=', id).executeTakeFirst();
      if (!row) throw notFound('notification');
      if (row.state !== 'dead') throw new AppError('conflict', `the notification is ${row.state}, only dead ones are sent again`);
      await db.updateTable('notifications').set({ state: 'pending', attempts: 0, next_at: now, created_at: now, error: null }).where('id', '=', id).execute();
      await appendAudit(db, this.#database.engine, { at: now, actor, customerId: null, action: 'notification.revive', object: String(id), details: { incident: row.incident_id } });
    });
  }

  /** For metrics. `oldestAt` is when the oldest waiting message was planned. */
  async depth(): Promise<{ readonly pending: number; readonly dead: number; readonly oldestAt?: number | undefined }> {
    const count = async (state: NotificationState): Promise<{ readonly rows: number; readonly oldest: number | null }> =>
      await this.#database.db
        .selectFrom('notifications')
        .select([sql<number>`count(*)`.as('rows'), sql<number | null>`min(created_at)`.as('oldest')])
        .where('state', '=', state)
        .executeTakeFirstOrThrow();
    const pending = await count('pending');
    return { pending: pending.rows, dead: (await count('dead')).rows, ...(pending.oldest !== null && { oldestAt: pending.oldest }) };
  }
}

export function toNotification(row: Row<'notifications'>): Notification {
  return {
    id: Number(row.id),
    dedup: row.dedup,
    targetId: row.target_id,
    ...(row.incident_id !== null && { incidentId: row.incident_id }),
    lane: row.lane,
    message: Message.parse(JSON.parse(row.message)),
    state: stateOf(row.state),
    attempts: row.attempts,
    nextAt: row.next_at,
    createdAt: row.created_at,
    ...(row.sent_at !== null && { sentAt: row.sent_at }),
    ...(row.external_id !== null && { externalId: row.external_id }),
    ...(row.error !== null && { error: row.error }),
  };
}
function stateOf(state: string): NotificationState {
  return NOTIFICATION_STATES.find((one) => one === state) ?? 'dead';
}
