/** Members of groups: one row each, so that a storm grows a list and not a history. */
import type { Scope } from '../../agent/wire/inspection.ts';
import type { Severity } from '../../agent/wire/vocabulary.ts';
import type { Db } from './database.ts';
import { chunksOf } from './incident-store.ts';

export type MemberState = 'firing' | 'clear' | 'stale' | 'inhibited';
export interface Member {
  readonly key: string;
  readonly rule: string;
  readonly scope: Scope;
  readonly severity: Severity;
  readonly state: MemberState;
  readonly joinedAt: number;
  /** Newest change of state. */
  readonly updatedAt: number;
}

/** Adds, or brings up to date. */
export async function putMembers(db: Db, incidentId: string, members: readonly Member[]): Promise<void> {
  const rows = members.map(({ key, rule, scope, severity, state, joinedAt, updatedAt }) => ({
    ...{ incident_id: incidentId, dedup_key: key, rule, severity, state, scope: JSON.stringify(scope), joined_at: joinedAt, updated_at: updatedAt },
    left_at: null,
  }));
  for (const chunk of chunksOf(rows)) {
    await db
      .insertInto('incident_members')
      .values(chunk)
      .onConflict((conflict) =>
        conflict.columns(['incident_id', 'dedup_key']).doUpdateSet((eb) => ({
          severity: eb.ref('excluded.severity'),
          state: eb.ref('excluded.state'),
          updated_at: eb.case().when('incident_members.state', '=', eb.ref('excluded.state')).then(eb.ref('incident_members.updated_at')).else(eb.ref('excluded.updated_at')).end(),
          left_at: null,
        })),
      )
      .execute();
  }
}

/** Group that each identity is a member of now. */
export async function groupsOf(db: Db, keys: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const chunk of chunksOf(keys)) {
    const rows = await db.selectFrom('incident_members').select(['dedup_key', 'incident_id']).where('dedup_key', 'in', chunk).where('left_at', 'is', null).execute();
    for (const { dedup_key, incident_id } of rows) found.set(dedup_key, incident_id);
  }
  return found;
}

/** Former memberships, newest of each identity: when it left, how bad it was. */
export async function leftGroups(db: Db, keys: readonly string[]): Promise<Map<string, { readonly incidentId: string; readonly leftAt: number; readonly severity: Severity }>> {
  const found = new Map<string, { incidentId: string; leftAt: number; severity: Severity }>();
  for (const chunk of chunksOf(keys)) {
    const rows = await db
      .selectFrom('incident_members')
      .select(['dedup_key', 'incident_id', 'left_at', 'severity'])
      .where('dedup_key', 'in', chunk)
      .where('left_at', 'is not', null)
      .orderBy('left_at')
      .execute();
    for (const { dedup_key, incident_id, left_at, severity } of rows) found.set(dedup_key, { incidentId: incident_id, leftAt: left_at ?? 0, severity: severity as Severity });
  }
  return found;
}

export interface MemberCounts {
  readonly total: number;
  readonly states: Readonly<Record<MemberState, number>>;
  readonly lastJoinedAt: number;
  readonly lastChangedAt: number;
}
export async function countMembers(db: Db, incidentId: string): Promise<MemberCounts> {
  const rows = await db
    .selectFrom('incident_members')
    .select(({ fn }) => ['state', fn.countAll<number>().as('members'), fn.max('joined_at').as('joined'), fn.max('updated_at').as('changed')])
    .where('incident_id', '=', incidentId)
    .where('left_at', 'is', null)
    .groupBy('state')
    .execute();
  const states = { firing: 0, clear: 0, stale: 0, inhibited: 0 };
  for (const { state, members } of rows) states[state as MemberState] += Number(members);
  return {
    total: rows.reduce((sum, { members }) => sum + Number(members), 0),
    states,
    lastJoinedAt: Math.max(0, ...rows.map(({ joined }) => joined)),
    lastChangedAt: Math.max(0, ...rows.map(({ changed }) => changed)),
  };
}

/** For lists; most members have no event that would bring the row up to date. */
export async function setMemberCount(db: Db, incidentId: string, members: number): Promise<void> {
  await db.updateTable('incidents').set({ members }).where('id', '=', incidentId).execute();
}

export async function leaveGroup(db: Db, incidentId: string, now: number, key?: string): Promise<void> {
  let query = db.updateTable('incident_members').set({ left_at: now }).where('incident_id', '=', incidentId).where('left_at', 'is', null);
  if (key !== undefined) query = query.where('dedup_key', '=', key);
  await query.execute();
}

/** In order of their identities, for paging. */
export async function listMembers(db: Db, incidentId: string, { after = '', limit = 200 }: { readonly after?: string; readonly limit?: number } = {}): Promise<readonly Member[]> {
  const rows = await db
    .selectFrom('incident_members')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .where('dedup_key', '>', after)
    .orderBy('dedup_key')
    .limit(Math.min(limit, 1_000))
    .execute();
  return rows.map((row) => ({
    key: row.dedup_key,
    rule: row.rule,
    scope: JSON.parse(row.scope) as Scope,
    severity: row.severity as Severity,
    state: row.state as MemberState,
    joinedAt: row.joined_at,
    updatedAt: row.updated_at,
  }));
}
