/** When reports are made by themselves. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Visibility } from '../access/visibility.ts';
import type { Actor } from '../incidents/event.ts';
import type { Span } from '../reports/periods.ts';
import type { ReportFormat } from '../reports/report.ts';
import type { Db, Engine } from './database.ts';
import type { Row } from './tables.ts';
import { customerVisible } from './visible.ts';

export interface ReportSchedule {
  readonly id: string;
  readonly customerId: string;
  /** Null: all clusters of the customer. */
  readonly clusterId: string | null;
  readonly kind: string;
  readonly formats: readonly ReportFormat[];
  readonly locales: readonly Locale[];
  /** Five fields. */
  readonly cron: string;
  /** IANA zone that the expression and the period count in. */
  readonly zone: string;
  readonly span: Span;
  readonly mail: boolean;
  readonly enabled: boolean;
  readonly nextAt: number;
  readonly lastAt?: number | undefined;
  readonly createdAt: number;
  readonly createdBy: Actor;
}

export async function saveSchedule(db: Db, schedule: ReportSchedule): Promise<void> {
  const { id, customerId, clusterId, kind, formats, locales, cron, zone, span, mail, enabled, nextAt, lastAt, createdAt, createdBy } = schedule;
  const row: Row<'report_schedules'> = {
    ...{ id, kind, cron, zone, span, customer_id: customerId, cluster_id: clusterId, formats: JSON.stringify(formats), locales: JSON.stringify(locales) },
    ...{ mail: mail ? 1 : 0, enabled: enabled ? 1 : 0, next_at: nextAt, last_at: lastAt ?? null, created_at: createdAt, created_by: JSON.stringify(createdBy) },
  };
  await db
    .insertInto('report_schedules')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}
export async function findSchedule(db: Db, visibility: Visibility, id: string): Promise<ReportSchedule | undefined> {
  const row = await db.selectFrom('report_schedules').selectAll().where('id', '=', id).where(customerVisible(visibility, 'report_schedules.customer_id')).executeTakeFirst();
  return row && toSchedule(row);
}
/** In the order of ids; `after` is the last of the page before. */
export async function listSchedules(
  db: Db,
  visibility: Visibility,
  { customerId, after, limit }: { readonly customerId?: string | undefined; readonly after?: string | undefined; readonly limit: number },
): Promise<readonly ReportSchedule[]> {
  let query = db.selectFrom('report_schedules').selectAll().where(customerVisible(visibility, 'report_schedules.customer_id'));
  if (customerId !== undefined) query = query.where('customer_id', '=', customerId);
  if (after !== undefined) query = query.where('id', '>', after);
  return (await query.orderBy('id').limit(limit).execute()).map(toSchedule);
}
export async function countSchedules(db: Db, customerId: string): Promise<number> {
  const row = await db
    .selectFrom('report_schedules')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('customer_id', '=', customerId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
export async function deleteSchedule(db: Db, id: string): Promise<void> {
  await db.deleteFrom('report_schedules').where('id', '=', id).execute();
}
/** Those whose hour has come; in the transaction that moves them on, so that each turn is taken once. */
export async function dueSchedules(db: Db, engine: Engine, now: number, limit: number): Promise<readonly ReportSchedule[]> {
  let query = db.selectFrom('report_schedules').selectAll().where('enabled', '=', 1).where('next_at', '<=', now).orderBy('next_at').orderBy('id').limit(limit);
  if (engine === 'postgres') query = query.forUpdate().skipLocked();
  return (await query.execute()).map(toSchedule);
}
export async function moveSchedule(db: Db, id: string, nextAt: number, lastAt: number): Promise<void> {
  await db.updateTable('report_schedules').set({ next_at: nextAt, last_at: lastAt }).where('id', '=', id).execute();
}

function toSchedule(row: Row<'report_schedules'>): ReportSchedule {
  return {
    ...{ id: row.id, customerId: row.customer_id, clusterId: row.cluster_id, kind: row.kind, cron: row.cron, zone: row.zone, nextAt: row.next_at, createdAt: row.created_at },
    // Only our own words were stored.
    formats: JSON.parse(row.formats) as ReportFormat[],
    locales: JSON.parse(row.locales) as Locale[],
    span: row.span as Span,
    createdBy: JSON.parse(row.created_by) as Actor,
    mail: row.mail === 1,
    enabled: row.enabled === 1,
    ...(row.last_at !== null && { lastAt: row.last_at }),
  };
}
