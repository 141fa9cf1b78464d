/** At the support centre: what a site is told of its incidents. What a customer may see, and of that what people and contracts decided. */
import { eventsForCustomer } from '../incidents/customer-view.ts';
import type { Actor, EventBody, EventKind } from '../incidents/event.ts';
import { FROM_BELOW } from '../incidents/site-incidents.ts';
import type { Db } from '../store/database.ts';
import { type EventPlace, eventsOfCluster, type ToldEvent } from '../store/federation-store.ts';

/** Signals, clocks and members are the site's own knowledge. */
const TOLD: readonly EventKind[] = ['acknowledged', 'started', 'held', 'resumed', 'resolved', 'reopened', 'closed', 'cancelled', 'releveled', 'contact', 'note'];

export interface StatusEvent extends Omit<ToldEvent, 'scope' | 'actor'> {
  readonly scope: unknown;
  /** What a person is called; left out for what happened by itself. */
  readonly by?: string | undefined;
}
export interface StatusPage {
  readonly items: readonly StatusEvent[];
  readonly next?: EventPlace | undefined;
}

/** @param actorId of events that came from further up: they are not told on */
export const FROM_ABOVE = 'support-centre';

export async function statusEvents(
  db: Db,
  query: { readonly clusterId: string; readonly since: number; readonly after?: EventPlace | undefined; readonly limit: number },
): Promise<StatusPage> {
  const rows = await eventsOfCluster(db, { ...query, kinds: TOLD });
  const last = rows.at(-1);
  return {
    items: rows.flatMap(({ scope, actor: actorJson, ...event }) => {
      const actor = JSON.parse(actorJson) as Actor;
      if (actor.id === FROM_ABOVE || actor.id === FROM_BELOW || !isTold(event.body, event)) return [];
      return [{ ...event, scope: scope === null ? null : (JSON.parse(scope) as unknown), ...(actor.kind === 'user' && actor.name !== undefined && { by: actor.name }) }];
    }),
    ...(last !== undefined && rows.length === query.limit && { next: [last.at, last.incidentId, last.version] as const }),
  };
}

function isTold(body: EventBody, { incidentId, version, at }: Pick<ToldEvent, 'incidentId' | 'version' | 'at'>): boolean {
  if (eventsForCustomer([{ incidentId, version, at, actor: { kind: 'system' }, policy: '', body }]).length === 0) return false;
  switch (body.kind) {
    case 'resolved':
      return body.by === 'person';
    case 'releveled':
      return body.reason === 'person';
    case 'cancelled':
      return body.reason !== 'member-of-group' && body.reason !== 'duplicate';
    case 'closed':
      return body.closure !== 'expired';
    default:
      return true;
  }
}
