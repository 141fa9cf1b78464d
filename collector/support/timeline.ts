/** An incident's events, read once: levels over time, waits, and the moments that clocks and closing rules look at. */
import type { Awaited, HoldReason, IncidentEvent, Level } from '../incidents/event.ts';
import type { Moment, PauseReason } from './policy.ts';

export interface Wait {
  readonly from: number;
  readonly to?: number | undefined;
  readonly reason: PauseReason;
  readonly awaits?: Awaited | undefined;
}
export interface LevelSpan {
  readonly from: number;
  readonly level: Level;
  /** Version of the event that brought it. */
  readonly version: number;
}
/** One thing that happened, in order. `end`: after it no clock runs until a reopening. */
export interface Happening {
  readonly at: number;
  readonly version: number;
  readonly moment: Moment | 'releveled' | 'end';
}
export interface DoneThreshold {
  readonly version: number;
  readonly clock: string;
  readonly percent: number;
}

export interface Timeline {
  readonly openedAt: number;
  /** When the fault began at the site; never later than `openedAt`. */
  readonly faultAt: number;
  readonly levels: readonly LevelSpan[];
  readonly waits: readonly Wait[];
  readonly happenings: readonly Happening[];
  readonly thresholds: readonly DoneThreshold[];
  readonly escalations: readonly { readonly version: number; readonly step: number; readonly to: string }[];
  readonly isSuppressed: boolean;
  /** Neither resolved nor closed nor cancelled. */
  readonly isLive: boolean;
  readonly isEnded: boolean;
  /** Since when the customer's agreement is awaited after a person's solution. */
  readonly solutionAt?: number | undefined;
  /** Since when an incident is resolved by observation alone. */
  readonly clearedAt?: number | undefined;
  readonly informationRequestedAt?: number | undefined;
  readonly accessRequestedAt?: number | undefined;
}

/** A site's clock that is wrong by more than this is not believed. */
const MAX_DELAY_MS = 30 * 86_400_000;

type Draft = { -readonly [K in keyof Timeline]: Timeline[K] } & {
  levels: LevelSpan[];
  waits: Wait[];
  happenings: Happening[];
  thresholds: DoneThreshold[];
  escalations: { version: number; step: number; to: string }[];
};

/** Folds the events up to `now`; nothing without an `opened`. Events may come in any order; a time before its predecessor's counts as that. */
export function timelineOf(events: readonly IncidentEvent[], now: number): Timeline | undefined {
  let draft: Draft | undefined;
  let at = Number.NEGATIVE_INFINITY;
  for (const event of [...events].sort((a, b) => a.version - b.version)) {
    if (event.at > now) break;
    at = Math.max(at, event.at);
    if (event.body.kind === 'opened') draft ??= begin(event, event.body.level, at);
    else if (draft) apply(draft, event, at);
  }
  return draft;
}

function begin({ version, eventTime }: IncidentEvent, level: Level, at: number): Draft {
  return {
    openedAt: at,
    faultAt: eventTime === undefined ? at : Math.min(at, Math.max(eventTime, at - MAX_DELAY_MS)),
    levels: [{ from: at, level, version }],
    waits: [],
    happenings: [{ at, version, moment: 'opened' }],
    thresholds: [],
    escalations: [],
    isSuppressed: false,
    isLive: true,
    isEnded: false,
  };
}

/** Moments that end what the customer was asked for. */
function answered(draft: Draft): void {
  draft.solutionAt = undefined;
  draft.clearedAt = undefined;
  draft.informationRequestedAt = undefined;
  draft.accessRequestedAt = undefined;
}

function apply(draft: Draft, { version, body }: IncidentEvent, at: number): void {
  const happened = (moment: Happening['moment']): number => draft.happenings.push({ at, version, moment });
  switch (body.kind) {
    case 'acknowledged':
    case 'started':
      happened(body.kind);
      break;
    case 'held':
      hold(draft, at, body.reason, body.awaits);
      break;
    case 'resumed':
      endWaits(draft, at, (reason) => reason !== 'suppressed');
      answered(draft);
      break;
    case 'relapsed':
      draft.solutionAt = undefined;
      draft.clearedAt = undefined;
      break;
    case 'resolved':
      endWaits(draft, at, (reason) => reason !== 'suppressed');
      draft.informationRequestedAt = undefined;
      draft.accessRequestedAt = undefined;
      draft.isLive = false;
      if (body.by === 'person') draft.solutionAt ??= at;
      else if (draft.solutionAt === undefined) draft.clearedAt ??= at;
      happened(body.by === 'person' ? 'resolved' : 'cleared');
      break;
    case 'reopened':
      answered(draft);
      draft.isLive = true;
      draft.isEnded = false;
      happened('reopened');
      break;
    case 'closed':
    case 'cancelled':
      endWaits(draft, at, () => true);
      answered(draft);
      draft.isLive = false;
      draft.isEnded = true;
      happened('end');
      break;
    case 'suppressed':
      if (!draft.isSuppressed) draft.waits.push({ from: at, reason: 'suppressed' });
      draft.isSuppressed = true;
      break;
    case 'unsuppressed':
      draft.isSuppressed = false;
      endWaits(draft, at, (reason) => reason === 'suppressed');
      break;
    case 'releveled':
      draft.levels.push({ from: at, level: body.to, version });
      happened('releveled');
      break;
    case 'escalated':
      draft.escalations.push({ version, step: body.step, to: body.to });
      break;
    case 'contact':
      contact(draft, body.contact, at);
      happened(body.contact);
      break;
    case 'clock':
      draft.thresholds.push({ version, clock: body.clock, percent: body.percent });
      break;
    default:
      break;
  }
}

function hold(draft: Draft, at: number, reason: HoldReason, awaits: Awaited | undefined): void {
  endWaits(draft, at, (other) => other !== 'suppressed');
  draft.waits.push({ from: at, reason, awaits });
  // One thing is waited for at a time: a new wait says that the last one is over.
  const awaited = reason === 'customer' ? awaits : undefined;
  if (awaited === 'confirmation') draft.solutionAt = at;
  draft.informationRequestedAt = awaited === 'information' ? (draft.informationRequestedAt ?? at) : undefined;
  draft.accessRequestedAt = awaited === 'access' ? (draft.accessRequestedAt ?? at) : undefined;
}

function contact(draft: Draft, what: Moment, at: number): void {
  if (what === 'solution-offered') draft.solutionAt = at;
  else if (what === 'information-requested') draft.informationRequestedAt ??= at;
  else if (what === 'information-received') draft.informationRequestedAt = undefined;
}

function endWaits(draft: Draft, at: number, ends: (reason: PauseReason) => boolean): void {
  draft.waits = draft.waits.map((wait) => (wait.to === undefined && ends(wait.reason) ? { ...wait, to: at } : wait));
}
