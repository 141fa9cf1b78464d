/** An incident's clocks, folded from its events and from nothing else: computed anew, they say the same, and can be explained. */
import type { IncidentEvent } from '../incidents/event.ts';
import { CLOCKS, type ClockState } from './clock.ts';
import { type Cycle, historyOf } from './cycles.ts';
import { type Marks, measure, type Pause, type Run, reach } from './progress.ts';
import type { ClockTerms, SupportTerms } from './terms.ts';
import { type Timeline, timelineOf } from './timeline.ts';

/** A state with the cycle behind it, for duties. */
export interface RunningClock {
  readonly state: ClockState;
  readonly cycle?: Cycle | undefined;
}

/**
 * Every cycle of every clock that the contract has for this incident, by clock and cycle. A new level counts from the first start
 * with all pauses; what had stopped before keeps the level it stopped at. Nothing without an `opened`. Events after `now` do not count.
 */
export function clocksOf(terms: SupportTerms, events: readonly IncidentEvent[], now: number): ClockState[] {
  const timeline = timelineOf(events, now);
  return timeline ? runningClocks(terms, timeline, now).map(({ state }) => state) : [];
}

export function runningClocks(terms: SupportTerms, timeline: Timeline, now: number): RunningClock[] {
  return CLOCKS.flatMap((clock) => {
    const { cycles, waiting } = historyOf(terms, timeline, clock);
    const run = cycles.map((cycle, index): RunningClock => ({ state: stateOf(cycle, index + 1, timeline, now), cycle }));
    return waiting ? [...run, { state: waitingState(waiting, cycles.length + 1, timeline) }] : run;
  });
}

function waitingState(terms: ClockTerms, cycle: number, { openedAt }: Timeline): ClockState {
  return {
    clock: terms.clock,
    state: 'waiting',
    cycle,
    startedAt: openedAt,
    dueAt: undefined,
    stoppedAt: undefined,
    breachedAt: undefined,
    goalMs: usualGoalMs(terms),
    elapsedMs: 0,
    percent: 0,
    provisional: false,
    warnings: [],
    segments: [],
    counted: [],
  };
}

function stateOf(cycle: Cycle, number: number, timeline: Timeline, now: number): ClockState {
  const { terms, startedAt, stoppedAt } = cycle;
  const run: Run = { calendar: terms.calendar, unit: terms.aim?.unit ?? 'milliseconds', from: startedAt, pauses: pausesOf(cycle, timeline) };
  const until = Math.max(startedAt, stoppedAt ?? now);
  const passed = measure(run, until);
  const base = { clock: terms.clock, cycle: number, startedAt, stoppedAt, elapsedMs: passed.countedMs, counted: passed.segments, state: plainState(cycle, run.pauses, now) };
  if (!terms.aim) return { ...base, dueAt: undefined, breachedAt: undefined, goalMs: 0, percent: 0, provisional: false, warnings: [], segments: passed.segments };
  const { amount } = terms.aim;
  const percents = [...new Set([...terms.warn, 100])].sort((a, b) => a - b);
  const marks = reach(
    run,
    percents.map((percent) => (amount * percent) / 100),
  );
  const dueAt = marks.at[percents.indexOf(100)];
  const late =
    dueAt !== undefined && until > dueAt ? { state: 'breached' as const, breachedAt: Math.max(dueAt, Math.min(until, cycle.releveledAt ?? dueAt)) } : { breachedAt: undefined };
  return {
    ...base,
    ...late,
    dueAt,
    goalMs: dueAt === undefined ? usualGoalMs(terms) : marks.countedMs,
    percent: (passed.progress / amount) * 100,
    provisional: marks.provisional || passed.provisional,
    warnings: percents.flatMap((percent, index) => warningAt(marks, index, percent)),
    segments: stoppedAt === undefined && dueAt !== undefined ? marks.segments : passed.segments,
  };
}

/** The state as long as no time is overrun. */
function plainState({ stoppedAt, isMoot }: Cycle, pauses: readonly Pause[], now: number): ClockState['state'] {
  if (stoppedAt !== undefined) return isMoot ? 'cancelled' : 'met';
  return pauses.some(({ from, to }) => from <= now && to === undefined) ? 'paused' : 'running';
}

function warningAt({ at }: Marks, index: number, percent: number): { percent: number; at: number }[] {
  const moment = at[index];
  return moment === undefined ? [] : [{ percent, at: moment }];
}

/** The waits that stop this clock; what waits after it has stopped moves nothing. */
function pausesOf({ terms, stoppedAt = Number.POSITIVE_INFINITY }: Cycle, { waits }: Timeline): Pause[] {
  return waits.filter(({ reason, from }) => terms.pause.includes(reason) && from < stoppedAt);
}

/** Length of a goal on ordinary days. */
function usualGoalMs({ aim, calendar }: ClockTerms): number {
  if (!aim) return 0;
  return aim.unit === 'milliseconds' ? aim.amount : aim.amount * calendar.usualDayMs;
}
