/** What is said between two collectors about the incidents of one cluster. Times in milliseconds. */
import { SITE_SOURCES } from '../../agent/wire/site-incident.ts';
import type { EventBody } from '../incidents/event.ts';
import type { Db } from './database.ts';

/** An event as the support centre tells it downwards. */
export interface ToldEvent {
  readonly incidentId: string;
  readonly number: number;
  readonly version: number;
  readonly at: number;
  readonly rule: string;
  readonly source: string;
  /** JSON. */
  readonly scope: string | null;
  readonly openedAt: number;
  /** Of an incident that the site's people opened: its number there. */
  readonly siteNumber: number | null;
  readonly actor: string;
  readonly body: EventBody;
}
export type EventPlace = readonly [at: number, incident: string, version: number];

/** In the order of their times, after a place. */
export async function eventsOfCluster(
  db: Db,
  {
    clusterId,
    since,
    after,
    kinds,
    limit,
  }: { readonly clusterId: string; readonly since: number; readonly after?: EventPlace | undefined; readonly kinds: readonly string[]; readonly limit: number },
): Promise<readonly ToldEvent[]> {
  let query = db
    .selectFrom('incident_events as e')
    .innerJoin('incidents as i', 'i.id', 'e.incident_id')
    .leftJoin('federation_incidents as f', (on) => on.onRef('f.cluster_id', '=', 'i.cluster_id').onRef('f.upstream_id', '=', 'i.dedup_key'))
    .select(['f.upstream_number as site_number', 'e.incident_id', 'i.number', 'e.version', 'e.at', 'i.rule', 'i.source', 'i.scope', 'i.opened_at', 'e.actor', 'e.body'])
    .where('i.cluster_id', '=', clusterId)
    .where('i.updated_at', '>=', since)
    .where('e.at', '>=', since)
    .where('e.kind', 'in', [...kinds]);
  if (after !== undefined) {
    const [at, incident, version] = after;
    query = query.where((on) =>
      on.or([
        on('e.at', '>', at),
        on.and([on('e.at', '=', at), on('e.incident_id', '>', incident)]),
        on.and([on('e.at', '=', at), on('e.incident_id', '=', incident), on('e.version', '>', version)]),
      ]),
    );
  }
  const rows = await query.orderBy('e.at').orderBy('e.incident_id').orderBy('e.version').limit(limit).execute();
  return rows.map(({ incident_id, number, version, at, rule, source, scope, opened_at, site_number, actor, body }) => ({
    ...{ incidentId: incident_id, number, version, at, rule, source, scope, openedAt: opened_at, siteNumber: site_number, actor },
    body: JSON.parse(body) as EventBody,
  }));
}

export async function statusAt(db: Db, clusterId: string): Promise<number | undefined> {
  return (await db.selectFrom('federation_links').select('status_at').where('cluster_id', '=', clusterId).executeTakeFirst())?.status_at;
}
export async function saveStatusAt(db: Db, clusterId: string, at: number): Promise<void> {
  await db.updateTable('federation_links').set({ status_at: at }).where('cluster_id', '=', clusterId).where('status_at', '<', at).execute();
}

export async function linkedIncident(db: Db, clusterId: string, upstreamId: string): Promise<string | undefined> {
  return (await db.selectFrom('federation_incidents').select('incident_id').where('cluster_id', '=', clusterId).where('upstream_id', '=', upstreamId).executeTakeFirst())
    ?.incident_id;
}
export async function linkIncident(
  db: Db,
  row: { readonly clusterId: string; readonly upstreamId: string; readonly number: number; readonly incidentId: string; readonly at: number },
): Promise<void> {
  await db
    .insertInto('federation_incidents')
    .values({ cluster_id: row.clusterId, upstream_id: row.upstreamId, upstream_number: row.number, incident_id: row.incidentId, linked_at: row.at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
/** The incident of this number, if it belongs to the cluster and nobody but its site's people and systems opened it. */
export async function siteIncidentOf(db: Db, clusterId: string, number: number): Promise<string | undefined> {
  return (
    await db
      .selectFrom('incidents')
      .select('id')
      .where('cluster_id', '=', clusterId)
      .where('number', '=', number)
      .where('source', 'in', [...SITE_SOURCES, 'group'])
      .executeTakeFirst()
  )?.id;
}

/** Incidents of a rule, active ones first, then the newest. */
export async function incidentsOfRule(
  db: Db,
  clusterId: string,
  { rule, source, openedBefore }: { readonly rule: string; readonly source: string; readonly openedBefore: number },
): Promise<readonly { readonly id: string; readonly scope: string | null; readonly openedAt: number }[]> {
  const rows = await db
    .selectFrom('incidents')
    .select(['id', 'scope', 'opened_at'])
    .where('cluster_id', '=', clusterId)
    .where('rule', '=', rule)
    .where('source', '=', source)
    .where('opened_at', '<=', openedBefore)
    .orderBy('active', 'desc')
    .orderBy('opened_at', 'desc')
    .limit(5_000)
    .execute();
  return rows.map(({ id, scope, opened_at }) => ({ id, scope, openedAt: opened_at }));
}
