/** What an administrator looks at to know that the collector does its work: what waits, what was given up, how much there is. */
import { sql } from 'kysely';
import type { Database } from './database.ts';

export interface Health {
  /** When an agent was last heard; null: never. */
  readonly heardAt: number | null;
  readonly agents: number;
  readonly silent: number;
  /** Duties and timers that should have been done more than a minute ago. */
  readonly late: number;
  readonly notificationsWaiting: number;
  readonly notificationsGivenUp: number;
  readonly reportsWaiting: number;
  /** Within the last week. */
  readonly reportsFailed: number;
  readonly databaseBytes: number;
}

const LATE_MS = 60_000;
const WEEK_MS = 7 * 86_400_000;

export async function readHealth({ db, engine }: Pick<Database, 'db' | 'engine'>, now: number): Promise<Health> {
  const count = sql<number>`count(*)`.as('count');
  const agents = await db
    .selectFrom('agents')
    .select([count, sql<number>`count(silent_since)`.as('silent'), sql<number | null>`max(last_seen_at)`.as('heard')])
    .where('retired_at', 'is', null)
    .executeTakeFirstOrThrow();
  const late = await db
    .selectFrom('timers')
    .select(count)
    .where('done_at', 'is', null)
    .where('due_at', '<', now - LATE_MS)
    .executeTakeFirstOrThrow();
  const notifications = await db.selectFrom('notifications').select(['state', count]).where('state', 'in', ['pending', 'dead']).groupBy('state').execute();
  const waiting = await db.selectFrom('reports').select(count).where('state', 'in', ['queued', 'running']).executeTakeFirstOrThrow();
  const failed = await db
    .selectFrom('reports')
    .select(count)
    .where('state', '=', 'failed')
    .where('created_at', '>=', now - WEEK_MS)
    .executeTakeFirstOrThrow();
  const size = await (engine === 'postgres'
    ? sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`
    : sql<{ bytes: number }>`select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`
  ).execute(db);
  const of = (state: string): number => Number(notifications.find((one) => one.state === state)?.count ?? 0);
  return {
    heardAt: agents.heard === null ? null : Number(agents.heard),
    ...{ agents: Number(agents.count), silent: Number(agents.silent), late: Number(late.count) },
    ...{ notificationsWaiting: of('pending'), notificationsGivenUp: of('dead') },
    ...{ reportsWaiting: Number(waiting.count), reportsFailed: Number(failed.count) },
    databaseBytes: Number(size.rows[0]?.bytes ?? 0),
  };
}
