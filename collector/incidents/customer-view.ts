/**
 * What a customer sees of an incident, and nothing else: what happens to it, what was agreed and what was missed. Whom the support
 * centre calls and when it is warned, and what its people write for one another, stays there. Every reading of events, clocks and
 * duties by a customer goes through here.
 */
import type { ClockState, Duty } from '../support/clock.ts';
import type { EventBody, IncidentEvent } from './event.ts';

/** At 100 % a due time has passed: that is the customer's business too. Below, the support centre warns itself. */
const MISSED_PERCENT = 100;

export function eventsForCustomer(events: readonly IncidentEvent[]): readonly IncidentEvent[] {
  return events.filter(({ body }) => isForCustomer(body));
}

/** What is agreed and how it stands; without the moments at which the support centre warns itself. */
export function clocksForCustomer(clocks: readonly ClockState[]): readonly ClockState[] {
  return clocks.map((clock) => ({ ...clock, warnings: clock.warnings.filter(({ percent }) => percent >= MISSED_PERCENT) }));
}

/** What will happen to the incident, and when the customer is told something; not who else is. */
export function dutiesForCustomer(duties: readonly Duty[]): readonly Duty[] {
  return duties
    .filter(({ body, tell }) => (body === undefined ? tell.includes('customer') : isForCustomer(body)))
    .map((duty) => ({ ...duty, tell: duty.tell.filter((audience) => audience === 'customer') }));
}

function isForCustomer(body: EventBody): boolean {
  switch (body.kind) {
    case 'note':
      return body.visibility === 'customer';
    case 'clock':
      return body.percent >= MISSED_PERCENT;
    case 'escalated': // whom the support centre calls
      return false;
    case 'opened':
    case 'signal':
    case 'acknowledged':
    case 'started':
    case 'assigned':
    case 'held':
    case 'resumed':
    case 'recovering':
    case 'relapsed':
    case 'resolved':
    case 'reopened':
    case 'closed':
    case 'cancelled':
    case 'suppressed':
    case 'unsuppressed':
    case 'releveled':
    case 'contact':
    case 'member-joined':
    case 'member-left':
    case 'grew':
      return true;
    default:
      return body satisfies never;
  }
}
