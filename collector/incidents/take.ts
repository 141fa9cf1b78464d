/** Facts become incidents: each is ordered, deduplicated, and then opens, moves or joins something, or changes nothing. */
import type { Db } from '../store/database.ts';
import { activeHeads, endedHeads, type Head, loadIncident, lockSubject } from '../store/incident-store.ts';
import { groupsOf, leaveGroup, leftGroups, type Member, putMembers } from '../store/member-store.ts';
import { type KnownSignal, knownSignals, newestEpoch, putSignals } from '../store/signal-store.ts';
import { endedChanges, openWindows, type PlannedWindow } from '../store/window-store.ts';
import type { EventBody } from './event.ts';
import { type Fact, isWorse, orderOf, remember, type Sender } from './fact.ts';
import { type Opening, openAll, refreshGroup } from './group.ts';
import { append, rulesOf, SYSTEM } from './ledger.ts';
import { isFlapping, isObservationDue, observe, type Sighting } from './observe.ts';
import type { Desk, IncidentFile } from './rules.ts';
import { windowOver } from './windows.ts';

/** What became of the facts, for metrics and receipts. */
export interface Taken {
  readonly opened: number;
  readonly changed: number;
  /** Known already. */
  readonly repeated: number;
  /** Older than what is known, or too old to act upon: history. */
  readonly late: number;
  /** Of a leader that is none any more. */
  readonly ignored: number;
}

/** A child that says it is explained by another trouble is believed this long without seeing that trouble. */
const ORPHAN_AFTER_MS = 600_000;
/** A trouble of a change whose messages come late is still one of that change. */
const REMEMBERED_CHANGES_MS = 86_400_000;

interface Desktop {
  readonly desk: Desk;
  readonly db: Db;
  readonly sender: Sender;
  readonly now: number;
  readonly known: Map<string, KnownSignal>;
  readonly heads: Map<string, Head>;
  readonly groups: Map<string, string>;
  readonly windows: readonly PlannedWindow[];
  /** Planned changes that are over. */
  readonly changes: readonly PlannedWindow[];
  readonly dirty: Set<string>;
  readonly openings: Map<string, Opening>;
  readonly members: Map<string, Map<string, Member>>;
  readonly files: Map<string, IncidentFile>;
  /** Groups with a member that fires outside of the maintenance that keeps them quiet. */
  readonly lifted: Set<string>;
  readonly counts: { opened: number; changed: number; repeated: number; late: number; ignored: number };
}

/** Must run in one transaction with whatever acknowledges the facts to their sender. */
export async function take(desk: Desk, db: Db, sender: Sender, facts: readonly Fact[], now: number): Promise<Taken> {
  const counts = { opened: 0, changed: 0, repeated: 0, late: 0, ignored: 0 };
  if (facts.length === 0) return counts;
  const subject = sender.clusterId ?? sender.customerId;
  await lockSubject(db, desk.engine, subject);
  if (sender.epoch > 0 && sender.epoch < (await newestEpoch(db, subject))) return { ...counts, ignored: facts.length };
  const keys = [...new Set(facts.flatMap(({ key, parentKey }) => (parentKey === undefined ? [key] : [key, parentKey])))];
  const work: Desktop = {
    ...{ desk, db, sender, now, counts },
    known: await knownSignals(db, subject, keys),
    heads: await activeHeads(db, keys),
    groups: await groupsOf(db, keys),
    windows: await openWindows(db, sender.customerId, sender.clusterId, now),
    changes: await endedChanges(db, sender.customerId, sender.clusterId, { now, endedAfter: now - REMEMBERED_CHANGES_MS }),
    ...{ dirty: new Set(), openings: new Map(), members: new Map(), files: new Map(), lifted: new Set() },
  };
  for (const fact of facts) await takeOne(work, fact);
  await flush(work);
  await putSignals(
    db,
    subject,
    [...work.dirty].flatMap((key) => work.known.get(key) ?? []),
    now,
  );
  return counts;
}

async function takeOne(work: Desktop, reported: Fact): Promise<void> {
  const { known, counts, openings, sender, now, desk } = work;
  const order = orderOf(known.get(reported.key), reported, sender);
  if (order === 'repeated') {
    counts.repeated += 1;
    return;
  }
  // What this batch has opened so far comes first when the fact is about it or behind it.
  if (openings.has(reported.key) || (reported.parentKey !== undefined && openings.has(reported.parentKey))) await flush(work);
  const isOld = reported.seenAt < (sender.asOf ?? now) - desk.settings.lateAfterMs && (reported.state === 'firing' || reported.state === 'inhibited');
  const late = order === 'late' || isOld;
  if (late) counts.late += 1;
  if (order === 'new') {
    known.set(reported.key, remember(known.get(reported.key), reported, sender));
    work.dirty.add(reported.key);
  }
  const fact = orphaned(work, reported) ? { ...reported, state: 'firing' as const } : reported;
  const head = work.heads.get(fact.key);
  const group = work.groups.get(fact.key);
  if (head) await onIncident(work, head, fact, late);
  else if (group !== undefined) await onMember(work, group, fact, late);
  else if (fact.state === 'firing' && !late) openings.set(fact.key, openingOf(work, fact));
}

function parentOf({ heads, groups }: Desktop, { parentKey }: Fact): string | undefined {
  return parentKey === undefined ? undefined : (heads.get(parentKey)?.filing.id ?? groups.get(parentKey));
}
function orphaned(work: Desktop, fact: Fact): boolean {
  return fact.state === 'inhibited' && parentOf(work, fact) === undefined && work.now - fact.since > ORPHAN_AFTER_MS;
}
function maintenanceOf({ windows, now }: Desktop, fact: Fact): Sighting['maintenance'] {
  const planned = windows.find((window) => windowOver(window, fact.scope, now));
  if (planned) return { window: planned.id, until: planned.endsAt };
  return fact.maintenance ? {} : undefined;
}

function openingOf(work: Desktop, fact: Fact): Opening {
  return { fact, maintenance: maintenanceOf(work, fact), beyondChange: outlastsChange(work, fact) };
}
/** It began within a planned change that was to be over by now: an outage beyond the change. */
function outlastsChange(work: Desktop, fact: Fact): boolean {
  return maintenanceOf(work, fact) === undefined && work.changes.some((change) => windowOver(change, fact.scope, fact.since));
}

async function onIncident(work: Desktop, head: Head, fact: Fact, late: boolean): Promise<void> {
  const { desk, db, now, known, sender, files } = work;
  const flips = known.get(fact.key)?.flips ?? [];
  const flapping = fact.flapping || isFlapping(flips, head.flapping, fact.at);
  if (!late && isUnchanged(head, fact, flapping, now)) return;
  const file = files.get(head.filing.id) ?? (await loadIncident(db, head.filing.id));
  if (!file) return;
  const rules = await rulesOf(desk, db, file);
  if (!late && fact.state === 'firing' && head.state === 'resolved' && now - (head.resolvedAt ?? now) > rules.reopenWindowMs && fact.at > (head.resolvedAt ?? 0)) {
    await append(desk, db, file, [{ kind: 'closed', closure: 'expired' }], { now, actor: SYSTEM });
    work.heads.delete(fact.key);
    work.openings.set(fact.key, { ...openingOf(work, fact), follows: head.filing.id });
    return;
  }
  const { window } = file.incident.suppressed ?? {};
  const beyondChange = window !== undefined && maintenanceOf(work, fact) === undefined && work.changes.some(({ id }) => id === window);
  const seen: Sighting = {
    ...{ state: fact.state, at: fact.at, severity: fact.severity, observed: fact.observed, flapping, late, beyondChange },
    level: rules.levelFor({ source: fact.source, kind: file.incident.kind, severity: fact.severity, rule: fact.rule, family: fact.family, beyondChange }),
    parent: parentOf(work, fact),
    maintenance: maintenanceOf(work, fact),
  };
  await appended(work, file, observe(file.incident, seen, now), fact.at, sender);
}

async function appended(work: Desktop, file: IncidentFile, bodies: readonly EventBody[], eventTime: number, sender: Sender): Promise<void> {
  if (bodies.length === 0) return;
  const after = await append(work.desk, work.db, file, bodies, { now: work.now, actor: sender.actor, eventTime });
  work.counts.changed += 1;
  work.files.set(after.filing.id, after);
  const { incident, filing } = after;
  work.heads.set(filing.dedupKey, headOf(after));
  if (incident.state === 'closed') work.heads.delete(filing.dedupKey);
}

function headOf({ filing, incident }: IncidentFile): Head {
  const { state, signalState, severity, source, openedAt, policy, observedAt = null, resolvedAt = null, closedAt = null } = incident;
  return {
    filing,
    state,
    signalState,
    severity,
    source,
    openedAt,
    policy,
    observedAt,
    resolvedAt,
    closedAt,
    flapping: incident.flapping !== undefined,
    assigned: incident.assignee !== undefined,
  };
}

/** Told from the row alone, so that a quiet hour of ten thousand signals reads no histories. */
function isUnchanged(head: Head, fact: Fact, flapping: boolean, now: number): boolean {
  const standing = head.state !== 'recovering' && head.state !== 'resolved';
  if (fact.state === 'firing' && !standing) return false;
  if (head.flapping && flapping && standing) return fact.state !== 'stale' && head.signalState !== 'stale' && !isWorse(fact.severity, head.severity);
  if (fact.state === 'firing' && (head.state === 'suppressed' || fact.maintenance)) return false;
  return head.signalState === fact.state && head.severity === fact.severity && head.flapping === flapping && !isObservationDue(head, now);
}

async function onMember(work: Desktop, group: string, fact: Fact, late: boolean): Promise<void> {
  if (late) return;
  const file = work.files.get(group) ?? (await loadIncident(work.db, group));
  if (!file) return;
  work.files.set(group, file);
  if (fact.state === 'firing' && fact.severity === 'critical' && file.incident.severity !== 'critical') {
    // It has become critical: nothing critical is a line in somebody else's list.
    await leaveGroup(work.db, group, work.now, fact.key);
    work.members.get(group)?.delete(fact.key);
    work.groups.delete(fact.key);
    work.openings.set(fact.key, { ...openingOf(work, fact), follows: group });
    return;
  }
  const members = work.members.get(group) ?? new Map();
  work.members.set(group, members);
  const { key, rule, scope, severity, state } = fact;
  if (state === 'firing' && maintenanceOf(work, fact) === undefined) work.lifted.add(group);
  members.set(key, { key, rule, scope, severity, state, joinedAt: work.now, updatedAt: work.now });
  work.counts.changed += 1;
}

async function flush(work: Desktop): Promise<void> {
  const { desk, db, sender, now, openings, members, heads, groups } = work;
  for (const [group, changes] of members) {
    await putMembers(db, group, [...changes.values()]);
    work.files.delete(group);
    await refreshGroup(desk, db, group, sender.actor, now, work.lifted.has(group));
  }
  members.clear();
  if (openings.size === 0) return;
  const ready = await withoutSameEpisode(work, [...openings.values()]);
  openings.clear();
  const { opened, joined } = await openAll(desk, db, sender, ready, now);
  for (const file of opened) {
    heads.set(file.filing.dedupKey, headOf(file));
    work.files.set(file.filing.id, file);
  }
  for (const { key, group, absorbed } of joined) {
    groups.set(key, group);
    work.files.delete(group);
    if (absorbed) heads.delete(key);
  }
  work.counts.opened += opened.length;
}

/** A trouble that people ended while it still fired is not opened again until it has been away, or is worse. */
async function withoutSameEpisode({ db }: Desktop, openings: readonly Opening[]): Promise<readonly Opening[]> {
  const keys = openings.map(({ fact }) => fact.key);
  const ended = await endedHeads(db, keys);
  const left = await leftGroups(db, keys);
  return openings.flatMap((opening) => {
    const { fact } = opening;
    if (opening.follows !== undefined) return [opening];
    const head = ended.get(fact.key);
    const group = left.get(fact.key);
    const endedAt = Math.max(head?.closedAt ?? 0, group?.leftAt ?? 0);
    if (endedAt === 0) return [opening];
    const severity = (group?.leftAt ?? 0) > (head?.closedAt ?? 0) ? group?.severity : head?.severity;
    if (fact.since <= endedAt && severity !== undefined && !isWorse(fact.severity, severity)) return [];
    const follows = (group?.leftAt ?? 0) > (head?.closedAt ?? 0) ? group?.incidentId : head?.filing.id;
    return [{ ...opening, follows }];
  });
}
