/** Which changes of an incident are worth telling people. History keeps everything; nobody wants all of it on a phone. */
import type { IncidentEvent } from './event.ts';
import type { Incident } from './incident.ts';

export const NEWS = [
  'opened',
  'grew',
  'worse',
  'better',
  'flapping',
  'settled',
  'unsuppressed',
  'acknowledged',
  'assigned',
  'held',
  'resumed',
  'reopened',
  'resolved',
  'closed',
  'cancelled',
  'escalated',
  'note',
  'clock',
] as const;
export type News = (typeof NEWS)[number];

/**
 * What an event means to people, or `undefined`: relapses while it is observed, late and repeated facts, and everything
 * behind a parent or in a planned window are history only.
 * @param before the incident before the event; `undefined` for the first
 */
export function newsOf(before: Incident | undefined, { body }: IncidentEvent): News | undefined {
  switch (body.kind) {
    case 'opened':
    case 'reopened':
    case 'resolved':
    case 'closed':
    case 'acknowledged':
    case 'assigned':
    case 'held':
    case 'resumed':
    case 'escalated':
    case 'note':
    case 'clock':
    case 'grew':
    case 'unsuppressed':
      return body.kind;
    case 'cancelled':
      return body.reason === 'member-of-group' ? undefined : 'cancelled';
    case 'releveled':
      return body.to < body.from ? 'worse' : 'better';
    case 'signal':
      if (body.late) return undefined;
      // A flapping incident's reminders are signals as well.
      if (body.flapping) return 'flapping';
      return before?.flapping ? 'settled' : undefined;
    case 'started':
    case 'recovering':
    case 'relapsed':
    case 'suppressed':
    case 'contact':
    case 'member-joined':
    case 'member-left':
      return undefined;
    default:
      return body satisfies never;
  }
}

/** News of a change in order of events. @param before the incident before it, `undefined` when the change opened it */
export function newsOfChange(before: Incident | undefined, events: readonly IncidentEvent[], step: (incident: Incident, event: IncidentEvent) => Incident): readonly News[] {
  const news: News[] = [];
  let incident = before;
  const opensQuietly = before === undefined && events.some(({ body }) => body.kind === 'suppressed');
  for (const event of events) {
    const one = newsOf(incident, event);
    if (one !== undefined && !opensQuietly) news.push(one);
    incident = incident && step(incident, event);
  }
  return news;
}
