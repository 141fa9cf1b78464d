/** Runs what has fallen due. Any number of collectors may run it at once, and after any downtime: each duty has its effect once. */
import type { Database, Db } from '../store/database.ts';
import { childrenOf, loadIncident, lockSubject } from '../store/incident-store.ts';
import { countMembers } from '../store/member-store.ts';
import { agentLife, knownSignals } from '../store/signal-store.ts';
import { type ClaimedTimer, claimTimers, finishTimer, postponeTimer } from '../store/timer-store.ts';
import { openWindows, windowById } from '../store/window-store.ts';
import { CLOSING, FLAP_REMINDER, FLAP_SETTLED, OBSERVED, WINDOW_ENDED } from './duties.ts';
import type { EventBody } from './event.ts';
import { groupState } from './group.ts';
import { append, hasEnded, rulesOf, SYSTEM } from './ledger.ts';
import { FLAP_WINDOW_MS } from './observe.ts';
import type { Desk, IncidentFile } from './rules.ts';
import { releaseChildren } from './signals.ts';
import { windowOver } from './windows.ts';

export interface TimerRun {
  readonly fired: number;
  /** Of them, those that nobody was there for when they fell due. */
  readonly late: number;
  /** Rolled back; tried again when the claim has run out. */
  readonly failed: number;
}
export interface TimerOptions {
  /** Name of this collector's process. */
  readonly by: string;
  /** How long a claim keeps others away. */
  readonly leaseMs?: number;
  readonly limit?: number;
  readonly onError?: (error: unknown, timer: ClaimedTimer) => void;
}

/** A duty that waited longer than this was missed by its moment; collectors look every 15 s at least. */
export const LATE_AFTER_MS = 60_000;

export async function runTimers(desk: Desk, database: Database, now: number, { by, leaseMs = 60_000, limit = 200, onError }: TimerOptions): Promise<TimerRun> {
  const claimed = await database.transaction((db) => claimTimers(db, database.engine, now, { by, leaseMs, limit }));
  const highest = highestPercents(claimed);
  let [fired, late, failed] = [0, 0, 0];
  for (const timer of claimed) {
    const isLate = now - timer.duty.dueAt > LATE_AFTER_MS;
    try {
      const done = await database.transaction((db) => fire(desk, db, timer, { now, isLate, isOutdone: isOutdone(timer, highest) }));
      if (done) fired += 1;
      if (done && isLate) late += 1;
    } catch (error) {
      failed += 1;
      onError?.(error, timer);
    }
  }
  return { fired, late, failed };
}

interface Moment {
  readonly now: number;
  readonly isLate: boolean;
  /** A higher threshold of the same clock is due as well: the lower one is history, not news. */
  readonly isOutdone: boolean;
}

async function fire(desk: Desk, db: Db, timer: ClaimedTimer, moment: Moment): Promise<boolean> {
  const before = await loadIncident(db, timer.incidentId);
  if (!before) return false;
  await lockSubject(db, desk.engine, before.filing.clusterId ?? before.filing.customerId);
  if (!(await finishTimer(db, timer, moment.now, moment.isLate))) return false;
  const file = (await loadIncident(db, timer.incidentId)) ?? before; // as it is now that nobody else can change it
  if (file.events.some(({ commandId }) => commandId === commandOf(timer))) return false;
  switch (timer.duty.rule) {
    case OBSERVED:
      return await observed(desk, db, timer, file, moment);
    case CLOSING:
      if ((await childrenOf(db, file.filing.id, 'unfinished')).length === 0) return await effect(desk, db, timer, file, bodiesOf(timer, moment), moment);
      await postponeTimer(db, timer, moment.now + desk.settings.observeMs);
      return false;
    case FLAP_REMINDER:
      return await effect(desk, db, timer, file, [flapSignal(file, true)], moment);
    case FLAP_SETTLED:
      return await settled(desk, db, timer, file, moment);
    case WINDOW_ENDED:
      return await effect(desk, db, timer, file, await afterWindow(desk, db, file, moment.now), moment);
    default:
      return await effect(desk, db, timer, file, bodiesOf(timer, moment), moment);
  }
}

function commandOf({ duty }: ClaimedTimer): string {
  return `timer:${duty.key}`;
}

function bodiesOf({ duty }: ClaimedTimer, { isLate }: Moment): readonly EventBody[] {
  if (!duty.body) return [];
  return [duty.body.kind === 'clock' ? { ...duty.body, late: isLate } : duty.body];
}

async function effect(desk: Desk, db: Db, timer: ClaimedTimer, file: IncidentFile, bodies: readonly EventBody[], { now, isOutdone }: Moment): Promise<boolean> {
  const { duty } = timer;
  const tell = isOutdone ? [] : duty.tell;
  if (bodies.length === 0) {
    await desk.onChange(db, { file, events: [], duty, tell });
    return true;
  }
  const after = await append(desk, db, file, bodies, { now, actor: SYSTEM, eventTime: duty.dueAt, commandId: commandOf(timer), duty, tell });
  if (hasEnded(after.incident)) await releaseChildren(desk, db, after, now);
  return true;
}

/** Resolves what stayed away while somebody was looking; else goes on looking. */
async function observed(desk: Desk, db: Db, timer: ClaimedTimer, file: IncidentFile, moment: Moment): Promise<boolean> {
  if (await isQuiet(db, file, desk.settings.observeMs)) return await effect(desk, db, timer, file, [{ kind: 'resolved', by: 'observation', code: 'cleared' }], moment);
  await postponeTimer(db, timer, moment.now + desk.settings.observeMs);
  return false;
}

async function isQuiet(db: Db, { filing, incident }: IncidentFile, observeMs: number): Promise<boolean> {
  if (incident.flapping) return false; // it settles first
  if (incident.source === 'group') {
    const { total, states } = await countMembers(db, filing.id);
    return states.clear === total;
  }
  const subject = filing.clusterId ?? filing.customerId;
  const signal = (await knownSignals(db, subject, [filing.dedupKey])).get(filing.dedupKey);
  if (signal?.state !== 'clear') return false;
  const life = await agentLife(db, subject, signal.agent);
  if (!life) return incident.source === 'alertmanager';
  if (life.isRetired && incident.source === 'agent-silent') return true; // another one has taken its place, or its machine is gone
  return life.silentSince === null && life.lastSeenAt >= (incident.recovering?.since ?? 0) + observeMs - 2 * life.heartbeatMs;
}

function flapSignal({ incident }: IncidentFile, flapping: boolean, state: 'firing' | 'clear' | 'stale' | 'inhibited' = 'firing'): EventBody {
  return { kind: 'signal', state, severity: incident.severity, flapping, late: false };
}

async function settled(desk: Desk, db: Db, timer: ClaimedTimer, file: IncidentFile, moment: Moment): Promise<boolean> {
  const { incident } = file;
  const { state, lastFlipAt, saysSo } = await restlessness(db, file);
  if (lastFlipAt + FLAP_WINDOW_MS > moment.now || saysSo) {
    await postponeTimer(db, timer, Math.max(lastFlipAt, moment.now - FLAP_WINDOW_MS / 2) + FLAP_WINDOW_MS);
    return false;
  }
  const isOver = state === 'clear' && incident.state !== 'resolved' && incident.state !== 'recovering';
  return await effect(desk, db, timer, file, [flapSignal(file, false, state), ...(isOver ? [{ kind: 'recovering' } as const] : [])], moment);
}

interface Restlessness {
  readonly state: 'firing' | 'clear' | 'stale' | 'inhibited';
  readonly lastFlipAt: number;
  /** The agent's own flap detection. */
  readonly saysSo: boolean;
}
async function restlessness(db: Db, { filing, incident }: IncidentFile): Promise<Restlessness> {
  if (incident.source === 'group') {
    const counts = await countMembers(db, filing.id);
    return { state: groupState(counts), lastFlipAt: counts.lastChangedAt, saysSo: false };
  }
  const signal = (await knownSignals(db, filing.clusterId ?? filing.customerId, [filing.dedupKey])).get(filing.dedupKey);
  return { state: signal?.state ?? 'stale', lastFlipAt: signal?.flips.at(-1) ?? 0, saysSo: signal?.flapping ?? false };
}

/** What still fires when a planned change was to be over is an outage beyond it; what that means is the contract's (DaoCloud: level 1 at once). */
async function afterWindow(desk: Desk, db: Db, file: IncidentFile, now: number): Promise<readonly EventBody[]> {
  const { filing, incident } = file;
  const scope = incident.scope ?? { kind: 'Cluster', name: '' };
  const next = (await openWindows(db, filing.customerId, filing.clusterId, now)).find((window) => windowOver(window, scope, now));
  if (next) return [{ kind: 'suppressed', by: 'maintenance', window: next.id, until: next.endsAt }];
  const ended = incident.suppressed?.window === undefined ? undefined : await windowById(db, 'all', incident.suppressed.window);
  if (ended?.kind !== 'change' || ended.cancelledAt !== undefined || incident.signalState === 'clear' || incident.levelPinned) return [{ kind: 'unsuppressed' }];
  const { source, kind, severity, rule, level } = incident;
  const to = (await rulesOf(desk, db, file)).levelFor({ source, kind, severity, rule, beyondChange: true });
  return [{ kind: 'unsuppressed' }, ...(to < level ? [{ kind: 'releveled', from: level, to, reason: 'outage-beyond-change' } as const] : [])];
}

function clockOf({ incidentId, duty }: ClaimedTimer): { readonly id: string; readonly percent: number } | undefined {
  return duty.body?.kind === 'clock' ? { id: `${incidentId} ${duty.body.clock}`, percent: duty.body.percent } : undefined;
}
function highestPercents(timers: readonly ClaimedTimer[]): ReadonlyMap<string, number> {
  const highest = new Map<string, number>();
  for (const timer of timers) {
    const clock = clockOf(timer);
    if (clock) highest.set(clock.id, Math.max(clock.percent, highest.get(clock.id) ?? 0));
  }
  return highest;
}
function isOutdone(timer: ClaimedTimer, highest: ReadonlyMap<string, number>): boolean {
  const clock = clockOf(timer);
  return clock !== undefined && clock.percent < (highest.get(clock.id) ?? 0);
}
