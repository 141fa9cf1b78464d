/** A support centre with simple rules, for tests of the incident machine: no calendar, one response clock, a closing date. */
import { randomUUID } from 'node:crypto';
import type { Signal, SignalBatch } from '../../agent/wire/signal.ts';
import type { IncidentEvent, Level } from '../../collector/incidents/event.ts';
import { createIncidentMachine, type IncidentMachine } from '../../collector/incidents/machine.ts';
import type { IncidentChange, IncidentSettings, SupportRules } from '../../collector/incidents/rules.ts';
import type { SignalOrigin } from '../../collector/incidents/signals.ts';
import type { Taken } from '../../collector/incidents/take.ts';
import type { Database } from '../../collector/store/database.ts';
import { type IncidentSummary, listIncidents } from '../../collector/store/incident-list.ts';
import type { ClockState, Duty } from '../../collector/support/clock.ts';

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;
/** 2026-12-01T00:00:00Z */
export const START = 1_796_083_200_000;
const RESPOND_MS = 30 * MINUTE;
const LEVELS: Readonly<Record<string, Level>> = { critical: 1, warning: 3, info: 4 };

function respondClock(events: readonly IncidentEvent[], now: number): ClockState | undefined {
  const [first] = events;
  if (!first) return undefined;
  const stoppedAt = events.find(({ body }) => body.kind === 'acknowledged' || body.kind === 'resolved' || body.kind === 'cancelled')?.at;
  const dueAt = first.at + RESPOND_MS;
  const breachedAt = (stoppedAt ?? now) > dueAt ? dueAt : undefined;
  const elapsedMs = (stoppedAt ?? now) - first.at;
  return {
    ...{
      clock: 'respond',
      cycle: 1,
      startedAt: first.at,
      dueAt,
      stoppedAt,
      breachedAt,
      goalMs: RESPOND_MS,
      elapsedMs,
      percent: (elapsedMs / RESPOND_MS) * 100,
      provisional: false,
    },
    state: stoppedAt === undefined ? 'running' : breachedAt === undefined ? 'met' : 'breached',
    warnings: [],
    segments: [],
    counted: [],
  };
}

export const SIMPLE_RULES: SupportRules = {
  ref: 'test/simple@1',
  levelFor: ({ kind, severity }) => (kind === 'problem' ? 4 : (LEVELS[severity] ?? 5)),
  clocksOf: (events, now) => [respondClock(events, now) ?? []].flat(),
  dutiesOf: (events, now) => {
    const clock = respondClock(events, now);
    if (clock?.state !== 'running') return [];
    return [50, 100].map(
      (percent): Duty => ({
        key: `respond:1:${percent}`,
        dueAt: clock.startedAt + (RESPOND_MS * percent) / 100,
        body: { kind: 'clock', clock: 'respond', percent, dueAt: clock.startedAt + (RESPOND_MS * percent) / 100, late: false },
        tell: ['support'],
        rule: 'clock.respond',
      }),
    );
  },
  reopenWindowMs: 7 * DAY,
  autoResolve: true,
  closeAfterMs: 14 * DAY,
  changeNoticeMs: 28 * DAY,
};

export interface Site {
  readonly machine: IncidentMachine;
  readonly database: Database;
  readonly customerId: string;
  readonly clusterId: string;
  readonly changes: IncidentChange[];
  /** One payload, as the ingest takes it. */
  readonly send: (signals: readonly Signal[], now: number, options?: Partial<SignalOrigin> & { readonly complete?: boolean; readonly at?: number }) => Promise<Taken>;
  /** Heartbeat. */
  readonly alive: (now: number, agent?: string) => Promise<void>;
  readonly tick: (now: number) => Promise<void>;
  readonly all: (now?: number) => Promise<readonly IncidentSummary[]>;
  readonly active: () => Promise<readonly IncidentSummary[]>;
  readonly events: (id: string) => Promise<readonly IncidentEvent[]>;
}

export const AGENT = 'a'.repeat(32);

/** A customer with one cluster of its own in the database. */
export async function siteOn(
  database: Database,
  options: { readonly rules?: Partial<SupportRules>; readonly settings?: Partial<IncidentSettings>; readonly share?: Site } = {},
): Promise<Site> {
  const customerId = options.share?.customerId ?? randomUUID();
  const clusterId = options.share?.clusterId ?? randomUUID();
  if (!options.share) {
    await database.db.insertInto('customers').values({ id: customerId, name: '客户', zone: 'Asia/Shanghai', locale: 'zh', contacts: '{}', demo: 0, created_at: START }).execute();
    await database.db
      .insertInto('clusters')
      .values({ id: clusterId, customer_id: customerId, contract_id: null, name: 'prod', kind: 'kubernetes', zone: null, created_at: START })
      .execute();
  }
  const changes: IncidentChange[] = [];
  const rules = { ...SIMPLE_RULES, ...options.rules };
  const machine = createIncidentMachine(database, {
    rulesFor: () => Promise.resolve({ rules, contractId: null }),
    onChange: (_db, change) => {
      changes.push(change);
      return Promise.resolve();
    },
    ...(options.settings && { settings: options.settings }),
  });
  const all = async (now = START): Promise<readonly IncidentSummary[]> => {
    const items: IncidentSummary[] = [];
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = await listIncidents(database.db, [customerId], {}, { now, cursor, limit: 200 });
      items.push(...page.items);
      cursor = page.next;
    }
    return items;
  };
  return {
    ...{ machine, database, customerId, clusterId, changes, all },
    send: (signals, now, { complete = false, at = Math.floor(now / 1_000), ...origin } = {}) => {
      const batch: SignalBatch = { at, complete, signals };
      return database.transaction((db) => machine.applySignals(db, { customerId, clusterId, agent: AGENT, epoch: 0, ...origin }, batch, now));
    },
    alive: async (now, agent = AGENT) => {
      await database.db
        .insertInto('agents')
        .values({ cluster_id: clusterId, agent, role: 'node', node: 'node-1', version: '0.1.0', boot: 'b', epoch: 0, first_seen_at: now, last_seen_at: now, heartbeat_seconds: 60 })
        .onConflict((conflict) => conflict.columns(['cluster_id', 'agent']).doUpdateSet({ last_seen_at: now }))
        .execute();
    },
    tick: async (now) => {
      for (let round = 0; round < 20; round += 1) if ((await machine.runTimers(now, { by: 'test', onError: rethrow })).fired === 0) return;
    },
    active: async () => (await all()).filter(({ state }) => state !== 'closed' && state !== 'cancelled'),
    events: async (id) => (await machine.detail('all', id, { now: START, internal: true })).events,
  };
}

/** Rows in an order that does not depend on how they came about. */
export function inOrder<T>(rows: readonly T[]): T[] {
  return rows.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

function rethrow(error: unknown): void {
  throw error;
}

/** A signal of a disk that is full, seen at `now` (milliseconds). */
export function signalOf(state: Signal['state'], now: number, changes: Partial<Signal> = {}): Signal {
  const at = Math.floor(now / 1_000);
  return {
    ...{ check: 'disk-space-low', area: 'disk', severity: 'critical', scope: { kind: 'Mount', node: 'node-1', name: '/var' }, observed: 96, threshold: 90, unit: 'percent' },
    ...{ state, since: at, at, flapping: false, maintenance: false },
    ...changes,
  };
}
