/** The contract, incidents with their clocks, attainment and changes of a period, as reports tell them. Pure; times of the result are Unix seconds. */
import type { Text } from '../../../agent/wire/vocabulary.ts';
import type { LifecycleEntry } from '../../../reports/facts/period.ts';
import type { Attainment, ChangeRecord, ClockRecord, Contact, Contract, IncidentRecord, Responsibility, ServiceGoal } from '../../../reports/facts/service.ts';
import { fold, type Incident } from '../../incidents/incident.ts';
import type { IncidentFile } from '../../incidents/rules.ts';
import { sameText } from '../../notify/change.ts';
import type { Customer, Contract as StoredContract } from '../../store/fleet-store.ts';
import type { PlannedWindow } from '../../store/window-store.ts';
import type { ClockName, ClockState } from '../../support/clock.ts';
import { clocksOf } from '../../support/clocks.ts';
import type { ClockTerms, SupportTerms } from '../../support/terms.ts';
import { compare } from './inspected.ts';
import { closureWords, timelineOf } from './timeline-words.ts';

const MINUTE_MS = 60_000;
/** How the reports call the clocks; others keep their names. */
const CLOCK_NAMES: Readonly<Partial<Record<ClockName, string>>> = { respond: 'response', 'call-back': 'callback', 'action-plan': 'plan', resolve: 'resolution' };
function clockName(clock: ClockName): string {
  return CLOCK_NAMES[clock] ?? clock;
}
function seconds(at: number): number {
  return Math.round(at / 1_000);
}
function optionalSeconds(at: number | undefined): number | undefined {
  return at === undefined ? undefined : seconds(at);
}

/** What was agreed, for the cover and the table of times. */
export function contractOf(terms: SupportTerms, stored: StoredContract | undefined, customer: Customer): Contract {
  const { policy, tierId, zone, levels } = terms;
  const tier = policy.tiers[tierId];
  return {
    ...(stored && { number: stored.id.slice(0, 8), from: seconds(stored.startsAt), ...(stored.endsAt !== null && { until: seconds(stored.endsAt) }) }),
    policy: policy.name,
    policyId: terms.ref,
    ...(tier && { tier: tier.name }),
    source: policy.source.document,
    zone,
    contacts: contactsOf(customer),
    services: (tier?.services ?? []).map(({ text, every, included }) => ({ text, every, included })),
    goals: [...levels.values()].flatMap(({ level, label, clocks }) =>
      Object.values(clocks).map((clock): ServiceGoal => ({ level, levelLabel: label, clock: clockName(clock.clock), goal: goalWords(clock) })),
    ),
    exclusions: policy.exclusions,
  };
}
const ROLE_WORDS: Readonly<Record<string, Text>> = {
  customer: { zh: '客户联系人', en: 'Customer contact' },
  'customer-representative': { zh: '客户服务代表', en: 'Customer service representative' },
  'primary-administrator': { zh: '主管理员', en: 'Primary administrator' },
  'backup-administrator': { zh: '备份管理员', en: 'Backup administrator' },
  report: { zh: '报告接收人', en: 'Report recipient' },
};
function contactsOf({ contacts }: Customer): readonly Contact[] {
  return Object.entries(contacts).flatMap(([role, mails]) => mails.map((mail): Contact => ({ role: ROLE_WORDS[role] ?? sameText(role), mail })));
}
function goalWords({ aim, coverage }: ClockTerms): Text {
  if (!aim) return { zh: '不约定时限', en: 'no time agreed' };
  if (aim.unit === 'working-days')
    return { zh: `${aim.amount} 个工作日，${hoursWords(coverage.zh)}`, en: `${aim.amount} working day${aim.amount === 1 ? '' : 's'}, ${coverage.en}` };
  const minutes = Math.round(aim.amount / MINUTE_MS);
  const [zh, en] = minutes % 60 === 0 ? [`${minutes / 60} 小时`, `${minutes / 60} h`] : [`${minutes} 分钟`, `${minutes} min`];
  return { zh: `${zh}，${hoursWords(coverage.zh)}`, en: `${en}, ${coverage.en}` };
}
/** Policies write 7*24 as it is typed. */
function hoursWords(coverage: string): string {
  return coverage.replace(/(?<=\d)\*(?=\d)/g, '×');
}
export function responsibilitiesOf({ policy }: SupportTerms): readonly Responsibility[] {
  return policy.responsibilities.map(({ text, vendor, customer }) => ({ text, provider: vendor, customer }));
}
/** Products whose dates the contract's own document gives. */
export function policyLifecycles({ policy }: SupportTerms, asOf: number): readonly LifecycleEntry[] {
  return policy.lifecycle.map(({ product, dates }) => {
    const end = dates.EOS ?? dates.EOFS ?? dates.EOM ?? dates.EOP;
    return {
      product,
      version: '',
      inUse: 0,
      endOfSupportAt: end === undefined ? undefined : Date.parse(`${end}T23:59:59Z`) / 1_000 - 59,
      source: policy.source.document,
      sourceAt: asOf,
    };
  });
}

/** What an incident's record is made with. */
export interface RecordContext {
  readonly terms: SupportTerms;
  /** Milliseconds: what came later is not told. */
  readonly to: number;
  readonly titleOf: (rule: string) => Text | undefined;
}

/** As it stood at the end of the period; `undefined` when it had not begun. */
export function incidentRecord(
  { filing, events: all }: IncidentFile,
  { terms, to, titleOf }: RecordContext,
): { readonly record: IncidentRecord; readonly clocks: readonly ClockState[]; readonly incident: Incident } | undefined {
  const events = all.filter(({ at }) => at < to);
  if (events.length === 0) return undefined;
  const incident = fold(events);
  const label = (level: number): Text => terms.levels.get(level as Incident['level'])?.label ?? sameText(String(level));
  const clocks = clocksOf(terms, events, to);
  const { source, rule, title, scope, closure } = incident;
  const record: IncidentRecord = {
    number: `#${filing.number}`,
    level: incident.level,
    levelLabel: label(incident.level),
    severity: incident.severity,
    source: source === 'person' ? (events[0]?.actor.kind === 'user' ? 'support' : 'customer') : source === 'api' || source === 'alertmanager' ? 'api' : 'monitoring',
    ...(source !== 'person' && { rule }),
    title: title === undefined ? (titleOf(rule) ?? sameText(rule)) : sameText(title),
    ...(scope && { scope }),
    state: incident.state,
    openedAt: seconds(incident.openedAt),
    acknowledgedAt: optionalSeconds(incident.acknowledgedAt),
    resolvedAt: optionalSeconds(incident.resolvedAt),
    closedAt: optionalSeconds(incident.closedAt),
    assignee: incident.assignee?.name,
    clocks: [...Map.groupBy(clocks, ({ clock }) => clock)].flatMap(([clock, own]) => (clock === 'update' ? updateRecord(own, events) : own.flatMap(clockRecord))),
    timeline: timelineOf(events, label),
    ...(closure !== undefined && { closure: closureWords(closure, events.findLast(({ body }) => body.kind === 'closed')?.actor) }),
  };
  return { record, clocks, incident };
}
function clockRecord({ clock, state, dueAt, stoppedAt, elapsedMs, goalMs }: ClockState): ClockRecord[] {
  if (state === 'waiting') return [];
  return [
    {
      clock: clockName(clock),
      state,
      dueAt: optionalSeconds(dueAt),
      ...(stoppedAt !== undefined && { stoppedAt: seconds(stoppedAt) }),
      takenSeconds: seconds(elapsedMs),
      ...(goalMs > 0 && { goalSeconds: seconds(goalMs) }),
    },
  ];
}

/** Updates fall due again and again: the longest wait for one stands for all, first that which was too long, then the one that still runs. */
function updateRecord(clocks: readonly ClockState[], events: IncidentFile['events']): ClockRecord[] {
  const waits = clocks.filter(({ state }) => state !== 'waiting' && state !== 'cancelled').toSorted((one, other) => other.elapsedMs - one.elapsedMs);
  const [longest] = waits;
  const told = waits.find(({ state }) => state === 'breached') ?? waits.find(({ state }) => state === 'running' || state === 'paused') ?? longest;
  if (!told || !longest) return [];
  const updates = events.filter(({ body }) => body.kind === 'contact' && body.contact === 'status-update').length;
  return clockRecord(told).map((record) => ({ ...record, takenSeconds: seconds(longest.elapsedMs), updates }));
}

function decidedAt({ clock, state, stoppedAt, breachedAt }: ClockState, { resolvedAt }: IncidentRecord): number | undefined {
  if (state === 'breached') return breachedAt;
  // The wait that recovery ended in time was not kept by telling anybody.
  const isRecovery = clock === 'update' && stoppedAt !== undefined && seconds(stoppedAt) === resolvedAt;
  return state === 'met' && !isRecovery ? stoppedAt : undefined;
}
/** Targets that were decided in the period: met, or overrun for the first time. One that still runs counts in neither. */
export function attainmentOf(
  incidents: readonly { readonly record: IncidentRecord; readonly clocks: readonly ClockState[] }[],
  { from, to }: { readonly from: number; readonly to: number },
): readonly Attainment[] {
  const table = new Map<string, { level: number; levelLabel: Text; clock: string; met: number; total: number }>();
  for (const { record, clocks } of incidents)
    for (const [clock, cycles] of Map.groupBy(clocks, (state) => state.clock)) {
      // However often an incident's clock ran, as its row in the list it is one target: kept, or missed once.
      const decided = cycles.filter((state) => {
        const at = decidedAt(state, record);
        return at !== undefined && at >= from && at < to;
      });
      if (decided.length === 0) continue;
      const key = `${record.level}|${clock}`;
      const row = table.get(key) ?? { level: record.level, levelLabel: record.levelLabel, clock: clockName(clock), met: 0, total: 0 };
      row.total += 1;
      if (decided.every(({ state }) => state === 'met')) row.met += 1;
      table.set(key, row);
    }
  return [...table.values()].toSorted((one, other) => one.level - other.level || compare(one.clock, other.clock));
}

export function changeRecord({ id, title, kind, startsAt, endsAt, scope, cancelledAt, approvedBy }: PlannedWindow, now: number): ChangeRecord {
  return {
    number: id.slice(0, 8),
    isUnnumbered: true,
    title,
    kind,
    ...(approvedBy !== undefined && { approvedBy }),
    from: seconds(startsAt),
    until: seconds(endsAt),
    ...(scope && { scope }),
    result: cancelledAt !== undefined && cancelledAt < now ? 'cancelled' : now < startsAt ? 'planned' : now < endsAt ? 'running' : 'unrecorded',
  };
}
