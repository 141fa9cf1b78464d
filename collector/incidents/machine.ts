/** The incident machine as the rest of the collector uses it: one object, bound to a database and a contract desk. */
import { randomUUID } from 'node:crypto';
import type { SignalBatch } from '../../agent/wire/signal.ts';
import type { Visibility } from '../access/visibility.ts';
import type { Database, Db } from '../store/database.ts';
import { type IncidentFilter, type IncidentPage, listIncidents } from '../store/incident-list.ts';
import { activeIds, loadIncident } from '../store/incident-store.ts';
import { pruneSignals } from '../store/signal-store.ts';
import { nextTimerAt } from '../store/timer-store.ts';
import type { PlannedWindow } from '../store/window-store.ts';
import { type AlertSender, type AlertsTaken, receiveAlerts } from './alertmanager.ts';
import { type Explanation, explainIncident, type IncidentDetail, incidentDetail } from './detail.ts';
import type { Actor } from './event.ts';
import { recompute } from './ledger.ts';
import { type CommandRequest, command, type OpenRequest, openRequest } from './requests.ts';
import { type Desk, INCIDENT_DEFAULTS, type IncidentFile, type IncidentSettings, type OnChange, type RulesFor } from './rules.ts';
import { type AgentIdentity, agentBack, agentSilent, applySignals, type SignalOrigin } from './signals.ts';
import { applySiteIncidents } from './site-incidents.ts';
import type { Taken } from './take.ts';
import { runTimers, type TimerOptions, type TimerRun } from './timers.ts';
import { planWindow, type WindowRequest, withdrawWindow } from './windows.ts';

export interface IncidentMachine {
  /** In the caller's transaction, which acknowledges the batch. */
  readonly applySignals: (db: Db, origin: SignalOrigin, batch: SignalBatch, now: number) => Promise<Taken>;
  /** In the caller's transaction, which sets or clears the agent's `silent_since`. */
  readonly agentSilent: (db: Db, agent: AgentIdentity, now: number) => Promise<Taken>;
  readonly agentBack: (db: Db, agent: AgentIdentity, now: number) => Promise<Taken>;
  readonly receiveAlerts: (sender: AlertSender, body: unknown, now: number) => Promise<AlertsTaken>;
  readonly open: (request: OpenRequest, actor: Actor, now: number) => Promise<{ readonly file: IncidentFile; readonly isNew: boolean }>;
  readonly command: (request: CommandRequest, now: number) => Promise<IncidentFile>;
  readonly planWindow: (request: WindowRequest, actor: Actor, now: number) => Promise<PlannedWindow>;
  readonly withdrawWindow: (visibility: Visibility, id: string, actor: Actor, now: number) => Promise<void>;
  readonly list: (visibility: Visibility, filter: IncidentFilter, options: Parameters<typeof listIncidents>[3]) => Promise<IncidentPage>;
  readonly detail: (visibility: Visibility, id: string | number, options: { readonly now: number; readonly internal: boolean }) => Promise<IncidentDetail>;
  readonly explain: (visibility: Visibility, id: string, now: number, internal?: boolean) => Promise<Explanation>;
  /** Call every 15 s at least. */
  readonly runTimers: (now: number, options: TimerOptions) => Promise<TimerRun>;
  readonly nextTimerAt: () => Promise<number | undefined>;
  /** After a change of calendars, policies or contracts, of one customer or of all. @returns incidents looked at */
  readonly recomputeAll: (now: number, customerId?: string) => Promise<number>;
  /** Forgets identities that have been clear for this long. */
  readonly prune: (before: number) => Promise<number>;
}

export function createIncidentMachine(
  database: Database,
  parts: { readonly rulesFor: RulesFor; readonly onChange: OnChange; readonly settings?: Partial<IncidentSettings>; readonly newId?: () => string },
): IncidentMachine {
  const desk: Desk = {
    engine: database.engine,
    rulesFor: parts.rulesFor,
    onChange: parts.onChange,
    settings: { ...INCIDENT_DEFAULTS, ...parts.settings },
    newId: parts.newId ?? randomUUID,
  };
  return {
    applySignals: (db, origin, batch, now) =>
      batch.incidents === undefined ? applySignals(desk, db, origin, batch, now) : applySiteIncidents(desk, db, origin, batch.incidents, now),
    agentSilent: (db, agent, now) => agentSilent(desk, db, agent, now),
    agentBack: (db, agent, now) => agentBack(desk, db, agent, now),
    receiveAlerts: (sender, body, now) => database.transaction((db) => receiveAlerts(desk, db, sender, body, now)),
    open: (request, actor, now) => database.transaction((db) => openRequest(desk, db, request, actor, now)),
    command: (request, now) => database.transaction((db) => command(desk, db, request, now)),
    planWindow: (request, actor, now) => database.transaction((db) => planWindow(desk, db, request, actor, now)),
    withdrawWindow: (visibility, id, actor, now) => database.transaction((db) => withdrawWindow(desk, db, visibility, id, actor, now)),
    list: (visibility, filter, options) => listIncidents(database.db, visibility, filter, options),
    detail: (visibility, id, options) => incidentDetail(desk, database.db, visibility, id, options),
    explain: (visibility, id, now, internal) => explainIncident(desk, database.db, visibility, id, now, internal),
    runTimers: (now, options) => runTimers(desk, database, now, options),
    nextTimerAt: () => nextTimerAt(database.db),
    recomputeAll: (now, customerId) => recomputeAll(desk, database, now, customerId),
    prune: (before) => pruneSignals(database.db, before),
  };
}

async function recomputeAll(desk: Desk, database: Database, now: number, customerId: string | undefined): Promise<number> {
  let count = 0;
  for (let after = ''; ; ) {
    const ids = await activeIds(database.db, after, customerId);
    for (const id of ids) {
      await database.transaction(async (db) => {
        const file = await loadIncident(db, id);
        if (file) await recompute(desk, db, file, now);
      });
    }
    count += ids.length;
    const last = ids.at(-1);
    if (last === undefined) return count;
    after = last;
  }
}
