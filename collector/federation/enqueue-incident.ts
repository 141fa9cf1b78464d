/**
 * In the transaction that changes an incident: those of linked clusters that people, tickets or an Alertmanager opened are told to the
 * support centre. What agents see travels as their own signals; what people typed has no type in the contract and stays.
 */
import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { SCHEMA_VERSION, type Scope } from '../../agent/wire/inspection.ts';
import { KNOWN_ALERTS, SITE_SOURCES, type SiteIncident } from '../../agent/wire/site-incident.ts';
import { AREAS, NAME_KINDS } from '../../agent/wire/vocabulary.ts';
import type { EventKind } from '../incidents/event.ts';
import type { Incident } from '../incidents/incident.ts';
import type { IncidentFile, OnChange } from '../incidents/rules.ts';
import { SILENCE_RULE } from '../incidents/signals.ts';
import { FROM_BELOW } from '../incidents/site-incidents.ts';
import type { Db } from '../store/database.ts';
import { insertRelays, linkedAmong } from '../store/relay-store.ts';

/** What changes something that is told. */
const TOLD: readonly EventKind[] = ['opened', 'resolved', 'reopened', 'closed', 'cancelled', 'releveled'];
/** Of this process: with a number it makes each payload's id. */
const BOOT = randomBytes(8).toString('hex');
let count = 0;

export const enqueueChanged: OnChange = async (db, { file, events }) => {
  const { clusterId } = file.filing;
  if (clusterId === null || !events.some(({ body }) => TOLD.includes(body.kind)) || !isOurs(file)) return;
  if ((await linkedAmong(db, [clusterId])).has(clusterId)) await tellIncidents(db, clusterId, [file]);
};

/** Stands for an agent in the queue: the cluster's id, so that the support centre knows whose numbers these are. */
export function collectorId(clusterId: string): string {
  return createHash('sha256').update(`site-collector ${clusterId}`).digest('hex').slice(0, 32);
}

/** What another collector told of goes no further. */
function isOurs({ incident, events }: IncidentFile): boolean {
  return sourceOf(incident) !== undefined && events[0]?.actor.id !== FROM_BELOW;
}
/** A storm of alerts is one incident; a storm of what agents see is made of their signals, there as here. */
function sourceOf({ source, family }: Incident): SiteIncident['source'] | undefined {
  if (source === 'group') return [...AREAS, SILENCE_RULE].some((known) => known === family) ? undefined : 'alertmanager';
  return SITE_SOURCES.find((known) => known === source);
}

export async function tellIncidents(db: Db, clusterId: string, files: readonly IncidentFile[]): Promise<void> {
  const incidents = files.filter(isOurs).flatMap((file) => siteIncidentOf(file) ?? []);
  const [newest] = incidents.map(({ at }) => at).toSorted((one, other) => other - one);
  if (newest === undefined) return;
  // As an agent would have sealed it for its site's own collector: all names clear, turned into pseudonyms at the border.
  const agent = { epoch: 0, role: 'cluster', version: '0' }; // no agent stands behind it
  const json = JSON.stringify({ agent, at: newest, clearNames: NAME_KINDS.toSorted(), complete: false, incidents, schema: SCHEMA_VERSION, signals: [] });
  const body = gzipSync(json, { level: 1 });
  count += 1;
  const id = { agent: collectorId(clusterId), boot: BOOT, seq: count, sha256: createHash('sha256').update(json).digest('hex') };
  await insertRelays(db, [{ cluster_id: clusterId, ...id, kind: 'signals', kept_at: newest, queued_at: newest * 1_000, bytes: body.length, refused: null, body }]);
}

function siteIncidentOf({ filing, incident }: IncidentFile): SiteIncident | undefined {
  const { kind, severity, level, rule, openedAt, updatedAt } = incident;
  const source = sourceOf(incident);
  if (source === undefined) return undefined;
  const scope = incident.scope && scopeOf(incident.scope);
  return {
    ...{ number: filing.number, source, kind, severity, level, state: stateOf(incident) },
    ...(KNOWN_ALERTS.includes(rule) && { rule }),
    ...(scope && { scope }),
    openedAt: Math.floor(openedAt / 1_000),
    at: Math.floor(updatedAt / 1_000),
  };
}
function stateOf({ state }: Incident): SiteIncident['state'] {
  if (state === 'cancelled') return 'void';
  return state === 'resolved' || state === 'closed' ? 'over' : 'active';
}

/** People type what it is about: only what has the form of a name is taken for one. */
const NAME = /^[A-Za-z0-9/][A-Za-z0-9._:/[\]-]*$/;
function scopeOf({ kind, node, namespace, name }: Scope): Scope | undefined {
  if (kind === 'Setting' || ![name, node ?? 'x', namespace ?? 'x'].every((text) => text.length <= 253 && NAME.test(text))) return undefined;
  return { kind, name, ...(node !== undefined && { node }), ...(namespace !== undefined && { namespace }) };
}
