/** What the contract makes happen by itself: warnings, breaches, escalations, status updates, closures, levels that change, notices. */
import type { EventBody, IncidentEvent, Level } from '../incidents/event.ts';
import type { Audience, ClockState, Duty } from './clock.ts';
import { type RunningClock, runningClocks } from './clocks.ts';
import { closingDateOf } from './closing.ts';
import { durationMs } from './goal.ts';
import type { SupportTerms } from './terms.ts';
import { type Timeline, timelineOf } from './timeline.ts';

/** A threshold that is recorded later than this was missed by the collector (timers look every 15 s). */
const LATE_MS = 60_000;
/** Everybody must be told before the time is over, not when it is. */
const NOTIFY_PERCENT = 90;

/**
 * Duties that are still to be done, overdue ones included, by due time. They hold as things stand: every new event makes new ones.
 * Keys are the same for the same duty at every call.
 */
export function dutiesOf(terms: SupportTerms, events: readonly IncidentEvent[], now: number): Duty[] {
  const timeline = timelineOf(events, now);
  const level = timeline?.levels.at(-1);
  if (!timeline || !level || timeline.isEnded) return [];
  const clocks = runningClocks(terms, timeline, now);
  const open =
    timeline.isLive && !timeline.isSuppressed
      ? [...escalations(terms, timeline), ...statusUpdates(terms, level.level, clocks, now), ...reclassifications(terms, timeline, level.level)]
      : [];
  const duties = [...clocks.flatMap((clock) => thresholds(terms, timeline, clock, now)), ...notices(timeline, clocks), ...open, ...closures(terms, timeline, level.level)];
  return duties.sort((a, b) => a.dueAt - b.dueAt || a.key.localeCompare(b.key));
}

/**
 * Thresholds of a running clock. Those that a new level made overdue at one stroke are told once, by the highest: nobody needs four
 * messages about one decision.
 */
function thresholds(terms: SupportTerms, timeline: Timeline, { state, cycle }: RunningClock, now: number): Duty[] {
  const { clock, dueAt } = state;
  if (!cycle || state.stoppedAt !== undefined || !isRunning(state)) return [];
  const done = timeline.thresholds.filter((one) => one.clock === clock && one.version > cycle.sinceVersion).map(({ percent }) => percent);
  const { releveledAt } = cycle;
  const atOnce = releveledAt === undefined ? [] : state.warnings.filter(({ at }) => at <= releveledAt).map(({ percent }) => percent);
  const highest = Math.max(0, ...atOnce);
  return state.warnings
    .filter(({ percent }) => !done.includes(percent) && (percent >= highest || !atOnce.includes(percent)) && !done.some((one) => one > percent))
    .map(({ percent, at }): Duty => {
      const due = releveledAt !== undefined && at < releveledAt ? releveledAt : at;
      const body: EventBody = { kind: 'clock', clock, percent, dueAt: dueAt ?? at, late: now - due > LATE_MS };
      return {
        key: `clock:${clock}:${state.cycle}:${cycle.level}@${cycle.sinceVersion}:${percent}`,
        dueAt: due,
        body,
        tell: audienceAt(terms, percent),
        rule: `clock.${clock}.${percent}`,
      };
    });
}

function isRunning({ state }: ClockState): boolean {
  return state === 'running' || state === 'paused' || state === 'breached';
}

/** Whom the policy tells at this share of the time: those of the highest mark that is not above it. */
function audienceAt({ policy: { warnings } }: SupportTerms, percent: number): readonly Audience[] {
  return warnings.findLast((one) => one.percent <= percent)?.tell ?? warnings[0]?.tell ?? [];
}

/** One duty a step and a person, from the moment the level holds. */
function escalations({ policy }: SupportTerms, timeline: Timeline): Duty[] {
  const span = timeline.levels.at(-1);
  if (!span) return [];
  return policy.escalation
    .filter(({ levels }) => levels.includes(span.level))
    .flatMap(({ step, after, to }) =>
      to
        .filter((whom) => !timeline.escalations.some((one) => one.version > span.version && one.step === step && one.to === whom))
        .map(
          (whom): Duty => ({
            key: `escalate:${span.level}@${span.version}:${step}:${whom}`,
            dueAt: span.from + durationMs(after),
            body: { kind: 'escalated', step, to: whom },
            tell: [whom],
            rule: `escalation.level-${span.level}`,
          }),
        ),
    );
}

/** Status falls due at the pace of the update clock, and again at every pace that is missed. The latest missed one and the next. */
function statusUpdates({ policy, levels }: SupportTerms, level: Level, clocks: readonly RunningClock[], now: number): Duty[] {
  const { status } = policy;
  const running = clocks.find(({ state }) => state.clock === 'update' && state.stoppedAt === undefined && state.dueAt !== undefined && state.state !== 'waiting')?.state;
  const paceMs = levels.get(level)?.clocks.update?.aim?.amount;
  if (!status?.levels.includes(level) || running?.dueAt === undefined || paceMs === undefined) return [];
  const first = running.dueAt;
  const missed = Math.floor((now - first) / paceMs);
  const turns = missed < 0 ? [0] : [missed, missed + 1];
  return turns.map((turn) => ({ key: `status:${running.cycle}:${turn + 1}`, dueAt: first + turn * paceMs, tell: status.tell, rule: `status.level-${level}` }));
}

/** Without access within the agreed time a disaster cannot be treated as one. */
function reclassifications({ policy: { access } }: SupportTerms, { accessRequestedAt, levels }: Timeline, level: Level): Duty[] {
  if (!access || accessRequestedAt === undefined || level !== access.from) return [];
  return [
    {
      key: `no-access:${level}@${levels.at(-1)?.version ?? 0}:${accessRequestedAt}`,
      // Whoever raises the level again grants the time again.
      dueAt: Math.max(accessRequestedAt, levels.at(-1)?.from ?? 0) + durationMs(access.within),
      body: { kind: 'releveled', from: access.from, to: access.to, reason: 'no-access' },
      tell: access.tell,
      rule: `access.level-${access.from}`,
    },
  ];
}

/** The rule that every fault and alert is notified in time: done by itself, shortly before. */
function notices(timeline: Timeline, clocks: readonly RunningClock[]): Duty[] {
  const running = clocks.find(({ state }) => state.clock === 'notify' && state.stoppedAt === undefined && isRunning(state))?.state;
  if (running?.dueAt === undefined) return [];
  const { startedAt, dueAt } = running;
  const at = Math.max(timeline.openedAt, Math.round(startedAt + ((dueAt - startedAt) * NOTIFY_PERCENT) / 100));
  return [{ key: `notify:${running.cycle}`, dueAt: at, body: { kind: 'contact', contact: 'notified' }, tell: ['support'], rule: 'notification' }];
}

function closures(terms: SupportTerms, timeline: Timeline, level: Level): Duty[] {
  const date = closingDateOf(terms, timeline, level);
  if (!date) return [];
  return [{ key: `close:${date.rule}:${date.sinceAt}`, dueAt: date.dueAt, body: date.body, tell: ['customer', 'support'], rule: date.rule }];
}
