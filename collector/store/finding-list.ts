/** Findings as lists: filters, order, groups and pages in the database. Who sees which is {@link clusterVisible}'s business. */

import { type Expression, type SqlBool, sql } from 'kysely';
import type { Severity } from '../../agent/wire/vocabulary.ts';
import type { Visibility } from '../access/visibility.ts';
import type { Db } from './database.ts';
import { type StoredFinding, toStoredFinding } from './finding-store.ts';
import { readPlace, writePlace } from './place.ts';
import { wordsOf } from './search-words.ts';
import { clusterVisible } from './visible.ts';

export const FINDING_STATES = ['open', 'accepted', 'doubt', 'gone', 'all'] as const;
export type FindingState = (typeof FINDING_STATES)[number];
export const FINDING_ORDERS = ['severity', 'newest', 'oldest', 'object'] as const;
export type FindingOrder = (typeof FINDING_ORDERS)[number];
export const FINDING_GROUPS = ['check', 'node', 'namespace', 'area', 'cluster'] as const;
export type FindingGroup = (typeof FINDING_GROUPS)[number];

export interface FindingFilter {
  readonly clusterId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly severity?: Severity | undefined;
  readonly area?: string | undefined;
  readonly check?: string | undefined;
  readonly node?: string | undefined;
  readonly namespace?: string | undefined;
  /** `open` (default): there now, not accepted; `doubt`: the check cannot answer at present. */
  readonly state?: FindingState | undefined;
  /** Words that check or object contain, all of them. */
  readonly search?: string | undefined;
  /** Checks whose title, in the reader's language, holds the words: joined to `search` by or. */
  readonly checks?: readonly string[] | undefined;
  /** First seen since, milliseconds. */
  readonly since?: number | undefined;
  /** Gone since, milliseconds; with `state: gone`. */
  readonly goneSince?: number | undefined;
}
export interface ListedFinding extends StoredFinding {
  /** Somebody answers for it until then. */
  readonly acceptedUntil: number | null;
}

/** Worst first; the index `findings_worst` is over the same expression. */
const RANK = sql<number>`(case f.severity when 'critical' then 0 when 'warning' then 1 else 2 end)`;
/** Of findings as `f`. */
export const BY_GROUP = {
  check: sql<string>`f.check_id`,
  // A node's own findings name it, those of things on it name it beside them.
  node: sql<string>`coalesce(f.node, case when f.scope_kind = 'Node' then f.name end, '')`,
  namespace: sql<string>`coalesce(f.namespace, case when f.scope_kind = 'Namespace' then f.name end, '')`,
  area: sql<string>`f.area`,
  cluster: sql<string>`f.cluster_id`,
} as const satisfies Readonly<Record<FindingGroup, unknown>>;
const ORDER = {
  severity: { keys: [RANK, sql<string>`f.check_id`], kinds: ['number', 'string'], isDown: false },
  newest: { keys: [sql<number>`f.first_seen_at`], kinds: ['number'], isDown: true },
  oldest: { keys: [sql<number>`f.first_seen_at`], kinds: ['number'], isDown: false },
  object: { keys: [sql<string>`coalesce(f.node, '')`, sql<string>`coalesce(f.namespace, '')`, sql<string>`f.name`], kinds: ['string', 'string', 'string'], isDown: false },
} as const;

function isAccepted(now: number): Expression<SqlBool> {
  return sql<SqlBool>`exists (select 1 from accepted_risks r where r.cluster_id = f.cluster_id and r.identity = f.identity and r.withdrawn_at is null and r.expires_at > ${now})`;
}

/** Mostly nobody has accepted anything, and then no finding need be asked. */
async function isAnyAccepted(db: Db, now: number): Promise<boolean> {
  const row = await db.selectFrom('accepted_risks').select('id').where('withdrawn_at', 'is', null).where('expires_at', '>', now).limit(1).executeTakeFirst();
  return row !== undefined;
}

export async function conditions(db: Db, visibility: Visibility, filter: FindingFilter, now: number): Promise<Expression<SqlBool>> {
  const { clusterId, customerId, severity, area, check, node, namespace, state = 'open', since, goneSince } = filter;
  const all: Expression<SqlBool>[] = [clusterVisible(visibility, 'f.cluster_id')];
  const also = (condition: Expression<SqlBool>): void => void all.push(condition);
  if (clusterId !== undefined) also(sql<SqlBool>`f.cluster_id = ${clusterId}`);
  if (customerId !== undefined) also(sql<SqlBool>`f.cluster_id in (select id from clusters where customer_id = ${customerId})`);
  if (severity !== undefined) also(sql<SqlBool>`f.severity = ${severity}`);
  if (area !== undefined) also(sql<SqlBool>`f.area = ${area}`);
  if (check !== undefined) also(sql<SqlBool>`f.check_id = ${check}`);
  if (node !== undefined) also(sql<SqlBool>`${BY_GROUP.node} = ${node}`);
  if (namespace !== undefined) also(sql<SqlBool>`${BY_GROUP.namespace} = ${namespace}`);
  if (since !== undefined) also(sql<SqlBool>`f.first_seen_at >= ${since}`);
  if (goneSince !== undefined) also(sql<SqlBool>`f.gone_at >= ${goneSince}`);
  if (state === 'gone') also(sql<SqlBool>`f.gone_at is not null`);
  else if (state !== 'all') also(sql<SqlBool>`f.gone_at is null`);
  if (state === 'doubt') also(sql<SqlBool>`f.unknown_since is not null`);
  if (state === 'accepted') also(isAccepted(now));
  if (state === 'open' && (await isAnyAccepted(db, now))) also(sql<SqlBool>`not ${isAccepted(now)}`);
  const words = searchOf(filter);
  if (words) also(words);
  return sql<SqlBool>`${sql.join(all, sql` and `)}`;
}
function searchOf({ search, checks = [] }: FindingFilter): Expression<SqlBool> | undefined {
  const words = wordsOf(search);
  if (words.length === 0) return undefined;
  const every = sql<SqlBool>`(${sql.join(
    words.map((word) => {
      const pattern = `%${word}%`;
      return sql`(lower(f.name) like ${pattern} or lower(f.node) like ${pattern} or f.check_id like ${pattern} or lower(f.namespace) like ${pattern})`;
    }),
    sql` and `,
  )})`;
  return checks.length === 0 ? every : sql<SqlBool>`(${every} or f.check_id in (${sql.join(checks)}))`;
}

export interface FindingPage {
  readonly items: readonly ListedFinding[];
  readonly next?: string | undefined;
}
/** @throws AppError `invalid` for a cursor that no page gave */
export async function listFindingPage(
  db: Db,
  visibility: Visibility,
  filter: FindingFilter,
  {
    now,
    order = 'severity',
    cursor,
    limit = 50,
  }: { readonly now: number; readonly order?: FindingOrder | undefined; readonly cursor?: string | undefined; readonly limit?: number },
): Promise<FindingPage> {
  const { keys, kinds, isDown } = ORDER[order];
  const columns = [...keys, sql<string>`f.cluster_id`, sql<string>`f.identity`];
  const [direction, sign] = isDown ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`];
  const from = cursor === undefined ? undefined : readPlace(cursor, [...kinds, 'string', 'string']);
  const beyond = from ? sql`and (${sql.join(columns)}) ${sign} (${sql.join(from)})` : sql``;
  const { rows } = await sql<Parameters<typeof toStoredFinding>[0] & { accepted_until: number | null; rank: number }>`select f.*, ${RANK} as rank,
      (select max(r.expires_at) from accepted_risks r where r.cluster_id = f.cluster_id and r.identity = f.identity and r.withdrawn_at is null and r.expires_at > ${now}) as accepted_until
    from findings f where ${await conditions(db, visibility, filter, now)} ${beyond}
    order by ${sql.join(columns.map((column) => sql`${column} ${direction}`))} limit ${limit + 1}`.execute(db);
  const items = rows.slice(0, limit).map((row) => ({ ...toStoredFinding(row), acceptedUntil: row.accepted_until }));
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  if (!last) return { items };
  const values: Readonly<Record<FindingOrder, readonly (string | number)[]>> = {
    severity: [last.rank, last.check_id],
    newest: [last.first_seen_at],
    oldest: [last.first_seen_at],
    object: [last.node ?? '', last.namespace ?? '', last.name],
  };
  return { items, next: writePlace([...values[order], last.cluster_id, last.identity]) };
}

export type SeverityCounts = Readonly<Record<Severity, number>>;
export const NO_FINDINGS: SeverityCounts = { critical: 0, warning: 0, info: 0 };

export async function countFindings(db: Db, visibility: Visibility, filter: FindingFilter, now: number): Promise<SeverityCounts> {
  const { rows } = await sql<{
    severity: Severity;
    count: number;
  }>`select f.severity, count(*) as count from findings f where ${await conditions(db, visibility, filter, now)} group by f.severity`.execute(db);
  return { ...NO_FINDINGS, ...Object.fromEntries(rows.map(({ severity, count }) => [severity, Number(count)])) };
}

export interface FindingGroupRow extends SeverityCounts {
  readonly key: string;
  readonly oldestAt: number;
}
/** The most troubled first. @param limit rows at most */
export async function groupFindings(
  db: Db,
  visibility: Visibility,
  filter: FindingFilter,
  by: FindingGroup,
  { now, limit = 200 }: { readonly now: number; readonly limit?: number },
): Promise<readonly FindingGroupRow[]> {
  const count = (severity: Severity) => sql<number>`sum(case when f.severity = ${severity} then 1 else 0 end)`;
  const { rows } = await sql<{ key: string; critical: number; warning: number; info: number; oldest: number }>`select ${BY_GROUP[by]} as key,
      ${count('critical')} as critical, ${count('warning')} as warning, ${count('info')} as info, min(f.first_seen_at) as oldest
    from findings f where ${await conditions(db, visibility, filter, now)} group by 1 order by 2 desc, 3 desc, 4 desc, 1 limit ${limit}`.execute(db);
  return rows.map(({ key, critical, warning, info, oldest }) => ({ key, critical: Number(critical), warning: Number(warning), info: Number(info), oldestAt: oldest }));
}

/** Checks that found something, of what a reader sees. */
export async function checksFound(db: Db, visibility: Visibility, clusterId?: string): Promise<readonly string[]> {
  let query = db.selectFrom('findings').select('check_id').distinct().where(clusterVisible(visibility, 'findings.cluster_id'));
  if (clusterId !== undefined) query = query.where('cluster_id', '=', clusterId);
  return (await query.orderBy('check_id').limit(2_000).execute()).map(({ check_id }) => check_id);
}

export async function findFinding(db: Db, visibility: Visibility, clusterId: string, identity: string): Promise<StoredFinding | undefined> {
  const row = await db
    .selectFrom('findings')
    .selectAll()
    .where('cluster_id', '=', clusterId)
    .where('identity', '=', identity)
    .where(clusterVisible(visibility, 'findings.cluster_id'))
    .executeTakeFirst();
  return row && toStoredFinding(row);
}
