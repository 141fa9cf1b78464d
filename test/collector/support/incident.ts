/** Builds incident histories for tests: times in Beijing, versions by themselves. */
import type { EventBody, IncidentEvent, Level } from '../../../collector/incidents/event.ts';

/** `11-25 10:00` of 2026 in Beijing. */
export const at = (text: string): number => Date.parse(`2026-${text.replace(' ', 'T')}:00+08:00`);
/** The reverse, to the minute. */
export const when = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : new Date(ms + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' '));

export function opened(level: Level, time: string, eventTime?: string): [string, EventBody, string?] {
  return [time, { kind: 'opened', source: 'agent', incidentKind: 'incident', severity: 'critical', level, rule: 'node-not-ready' }, eventTime];
}

export function history(...rows: readonly (readonly [string, EventBody, string?])[]): IncidentEvent[] {
  return rows.map(([time, body, eventTime], index) => ({
    incidentId: 'i-1',
    version: index + 1,
    at: at(time),
    eventTime: eventTime === undefined ? undefined : at(eventTime),
    actor: { kind: 'system' },
    policy: 'daocloud/standard@1',
    body,
  }));
}

export const contact = (what: Extract<EventBody, { kind: 'contact' }>['contact']): EventBody => ({ kind: 'contact', contact: what });
export const relevel = (from: Level, to: Level): EventBody => ({ kind: 'releveled', from, to, reason: 'person' });
