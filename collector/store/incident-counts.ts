/** Incidents in numbers and names, for what stands above and beside their lists. */
import { sql } from 'kysely';
import type { Visibility } from '../access/visibility.ts';
import type { Db } from './database.ts';
import { filtered, type IncidentFilter, visible } from './incident-list.ts';

export interface IncidentCounts {
  /** Somebody has something left to do. */
  readonly todo: number;
  readonly mine: number;
  readonly unacknowledged: number;
  /** Falls due before the moment asked about. */
  readonly due: number;
  readonly breached: number;
  readonly onHold: number;
}
/** Of those that the filter leaves and that are not over. @param options.soon milliseconds: what falls due before */
export async function countIncidents(
  db: Db,
  visibility: Visibility,
  filter: IncidentFilter,
  { now, person, soon }: { readonly now: number; readonly person: string; readonly soon: number },
): Promise<IncidentCounts> {
  const todo = sql`state not in ('resolved', 'suppressed')`;
  const count = (condition: ReturnType<typeof sql>) => sql<number | null>`sum(case when ${todo} and ${condition} then 1 else 0 end)`;
  const row = await filtered(visible(db.selectFrom('incidents').selectAll(), visibility, now), { ...filter, active: true })
    .clearSelect()
    .select([
      count(sql`1 = 1`).as('todo'),
      count(sql`assignee = ${person}`).as('mine'),
      count(sql`acknowledged_at is null and state in ('open', 'recovering')`).as('unacknowledged'),
      count(sql`next_due_at < ${sql.lit(soon)}`).as('due'),
      count(sql`breached = 1`).as('breached'),
      count(sql`state = 'on-hold'`).as('onHold'),
    ])
    .executeTakeFirst();
  const number = (value: number | null | undefined): number => Number(value ?? 0);
  return {
    ...{ todo: number(row?.todo), mine: number(row?.mine), unacknowledged: number(row?.unacknowledged) },
    ...{ due: number(row?.due), breached: number(row?.breached), onHold: number(row?.onHold) },
  };
}

/** Who has incidents that are not over, by name. */
export async function assigneesAtWork(db: Db, visibility: Visibility, now: number): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const assigned = visible(db.selectFrom('incidents').selectAll(), visibility, now).where('active', '=', 1).where('assignee', 'is not', null).clearSelect().select('assignee');
  return await db.selectFrom('users').select(['id', 'name']).where('id', 'in', assigned).orderBy('name').orderBy('id').limit(200).execute();
}

/** Which of these the customer was the last to do something to. */
export async function answeredAmong(db: Db, visibility: Visibility, ids: readonly string[], now: number): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const query = filtered(visible(db.selectFrom('incidents').selectAll(), visibility, now), { answered: true, active: true });
  const rows = await query
    .where('id', 'in', [...ids])
    .clearSelect()
    .select('id')
    .execute();
  return new Set(rows.map(({ id }) => id));
}
