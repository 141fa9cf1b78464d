/**
 * At the support centre: incidents that a site's people and systems opened, as the site's collector tells of them. The site says that
 * there is one, how bad it is, and when it is over; what is done about it here is decided here. Nothing of what was typed comes along.
 */
import type { SiteIncident } from '../../agent/wire/site-incident.ts';
import { AppError } from '../errors.ts';
import type { Db } from '../store/database.ts';
import { linkedIncident, linkIncident } from '../store/federation-store.ts';
import { loadIncident, lockSubject } from '../store/incident-store.ts';
import { decide } from './decide.ts';
import type { Actor, EventBody, Level } from './event.ts';
import { foreignKey } from './identity.ts';
import { append, hasEnded, open, rulesOf } from './ledger.ts';
import type { Desk, IncidentFile } from './rules.ts';
import { releaseChildren, type SignalOrigin } from './signals.ts';
import type { Taken } from './take.ts';

/** Actor of what a site did: it is not told down again. */
export const FROM_BELOW = 'site-collector';
const ACTOR: Actor = { kind: 'integration', id: FROM_BELOW };

/** Runs in the transaction that acknowledges the payload. */
export async function applySiteIncidents(desk: Desk, db: Db, origin: SignalOrigin, told: readonly SiteIncident[], now: number): Promise<Taken> {
  const counts = { opened: 0, changed: 0, repeated: 0, late: 0, ignored: 0 };
  await lockSubject(db, desk.engine, origin.clusterId);
  for (const one of told) counts[await applyOne(desk, db, origin, one, now)] += 1;
  return counts;
}

async function applyOne(desk: Desk, db: Db, origin: SignalOrigin, told: SiteIncident, now: number): Promise<keyof Taken> {
  const { customerId, clusterId, agent } = origin;
  const key = foreignKey(customerId, clusterId, 'site-incident', `${agent} ${told.number}`);
  const known = await linkedIncident(db, clusterId, key);
  const file = known === undefined ? undefined : await loadIncident(db, known);
  if (file) return await follow(desk, db, file, told, now);
  if (told.state !== 'active') return 'late'; // over before it was heard of
  return (await opened(desk, db, { customerId, clusterId, key }, told, now)) ? 'opened' : 'ignored';
}

async function opened(desk: Desk, db: Db, { customerId, clusterId, key }: Record<'customerId' | 'clusterId' | 'key', string>, told: SiteIncident, now: number): Promise<boolean> {
  const { number, source, kind, severity, rule = source, scope } = told;
  const terms = await desk.rulesFor(db, { customerId, clusterId });
  const level = contractLevel(terms.rules.levels, told.level) ?? terms.rules.levelFor({ source, kind, severity, rule });
  const file = await open(
    ...([desk, db, { customerId, clusterId, dedupKey: key, groupKey: null }] as const),
    [{ kind: 'opened', source, incidentKind: kind, severity, level, rule, family: rule, scope, title: `站点事件 #${number} · incident #${number} of the site` }],
    terms,
    { now, actor: ACTOR, eventTime: Math.min(now, told.openedAt * 1_000) },
  );
  if (file) await linkIncident(db, { clusterId, upstreamId: key, number, incidentId: file.filing.id, at: now });
  return file !== undefined;
}

/** Its end there ends it here, unless people here did that already; what the site took back it may open again, what people here ended it may not. */
async function follow(desk: Desk, db: Db, file: IncidentFile, told: SiteIncident, now: number): Promise<keyof Taken> {
  const eventTime = Math.min(now, told.at * 1_000);
  if (file.events.some((event) => event.actor.id === FROM_BELOW && (event.eventTime ?? event.at) > eventTime)) return 'late';
  const rules = await rulesOf(desk, db, file);
  const level = contractLevel(rules.levels, told.level);
  const isOver = ['resolved', 'closed', 'cancelled'].includes(file.incident.state);
  const bodies: EventBody[] = [];
  try {
    if (told.state === 'active' && isOver && file.events.findLast(({ body }) => body.kind === 'resolved')?.actor.id === FROM_BELOW)
      bodies.push(...decide(file.incident, { kind: 'reopen' }, now, rules));
    else if (told.state === 'over' && !isOver) bodies.push(...decide(file.incident, { kind: 'resolve', code: 'cleared' }, now, rules));
    else if (told.state === 'void' && !isOver) bodies.push(...decide(file.incident, { kind: 'cancel', reason: 'false-positive' }, now, rules));
    else if (told.state === 'active' && !isOver && level !== undefined && level !== file.incident.level)
      bodies.push(...decide(file.incident, { kind: 'relevel', to: level, reason: 'person' }, now, rules));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'conflict') throw error; // it cannot be done in this state: what is here counts
  }
  if (bodies.length === 0) return 'repeated';
  const after = await append(desk, db, file, bodies, { now, actor: ACTOR, eventTime });
  if (hasEnded(after.incident)) await releaseChildren(desk, db, after, now);
  return 'changed';
}

/** On a level that the contract does not know no clock would run. */
function contractLevel(levels: readonly Level[] | undefined, told: number): Level | undefined {
  return ([1, 2, 3, 4, 5] as const).find((level) => level === told && (levels === undefined || levels.includes(level)));
}
