/** Incidents as lists: filters, order and cursor in the database, and one rule for who sees which. */

import { type ExpressionBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '../../agent/wire/inspection.ts';
import type { Severity } from '../../agent/wire/vocabulary.ts';
import type { Visibility } from '../access/visibility.ts';
import { AppError } from '../errors.ts';
import type { Level, Source } from '../incidents/event.ts';
import type { SignalState, State } from '../incidents/incident.ts';
import type { Db } from './database.ts';
import { wordsOf } from './search-words.ts';
import type { Row, Tables } from './tables.ts';

/** Closed incidents can be looked at this long (DaoCloud: two years). */
export const VISIBLE_AFTER_CLOSE_MS = 2 * 365.25 * 86_400_000;

export interface IncidentFilter {
  readonly states?: readonly State[] | undefined;
  readonly levels?: readonly Level[] | undefined;
  readonly kind?: 'incident' | 'problem' | undefined;
  readonly customerId?: string | undefined;
  readonly clusterId?: string | undefined;
  /** Check, alert name, or `person`. */
  readonly rule?: string | undefined;
  /** Nothing is over its time, and a running clock falls due at this moment or later. */
  readonly dueFrom?: number | undefined;
  /** A running clock falls due before. */
  readonly dueBefore?: number | undefined;
  readonly breached?: boolean | undefined;
  readonly assignee?: string | undefined;
  readonly unassigned?: boolean | undefined;
  /** The last that a person did to it was the customer's doing. */
  readonly answered?: boolean | undefined;
  readonly unacknowledged?: boolean | undefined;
  /** Neither closed nor cancelled. */
  readonly active?: boolean | undefined;
  readonly openedFrom?: number | undefined;
  readonly openedBefore?: number | undefined;
  /** Words that number, rule, title or scope contain, all of them. */
  readonly search?: string | undefined;
  /** Rules that are called so, of each word: joined to what the database finds by it. Incidents with a title of their own are called by that. */
  readonly titled?: ReadonlyMap<string, readonly string[]> | undefined;
}
export interface IncidentPage {
  readonly items: readonly IncidentSummary[];
  /** Give it to the next call; absent on the last page. */
  readonly next?: string | undefined;
}
export interface IncidentSummary {
  readonly id: string;
  readonly number: number;
  readonly customerId: string;
  readonly clusterId: string | null;
  readonly kind: 'incident' | 'problem';
  readonly state: State;
  readonly signalState: SignalState;
  readonly level: Level;
  readonly severity: Severity;
  readonly rule: string;
  readonly scope?: Scope | undefined;
  readonly title?: string | undefined;
  readonly source: Source;
  readonly policy: string;
  readonly assignee?: string | undefined;
  readonly parentId?: string | undefined;
  readonly followsId?: string | undefined;
  readonly members: number;
  readonly reopened: number;
  readonly isFlapping: boolean;
  readonly version: number;
  readonly openedAt: number;
  readonly acknowledgedAt?: number | undefined;
  readonly resolvedAt?: number | undefined;
  readonly closedAt?: number | undefined;
  readonly closure?: string | undefined;
  readonly updatedAt: number;
  readonly nextDueAt?: number | undefined;
  readonly isBreached: boolean;
}

export type IncidentOrder = 'newest' | 'due' | 'worst' | 'urgent';
type Query = SelectQueryBuilder<Tables, 'incidents', Row<'incidents'>>;
type Expressions = ExpressionBuilder<Tables, 'incidents'>;

/** The one rule of tenancy for incidents; retention of what is shown is part of it. */
export function visible(query: Query, visibility: Visibility, now: number): Query {
  const fresh = query.where((eb) => eb.or([eb('closed_at', 'is', null), eb('closed_at', '>', now - VISIBLE_AFTER_CLOSE_MS)]));
  return visibility === 'all' ? fresh : fresh.where('customer_id', 'in', visibility.length === 0 ? [''] : [...visibility]);
}

/** @throws AppError `invalid` for a cursor that no call gave */
export async function listIncidents(
  db: Db,
  visibility: Visibility,
  filter: IncidentFilter,
  {
    now,
    order = 'newest',
    cursor,
    limit = 50,
  }: { readonly now: number; readonly order?: IncidentOrder | undefined; readonly cursor?: string | undefined; readonly limit?: number | undefined },
): Promise<IncidentPage> {
  const size = Math.max(1, Math.min(limit, 200));
  const query = filtered(visible(db.selectFrom('incidents').selectAll(), visibility, now), filter);
  const from = cursor === undefined ? undefined : decode(cursor);
  const rows = order === 'due' ? await rowsByDue(query, from, size + 1) : await inOrder(query, order, from, size + 1);
  const items = rows.slice(0, size).map(toSummary);
  const last = rows.length > size ? rows[size - 1] : undefined;
  return { items, ...(last && { next: encode([placeOf(order, last), last.id]) }) };
}

async function inOrder(query: Query, order: Exclude<IncidentOrder, 'due'>, from: Position | undefined, limit: number): Promise<readonly Row<'incidents'>[]> {
  if (order === 'newest') {
    const newest = query.orderBy('opened_at', 'desc').orderBy('id', 'desc').limit(limit);
    return await (from ? newest.where((eb) => beyond(eb, 'opened_at', '<', from)) : newest).execute();
  }
  const rank = order === 'worst' ? WORST : URGENT;
  const ranked = query.orderBy(rank).orderBy('id').limit(limit);
  return await (from ? ranked.where((eb) => eb.or([eb(rank, '>', from[0]), eb.and([eb(rank, '=', from[0]), eb('id', '>', from[1])])])) : ranked).execute();
}
/** Soonest first; those without a running clock come last, worst first, and are not left out. Each half has its index. */
async function rowsByDue(query: Query, from: Position | undefined, limit: number): Promise<readonly Row<'incidents'>[]> {
  const isBehind = from !== undefined && from[0] < 0;
  const dated = query.where('next_due_at', 'is not', null).orderBy('next_due_at').orderBy('id').limit(limit);
  const first = isBehind ? [] : await (from ? dated.where((eb) => beyond(eb, 'next_due_at', '>', from)) : dated).execute();
  if (first.length === limit) return first;
  const rest = await inOrder(query.where('next_due_at', 'is', null), 'worst', isBehind ? [-from[0], from[1]] : undefined, limit - first.length);
  return [...first, ...rest];
}

/** Numbers that people know incidents by. */
export async function numbersOf(db: Db, visibility: Visibility, ids: readonly string[], now: number): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await visible(db.selectFrom('incidents').selectAll(), visibility, now)
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, number }) => [id, Number(number)]));
}

/** By level, then newest; what the index `incidents_worst` is over. Below 2^53 for every time until the year 2286. */
const LEVEL_SPAN = 10_000_000_000_000;
const WORST = sql<number>`(level * 10000000000000 - opened_at)`;
/**
 * What somebody has to do first: level 1 and broken promises, then by level, within it what falls due soonest; what is on hold waits
 * for others and comes last. Has no index: for lists of incidents that are not over.
 */
const URGENT = sql<number>`(case when state = 'on-hold' then 200000000000000 when breached = 1 or level = 1 then 0 else 100000000000000 end
  + level * 10000000000000 + coalesce(next_due_at, 9999999999999))`;
function urgencyOf({ state, breached, level, next_due_at }: Row<'incidents'>): number {
  const tier = state === 'on-hold' ? 2 : breached === 1 || level === 1 ? 0 : 1;
  return tier * 10 * LEVEL_SPAN + level * LEVEL_SPAN + (next_due_at ?? LEVEL_SPAN - 1);
}
function placeOf(order: IncidentOrder, row: Row<'incidents'>): number {
  const { level, opened_at, next_due_at } = row;
  if (order === 'urgent') return urgencyOf(row);
  const worst = level * LEVEL_SPAN - opened_at;
  if (order === 'worst') return worst;
  // Below zero: behind all that fall due.
  return order === 'due' ? (next_due_at ?? -worst) : opened_at;
}

function beyond(eb: Expressions, column: 'opened_at' | 'next_due_at', direction: '<' | '>', [value, id]: Position): ReturnType<Expressions['or']> {
  return eb.or([eb(column, direction, value), eb.and([eb(column, '=', value), eb('id', direction, id)])]);
}

export function filtered(query: Query, filter: IncidentFilter): Query {
  const { states, levels, kind, customerId, clusterId, rule, dueFrom, dueBefore, breached, active, openedFrom, openedBefore } = filter;
  let next = byWork(query, filter);
  if (states && states.length > 0) next = next.where('state', 'in', [...states]);
  if (levels && levels.length > 0) next = next.where('level', 'in', [...levels]);
  if (kind !== undefined) next = next.where('kind', '=', kind);
  if (customerId !== undefined) next = next.where('customer_id', '=', customerId);
  if (clusterId !== undefined) next = next.where('cluster_id', '=', clusterId);
  if (rule !== undefined) next = next.where('rule', '=', rule);
  if (dueFrom !== undefined) next = next.where('next_due_at', '>=', dueFrom);
  if (dueBefore !== undefined) next = next.where('next_due_at', '<', dueBefore);
  if (breached !== undefined) next = next.where('breached', '=', breached ? 1 : 0);
  if (active !== undefined) next = next.where('active', '=', active ? 1 : 0);
  if (openedFrom !== undefined) next = next.where('opened_at', '>=', openedFrom);
  if (openedBefore !== undefined) next = next.where('opened_at', '<', openedBefore);
  return searched(next, filter);
}
function searched(query: Query, { search, titled }: IncidentFilter): Query {
  let next = query;
  for (const word of wordsOf(search)) {
    const rules = titled?.get(word) ?? [];
    next = next.where((eb) => eb.or([eb('search', 'like', `%${word}%`), ...(rules.length > 0 ? [eb.and([eb('title', 'is', null), eb('rule', 'in', [...rules])])] : [])]));
  }
  return next;
}

/** By who works on it, and who has to. */
function byWork(query: Query, { assignee, unassigned, answered, unacknowledged }: IncidentFilter): Query {
  let next = query;
  if (assignee !== undefined) next = next.where('assignee', '=', assignee);
  if (unassigned) next = next.where('assignee', 'is', null);
  if (answered) next = next.where(answeredByCustomer);
  if (unacknowledged) next = next.where('acknowledged_at', 'is', null).where('state', 'in', ['open', 'recovering']);
  return next;
}

/** The newest event that a person caused. Actors are written with their kind first, then the id, a UUID. */
const newestOfPerson = sql<number>`(select max(p.version) from incident_events p where p.incident_id = incidents.id and p.actor like '{"kind":"user"%')`;
/** What the support centre has to look at again: a customer's account was the last to do something. */
const answeredByCustomer = sql<SqlBool>`exists (select 1 from incident_events e where e.incident_id = incidents.id and e.kind <> 'opened' and e.version = ${newestOfPerson}
  and exists (select 1 from users u where u.customer_id is not null and u.id = substr(e.actor, ${sql.lit('{"kind":"user","id":"'.length + 1)}, 36)))`;

const MOST_RULES = 2_000;
/** Rules that incidents were opened by, of what a reader sees. */
export async function rulesOfIncidents(db: Db, visibility: Visibility): Promise<readonly string[]> {
  const query = db.selectFrom('incidents').select('rule').distinct().limit(MOST_RULES);
  const own = visibility === 'all' ? query : query.where('customer_id', 'in', visibility.length === 0 ? [''] : [...visibility]);
  return (await own.execute()).map(({ rule }) => rule);
}

/** By id, or by the short number. */
export async function incidentSummary(db: Db, visibility: Visibility, id: string | number, now: number): Promise<IncidentSummary | undefined> {
  const query = db.selectFrom('incidents').selectAll();
  const row = await visible(typeof id === 'number' ? query.where('number', '=', id) : query.where('id', '=', id), visibility, now).executeTakeFirst();
  return row && toSummary(row);
}

/** Those behind an incident, and those that follow it; 200 at most of each. */
export async function relatedIncidents(
  db: Db,
  visibility: Visibility,
  id: string,
  now: number,
): Promise<{ readonly children: readonly IncidentSummary[]; readonly followers: readonly IncidentSummary[] }> {
  const of = async (column: 'parent_id' | 'follows_id'): Promise<readonly IncidentSummary[]> =>
    (
      await visible(db.selectFrom('incidents').selectAll().where(column, '=', id), visibility, now)
        .orderBy('number')
        .limit(200)
        .execute()
    ).map(toSummary);
  return { children: await of('parent_id'), followers: await of('follows_id') };
}

type Position = readonly [number, string];
function encode(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}
function decode(cursor: string): Position {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor.slice(0, 200), 'base64url').toString());
    if (Array.isArray(parsed) && typeof parsed[0] === 'number' && typeof parsed[1] === 'string') return [parsed[0], parsed[1]];
  } catch {
    // said below
  }
  throw new AppError('invalid', 'this cursor is not one of ours: begin again without it');
}

function toSummary(row: Row<'incidents'>): IncidentSummary {
  return {
    ...{ id: row.id, number: row.number, customerId: row.customer_id, clusterId: row.cluster_id, rule: row.rule, policy: row.policy },
    ...{ members: row.members, reopened: row.reopened, version: row.version, openedAt: row.opened_at, updatedAt: row.updated_at },
    kind: row.kind as IncidentSummary['kind'],
    state: row.state as State,
    signalState: row.signal_state as SignalState,
    level: row.level as Level,
    severity: row.severity as Severity,
    source: row.source as Source,
    ...(row.scope !== null && { scope: JSON.parse(row.scope) as Scope }),
    ...(row.title !== null && { title: row.title }),
    ...(row.assignee !== null && { assignee: row.assignee }),
    ...(row.parent_id !== null && { parentId: row.parent_id }),
    ...(row.follows_id !== null && { followsId: row.follows_id }),
    ...(row.acknowledged_at !== null && { acknowledgedAt: row.acknowledged_at }),
    ...(row.resolved_at !== null && { resolvedAt: row.resolved_at }),
    ...(row.closed_at !== null && { closedAt: row.closed_at }),
    ...(row.closure !== null && { closure: row.closure }),
    ...(row.next_due_at !== null && { nextDueAt: row.next_due_at }),
    isFlapping: row.flapping === 1,
    isBreached: row.breached === 1,
  };
}
