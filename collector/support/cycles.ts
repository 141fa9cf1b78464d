/** When one clock ran: its starts and stops among an incident's happenings. A reopening starts it again; a cadence restarts at every reset. */
import type { Level } from '../incidents/event.ts';
import type { ClockName } from './clock.ts';
import { isHereditary } from './clock-rules.ts';
import type { ClockTerms, SupportTerms } from './terms.ts';
import type { Happening, LevelSpan, Timeline } from './timeline.ts';

export interface Cycle {
  readonly terms: ClockTerms;
  readonly level: Level;
  /** Version of the event from which this level counts for it: thresholds told before it were another goal's. */
  readonly sinceVersion: number;
  /** When the level that counts was set, if later than the start: nothing could be known to be late before. */
  readonly releveledAt?: number | undefined;
  readonly startedAt: number;
  readonly stoppedAt?: number | undefined;
  /** Ended because what it measured is no longer owed. */
  readonly isMoot: boolean;
}

interface Draft {
  readonly startedAt: number;
  readonly version: number;
  stoppedAt?: number;
  /** Last version that counts towards it. */
  untilVersion: number;
  isMoot: boolean;
}

export interface ClockHistory {
  readonly cycles: readonly Cycle[];
  /** The level now has a goal for this clock, and its start has not come yet. */
  readonly waiting?: ClockTerms | undefined;
}

export function historyOf(terms: SupportTerms, timeline: Timeline, clock: ClockName): ClockHistory {
  const track = new Track(clock);
  const any = [...terms.levels.values()].map(({ clocks }) => clocks[clock]).find((one) => one !== undefined);
  for (const happening of timeline.happenings) {
    const inForce = clockAt(terms, timeline, clock, happening.version);
    if (happening.moment !== 'releveled') {
      track.take(happening, inForce ?? (isHereditary(clock) ? any : undefined), timeline.faultAt);
      if (clock === 'notify' && happening.moment === 'opened' && isToldAtOnce(terms)) track.told(happening);
    }
    if (happening.moment === 'releveled' && !isHereditary(clock) && isLiveAt(timeline, happening.version)) track.restart(happening, inForce !== undefined);
  }
  const cycles = track.drafts.flatMap((draft) => cycleOf(terms, timeline, clock, draft));
  const now = clockAt(terms, timeline, clock, Number.POSITIVE_INFINITY);
  return { cycles, waiting: now?.aim && track.isToCome && timeline.isLive ? now : undefined };
}

/** Whoever opens an incident tells support in the same transaction, where the policy says that support is told. */
function isToldAtOnce({ policy }: SupportTerms): boolean {
  return policy.notices.opened.includes('support');
}

/** Starts and stops of one clock, whatever the level. */
class Track {
  readonly drafts: Draft[] = [];
  private active: Draft | undefined;
  /** Ran, or was overtaken, since the last opening. */
  private isSpent = false;
  private readonly clock: ClockName;

  constructor(clock: ClockName) {
    this.clock = clock;
  }

  get isToCome(): boolean {
    return !this.active && !this.isSpent;
  }

  take({ at, version, moment }: Happening, rule: ClockTerms | undefined, faultAt: number): void {
    if (moment === 'reopened' || moment === 'end') {
      this.end(at, version, true);
      this.isSpent = moment === 'end';
    }
    if (!rule || moment === 'end' || moment === 'releveled') return;
    const stops = rule.stop.includes(moment);
    const resets = rule.reset.includes(moment);
    if (this.active) {
      if (stops || resets) this.end(at, version, false);
      else if (moment === 'cleared') this.end(at, version, true);
      if (resets) this.start(at, version);
    } else if (this.isSpent) return;
    else if (stops) this.isSpent = true;
    else if (rule.start.includes(moment)) this.start(this.clock === 'notify' ? faultAt : at, version);
  }

  /** What the clock measured is done: the fault is known where it has to be known. */
  told({ at, version }: Happening): void {
    this.end(at, version, false);
  }

  /** A cadence under a new level: what ran is no longer owed, what is owed runs from now. */
  restart({ at, version }: Happening, isOwed: boolean): void {
    this.end(at, version, true);
    if (isOwed) this.start(at, version);
  }

  private start(startedAt: number, version: number): void {
    this.active = { startedAt, version, untilVersion: Number.POSITIVE_INFINITY, isMoot: false };
    this.drafts.push(this.active);
    this.isSpent = true;
  }

  private end(stoppedAt: number, untilVersion: number, isMoot: boolean): void {
    if (this.active) Object.assign(this.active, { stoppedAt, untilVersion, isMoot });
    this.active = undefined;
  }
}

/** A run under the level that it ended at, or has now. */
function cycleOf(terms: SupportTerms, timeline: Timeline, clock: ClockName, draft: Draft): Cycle[] {
  const begun = spanAt(timeline, draft.version);
  const last = isHereditary(clock) ? spanAt(timeline, draft.untilVersion) : begun;
  const own = terms.levels.get(last.level)?.clocks[clock];
  if (!own) return [];
  const isLater = last.version > begun.version;
  return [
    {
      terms: own,
      level: last.level,
      sinceVersion: isLater ? last.version : draft.version,
      releveledAt: isLater ? last.from : undefined,
      startedAt: draft.startedAt,
      stoppedAt: draft.stoppedAt,
      isMoot: draft.isMoot,
    },
  ];
}

/** The clock as the level in force has it; before the first level never. */
function clockAt(terms: SupportTerms, timeline: Timeline, clock: ClockName, version: number): ClockTerms | undefined {
  return terms.levels.get(spanAt(timeline, version).level)?.clocks[clock];
}

/** The level in force once the event of that version is taken in. */
function spanAt({ levels }: Timeline, version: number): LevelSpan {
  return levels.findLast((span) => span.version <= version) ?? (levels[0] as LevelSpan);
}

/** Whether the incident was neither resolved nor over just before that version. */
function isLiveAt({ happenings }: Timeline, version: number): boolean {
  const last = happenings.findLast((one) => one.version < version && ENDS.has(one.moment));
  return last === undefined || last.moment === 'reopened';
}
const ENDS: ReadonlySet<Happening['moment']> = new Set(['resolved', 'cleared', 'end', 'reopened']);
