/**
 * An incident as the fold of its events. Work (who does what) and what is laid over it (recovering, suppressed) are kept
 * apart, so that a relapse or a lifted suppression goes back to where people were.
 */
import type { Observed, Scope } from '../../agent/wire/inspection.ts';
import type { Severity } from '../../agent/wire/vocabulary.ts';
import type { Awaited, CancelReason, Closure, HoldReason, IncidentEvent, IncidentKind, Level, ResolutionCode, Source } from './event.ts';

export const WORK_STATES = ['open', 'acknowledged', 'in-progress', 'on-hold'] as const;
export type WorkState = (typeof WORK_STATES)[number];
export const STATES = [...WORK_STATES, 'recovering', 'suppressed', 'resolved', 'closed', 'cancelled'] as const;
export type State = (typeof STATES)[number];
/** What the site says of the trouble; `none` for incidents that nothing observes. */
export const SIGNAL_STATES = ['none', 'firing', 'clear', 'stale', 'inhibited'] as const;
export type SignalState = (typeof SIGNAL_STATES)[number];

export interface Incident {
  readonly id: string;
  readonly version: number;
  /** Pinned policy of the newest event. */
  readonly policy: string;
  readonly source: Source;
  readonly kind: IncidentKind;
  readonly rule: string;
  readonly family?: string | undefined;
  readonly scope?: Scope | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly observed?: Observed | undefined;
  readonly threshold?: Observed | undefined;
  readonly unit?: string | undefined;
  readonly follows?: string | undefined;
  readonly state: State;
  /** Where it goes back to after recovering or suppression. */
  readonly work: WorkState;
  readonly signalState: SignalState;
  readonly severity: Severity;
  readonly level: Level;
  /** A person chose the level: rules do not change it any more. */
  readonly levelPinned: boolean;
  readonly assignee?: { readonly id: string; readonly name: string } | undefined;
  readonly hold?: { readonly reason: HoldReason; readonly awaits?: Awaited | undefined; readonly since: number } | undefined;
  readonly suppressed?:
    | {
        readonly by: 'parent' | 'maintenance';
        readonly parent?: string | undefined;
        readonly window?: string | undefined;
        readonly until?: number | undefined;
        readonly version: number;
      }
    | undefined;
  readonly recovering?: { readonly since: number; readonly version: number } | undefined;
  readonly resolution?: { readonly by: 'observation' | 'person'; readonly code: ResolutionCode; readonly version: number } | undefined;
  readonly cancellation?: { readonly reason: CancelReason; readonly of?: string | undefined } | undefined;
  readonly closure?: Closure | undefined;
  /** Since when it comes and goes, and how often that was told. */
  readonly flapping?: { readonly since: number; readonly told: number } | undefined;
  readonly openedAt: number;
  readonly acknowledgedAt?: number | undefined;
  readonly resolvedAt?: number | undefined;
  /** When it was closed or cancelled. */
  readonly closedAt?: number | undefined;
  readonly updatedAt: number;
  /** Newest event of kind `signal`, and newest late one. */
  readonly observedAt?: number | undefined;
  readonly lateAt?: number | undefined;
  readonly reopened: number;
  readonly relapses: number;
  /** Members of a group that have an event. */
  readonly members: number;
}

/** @param events all events of one incident in order of their versions, the first `opened` */
export function fold(events: readonly IncidentEvent[]): Incident {
  const [first, ...rest] = events;
  if (first === undefined) throw new Error('an incident has at least one event');
  let incident = opened(first);
  for (const event of rest) incident = apply(incident, event);
  return incident;
}

function opened({ incidentId, version, policy, at, body }: IncidentEvent): Incident {
  if (body.kind !== 'opened') throw new Error(`the first event of incident ${incidentId} is ${body.kind}, not opened`);
  const { source, incidentKind, severity, level, rule, family, scope, title, description, observed, threshold, unit, follows } = body;
  return {
    ...{ id: incidentId, version, policy, source, kind: incidentKind, rule, family, scope, title, description, observed, threshold, unit, follows, severity, level },
    state: 'open',
    work: 'open',
    signalState: source === 'person' || source === 'api' ? 'none' : 'firing',
    levelPinned: false,
    openedAt: at,
    updatedAt: at,
    observedAt: at,
    reopened: 0,
    relapses: 0,
    members: 0,
  };
}

/** Total: an event that means nothing in a state changes nothing but version and time. */
export function apply(before: Incident, event: IncidentEvent): Incident {
  const next = { ...changed(before, event), version: event.version, policy: event.policy, updatedAt: Math.max(before.updatedAt, event.at) };
  return { ...next, state: stateOf(next) };
}

function stateOf({ closedAt, cancellation, resolvedAt, recovering, suppressed, work }: Incident): State {
  if (cancellation) return 'cancelled';
  if (closedAt !== undefined) return 'closed';
  if (resolvedAt !== undefined) return 'resolved';
  if (recovering) return 'recovering';
  return suppressed ? 'suppressed' : work;
}

function changed(before: Incident, { version, at, actor, body }: IncidentEvent): Incident {
  switch (body.kind) {
    case 'opened':
    case 'escalated':
    case 'contact':
    case 'note':
    case 'clock':
      return before;
    case 'signal':
      return signalled(before, body, at);
    case 'acknowledged':
      return { ...before, work: before.work === 'open' ? 'acknowledged' : before.work, acknowledgedAt: before.acknowledgedAt ?? at };
    case 'started':
      return { ...before, work: 'in-progress', hold: undefined };
    case 'assigned':
      return { ...before, assignee: { id: body.to, name: body.name } };
    case 'held':
      return { ...before, work: 'on-hold', hold: { reason: body.reason, awaits: body.awaits, since: at } };
    case 'resumed':
      return { ...before, work: 'in-progress', hold: undefined };
    case 'recovering':
      return { ...before, recovering: { since: at, version }, suppressed: undefined };
    case 'relapsed':
      return { ...before, recovering: undefined, relapses: before.relapses + 1 };
    case 'resolved':
      return { ...before, recovering: undefined, suppressed: undefined, hold: undefined, resolvedAt: at, resolution: { by: body.by, code: body.code, version } };
    case 'reopened':
      return {
        ...before,
        work: 'open',
        acknowledgedAt: undefined,
        hold: undefined,
        resolvedAt: undefined,
        resolution: undefined,
        recovering: undefined,
        reopened: before.reopened + 1,
      };
    case 'closed':
      return { ...before, recovering: undefined, suppressed: undefined, closedAt: at, closure: body.closure };
    case 'cancelled':
      return { ...before, recovering: undefined, suppressed: undefined, hold: undefined, closedAt: at, cancellation: { reason: body.reason, of: body.of } };
    case 'suppressed':
      return { ...before, recovering: undefined, suppressed: { by: body.by, parent: body.parent, window: body.window, until: body.until, version } };
    case 'unsuppressed':
      return { ...before, suppressed: undefined };
    case 'releveled':
      return { ...before, level: body.to, levelPinned: before.levelPinned || (actor.kind === 'user' && body.reason === 'person') };
    case 'member-joined':
      return { ...before, members: before.members + 1 };
    case 'member-left':
      return { ...before, members: Math.max(0, before.members - 1) };
    case 'grew':
      return { ...before, members: body.members };
    default:
      return body satisfies never;
  }
}

function signalled(before: Incident, body: Extract<IncidentEvent['body'], { kind: 'signal' }>, at: number): Incident {
  if (body.late) return { ...before, lateAt: at };
  const flapping = body.flapping ? { since: before.flapping?.since ?? at, told: (before.flapping?.told ?? 0) + 1 } : undefined;
  return { ...before, signalState: body.state, severity: body.severity, observed: body.observed ?? before.observed, flapping, observedAt: at };
}

/** Nobody may open a second incident of the same identity meanwhile. */
export function isActive({ state }: Pick<Incident, 'state'>): boolean {
  return state !== 'closed' && state !== 'cancelled';
}
