/**
 * The events that an incident consists of. State, clocks and reports are folded from them and from nothing else; an event is
 * never changed and never deleted. Times are milliseconds since 1970 (UTC) of the collector's clock.
 */
import type { Observed, Scope } from '../../agent/wire/inspection.ts';
import type { Severity } from '../../agent/wire/vocabulary.ts';

/** Support level as a number: 1 is the worst. What it is called (1级, P1, 一级) is the policy's business. */
export type Level = 1 | 2 | 3 | 4 | 5;

/** Who caused an event. `id` is an agent's, a user's or an integration's; the system's own doings (timers, correlation) have none. */
export interface Actor {
  readonly kind: 'agent' | 'user' | 'integration' | 'system';
  readonly id?: string | undefined;
  /** What a person reads; of users only. */
  readonly name?: string | undefined;
}

export const HOLD_REASONS = ['customer', 'vendor', 'change', 'maintenance'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];
/** What an incident that is on hold for the customer waits for; closing rules differ by it. */
export const AWAITED = ['information', 'confirmation', 'access'] as const;
export type Awaited = (typeof AWAITED)[number];

/** How an incident ended. The two of DaoCloud's policy are `transferred` (已转移给客户) and `cancelled-by-customer` (已由客户取消). */
export const CLOSURES = ['confirmed', 'transferred', 'cancelled-by-customer', 'expired'] as const;
export type Closure = (typeof CLOSURES)[number];
export const CANCEL_REASONS = ['duplicate', 'false-positive', 'policy', 'member-of-group'] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];
/** Why a fault was solved; needed before closing by hand. */
export const RESOLUTION_CODES = ['cleared', 'fixed', 'workaround', 'configuration', 'customer-action', 'vendor-fix', 'not-reproducible', 'accepted-risk'] as const;
export type ResolutionCode = (typeof RESOLUTION_CODES)[number];

/** What happened between people that a contract's clock looks at. */
export const CONTACTS = [
  'first-contact',
  'call-back',
  'action-plan',
  'status-update',
  'dispatched',
  'arrived',
  'notified',
  'information-requested',
  'information-received',
  'solution-offered',
] as const;
export type Contact = (typeof CONTACTS)[number];

/** Where an incident came from. */
export const SOURCES = ['agent', 'agent-silent', 'alertmanager', 'person', 'api', 'group'] as const;
export type Source = (typeof SOURCES)[number];

/** `incident`: a fault to answer in time. `problem`: advice on configuration and use (levels 4 and 5). */
export type IncidentKind = 'incident' | 'problem';

/** What the event says; `kind` decides the rest. */
export type EventBody =
  | {
      readonly kind: 'opened';
      readonly source: Source;
      readonly incidentKind: IncidentKind;
      readonly severity: Severity;
      readonly level: Level;
      /** Check, alert name or `person`. */
      readonly rule: string;
      /** Check area or alert name: what storms are grouped by. */
      readonly family?: string | undefined;
      readonly scope?: Scope | undefined;
      /** Only of incidents that people and other systems open: agents send no text. */
      readonly title?: string | undefined;
      readonly description?: string | undefined;
      readonly observed?: Observed | undefined;
      readonly threshold?: Observed | undefined;
      readonly unit?: string | undefined;
      /** Incident that this one follows: it was closed, and the trouble came back. */
      readonly follows?: string | undefined;
    }
  | {
      readonly kind: 'signal';
      readonly state: 'firing' | 'clear' | 'stale' | 'inhibited';
      readonly severity: Severity;
      readonly observed?: Observed | undefined;
      readonly flapping: boolean;
      /** Older than the newest known: history only. */
      readonly late: boolean;
    }
  | { readonly kind: 'acknowledged' }
  | { readonly kind: 'started' }
  | { readonly kind: 'assigned'; readonly to: string; readonly name: string }
  | { readonly kind: 'held'; readonly reason: HoldReason; readonly awaits?: Awaited | undefined }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'recovering' }
  | { readonly kind: 'relapsed' }
  | { readonly kind: 'resolved'; readonly by: 'observation' | 'person'; readonly code: ResolutionCode }
  | { readonly kind: 'reopened' }
  | { readonly kind: 'closed'; readonly closure: Closure }
  | { readonly kind: 'cancelled'; readonly reason: CancelReason; readonly of?: string | undefined }
  | {
      readonly kind: 'suppressed';
      readonly by: 'parent' | 'maintenance';
      /** Incident that explains this one; only with `parent`. */
      readonly parent?: string | undefined;
      /** Planned window and its end; absent when the site itself announced the maintenance. */
      readonly window?: string | undefined;
      readonly until?: number | undefined;
    }
  | { readonly kind: 'unsuppressed' }
  | { readonly kind: 'releveled'; readonly from: Level; readonly to: Level; readonly reason: 'severity' | 'person' | 'no-access' | 'customer-impact' | 'outage-beyond-change' }
  | { readonly kind: 'escalated'; readonly step: number; readonly to: string }
  | { readonly kind: 'contact'; readonly contact: Contact }
  | { readonly kind: 'note'; readonly visibility: 'internal' | 'customer'; readonly text: string }
  /** A clock's threshold passed; `late` when the collector was down at that moment. */
  | { readonly kind: 'clock'; readonly clock: string; readonly percent: number; readonly dueAt: number; readonly late: boolean }
  | { readonly kind: 'member-joined'; readonly member: string; readonly rule: string; readonly scope: Scope }
  | { readonly kind: 'member-left'; readonly member: string }
  /** A group has many members: only the first of them have an event each, then the count does whenever it has doubled. */
  | { readonly kind: 'grew'; readonly members: number };

export type EventKind = EventBody['kind'];

export interface IncidentEvent {
  readonly incidentId: string;
  /** 1, 2, 3 … without gaps: the optimistic lock. */
  readonly version: number;
  readonly at: number;
  /** When it happened at the site, if that is another time. */
  readonly eventTime?: number | undefined;
  readonly actor: Actor;
  /** Policy and its version in force, `daocloud/advanced@1`; pinned when the incident opened, moved only by a contract change. */
  readonly policy: string;
  /** Same command, same event: a repeated command changes nothing. */
  readonly commandId?: string | undefined;
  readonly body: EventBody;
}
