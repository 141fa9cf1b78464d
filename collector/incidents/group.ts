/**
 * Storms: when many scopes of one family fire within minutes, they are one incident with a list. Nothing is muted: every
 * member is in the list, critical ones form groups of their own, and what comes after the storm stands for itself.
 */
import type { Db } from '../store/database.ts';
import { activeHeads, type Head, headsOfGroup, loadIncident } from '../store/incident-store.ts';
import { countMembers, type Member, type MemberCounts, type MemberState, putMembers, setMemberCount } from '../store/member-store.ts';
import type { Actor, EventBody, Level } from './event.ts';
import { type Fact, type Sender, worstOf } from './fact.ts';
import { groupKey, stormKey } from './identity.ts';
import { append, open, SYSTEM } from './ledger.ts';
import { FLAP_WINDOW_MS, isFlapping, observe, type Sighting } from './observe.ts';
import type { Desk, IncidentFile, SupportRules } from './rules.ts';

export interface Opening {
  readonly fact: Fact;
  readonly maintenance: Sighting['maintenance'];
  /** It began within a planned change that is over. */
  readonly beyondChange: boolean;
  readonly follows?: string | undefined;
}
export interface Opened {
  readonly opened: readonly IncidentFile[];
  /** `absorbed`: it had an incident of its own. */
  readonly joined: readonly { readonly key: string; readonly group: string; readonly absorbed: boolean }[];
}
type Terms = Awaited<ReturnType<Desk['rulesFor']>>;

/** Members that have an event each; beyond, the list has them and the count is told. */
const MOST_MEMBER_EVENTS = 50;

/** Opens what is new, alone or as members. The subject must be locked. */
export async function openAll(desk: Desk, db: Db, sender: Sender, openings: readonly Opening[], now: number): Promise<Opened> {
  const { customerId, clusterId } = sender;
  const terms = await desk.rulesFor(db, { customerId, clusterId });
  const families = new Map<string, Opening[]>();
  for (const opening of openings.map((one) => asNamed(terms.rules, one))) {
    const { incidentKind, family, severity } = opening.fact;
    const key = groupKey(customerId, clusterId, { incidentKind, family, severity, maintenance: opening.maintenance !== undefined });
    const list = families.get(key);
    if (list) list.push(opening);
    else families.set(key, [opening]);
  }
  const opened: IncidentFile[] = [];
  const joined: { key: string; group: string; absorbed: boolean }[] = [];
  for (const [family, list] of families) {
    const part = await openFamily(desk, db, sender, terms, family, list, now);
    opened.push(...part.opened);
    joined.push(...part.joined);
  }
  return { opened, joined };
}

function asNamed({ isFault }: SupportRules, opening: Opening): Opening {
  return isFault?.(opening.fact.rule) ? { ...opening, fact: { ...opening.fact, incidentKind: 'incident' } } : opening;
}

async function openFamily(desk: Desk, db: Db, sender: Sender, terms: Terms, family: string, openings: readonly Opening[], now: number): Promise<Opened> {
  const { groupAbove, groupWindowMs, groupCalmMs } = desk.settings;
  const heads = await headsOfGroup(db, family, now - groupWindowMs);
  const storm = await stormOf(db, heads, now - groupCalmMs);
  if (storm) {
    await join(desk, db, storm, openings.map(memberOf(now)), sender.actor, now);
    return { opened: [], joined: openings.map(({ fact }) => ({ key: fact.key, group: storm, absorbed: false })) };
  }
  const recent = heads.filter(({ source }) => source !== 'group');
  if (recent.length + openings.length > groupAbove) return await openGroup(desk, db, sender, terms, family, openings, recent, now);
  const opened: IncidentFile[] = [];
  for (const opening of openings) {
    const file = await openOne(desk, db, sender, terms, family, opening, now);
    if (file) opened.push(file);
  }
  return { opened, joined: [] };
}

/** The group that is still growing. */
async function stormOf(db: Db, heads: readonly Head[], calmSince: number): Promise<string | undefined> {
  for (const { source, state, filing } of heads) {
    if (source !== 'group' || state === 'resolved') continue;
    if ((await countMembers(db, filing.id)).lastJoinedAt > calmSince) return filing.id;
  }
  return undefined;
}

async function openOne(desk: Desk, db: Db, sender: Sender, terms: Terms, family: string, opening: Opening, now: number): Promise<IncidentFile | undefined> {
  const { fact, maintenance, follows } = opening;
  const { source, incidentKind, severity, rule, scope, observed, threshold, unit } = fact;
  const level = levelOf(terms.rules, opening);
  const file = await open(
    ...([desk, db, { customerId: sender.customerId, clusterId: sender.clusterId, dedupKey: fact.key, groupKey: family }] as const),
    [
      { kind: 'opened', source, incidentKind, severity, level, rule, family: fact.family, scope, observed, threshold, unit, follows },
      ...(maintenance ? [{ kind: 'suppressed', by: 'maintenance', ...maintenance } as const] : []),
    ],
    terms,
    { now, actor: sender.actor, eventTime: fact.at },
  );
  if (file) return file;
  // Another collector was faster: what it opened has this trouble already.
  const head = (await activeHeads(db, [fact.key])).get(fact.key);
  return head && (await loadIncident(db, head.filing.id));
}

function levelOf(rules: SupportRules, { fact: { source, incidentKind, severity, rule, family }, beyondChange }: Opening): ReturnType<SupportRules['levelFor']> {
  return rules.levelFor({ source, kind: incidentKind, severity, rule, family, beyondChange });
}

async function openGroup(desk: Desk, db: Db, sender: Sender, terms: Terms, family: string, openings: readonly Opening[], recent: readonly Head[], now: number): Promise<Opened> {
  const [first] = openings;
  if (!first) return { opened: [], joined: [] };
  const { incidentKind, family: name } = first.fact;
  const rules = new Set(openings.map(({ fact }) => fact.rule));
  const suppressed: EventBody[] = first.maintenance ? [{ kind: 'suppressed', by: 'maintenance', ...latest(openings) }] : [];
  const group = await open(
    ...([desk, db, { customerId: sender.customerId, clusterId: sender.clusterId, dedupKey: stormKey(family, now), groupKey: family }] as const),
    [
      {
        ...{ kind: 'opened', source: 'group', incidentKind, family: name, rule: rules.size === 1 ? first.fact.rule : name },
        severity: worstOf(openings.map(({ fact }) => fact.severity)),
        level: worstLevel(openings.map((opening) => levelOf(terms.rules, opening))),
      },
      ...suppressed,
    ],
    terms,
    { now, actor: SYSTEM },
  );
  if (!group) return { opened: [], joined: [] };
  const { id } = group.filing;
  const absorbed = await absorb(desk, db, id, recent, now);
  await join(desk, db, id, [...absorbed, ...openings.map(memberOf(now))], sender.actor, now);
  const file = (await loadIncident(db, id)) ?? group;
  const joined = [...absorbed.map(({ key }) => ({ key, group: id, absorbed: true })), ...openings.map(({ fact }) => ({ key: fact.key, group: id, absorbed: false }))];
  return { opened: [file], joined };
}

function worstLevel(levels: readonly Level[]): Level {
  return [...levels].sort((one, other) => one - other)[0] ?? 5;
}

function latest(openings: readonly Opening[]): { window?: string | undefined; until?: number | undefined } {
  return openings.map(({ maintenance }) => maintenance ?? {}).reduce((one, other) => ((other.until ?? 0) > (one.until ?? 0) ? other : one));
}

/** Takes in what opened alone minutes before, unless somebody works on it already. */
async function absorb(desk: Desk, db: Db, group: string, recent: readonly Head[], now: number): Promise<readonly Member[]> {
  const members: Member[] = [];
  for (const { filing, state, assigned } of recent) {
    if (assigned || (state !== 'open' && state !== 'suppressed' && state !== 'recovering')) continue;
    const file = await loadIncident(db, filing.id);
    if (file?.incident.work !== 'open') continue;
    const { rule, scope = { kind: 'Cluster', name: '' }, severity, signalState } = file.incident;
    await append(desk, db, file, [{ kind: 'cancelled', reason: 'member-of-group', of: group }], { now, actor: SYSTEM });
    members.push({ key: filing.dedupKey, rule, scope, severity, state: signalState === 'none' ? 'firing' : signalState, joinedAt: now, updatedAt: now });
  }
  return members;
}

function memberOf(now: number): (opening: Opening) => Member {
  return ({ fact: { key, rule, scope, severity, state } }) => ({ key, rule, scope, severity, state, joinedAt: now, updatedAt: now });
}

async function join(desk: Desk, db: Db, id: string, members: readonly Member[], actor: Actor, now: number): Promise<void> {
  await putMembers(db, id, members);
  const file = await loadIncident(db, id);
  if (!file) return;
  const told = file.incident.members;
  const named = members.slice(0, Math.max(0, MOST_MEMBER_EVENTS - told));
  const bodies: EventBody[] = named.map(({ key, rule, scope }) => ({ kind: 'member-joined', member: key, rule, scope }));
  const { total } = await countMembers(db, id);
  if (told + named.length >= MOST_MEMBER_EVENTS && total >= 2 * Math.max(told, MOST_MEMBER_EVENTS)) bodies.push({ kind: 'grew', members: total });
  await append(desk, db, file, bodies, { now, actor });
  await setMemberCount(db, id, total);
  await refreshGroup(desk, db, id, actor, now);
}

/** The worst of its members' states; nothing of it is over while one is out of sight. */
export function groupState({ states }: Pick<MemberCounts, 'states'>): MemberState {
  return (['firing', 'stale', 'inhibited'] as const).find((one) => states[one] > 0) ?? 'clear';
}

/** A group fires while one of its members does; it clears when all were seen to, and not before. */
export async function refreshGroup(desk: Desk, db: Db, id: string, actor: Actor, now: number, isLifted = false): Promise<void> {
  const file = await loadIncident(db, id);
  if (!file) return;
  const { states, lastChangedAt } = await countMembers(db, id);
  const flips = file.events.filter(({ body }) => body.kind === 'recovering' || body.kind === 'relapsed').map(({ at }) => at);
  const isRestless = file.incident.flapping !== undefined && now - lastChangedAt < FLAP_WINDOW_MS;
  const flapping = isRestless || isFlapping(flips, false, now);
  const { severity, level, suppressed } = file.incident;
  const state = groupState({ states });
  const maintenance = suppressed?.by === 'maintenance' && !isLifted ? { window: suppressed.window, until: suppressed.until } : undefined;
  await append(desk, db, file, observe(file.incident, { state, at: now, severity, level, flapping, late: false, maintenance }, now), { now, actor });
}
