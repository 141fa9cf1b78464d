import { expect, it } from 'vitest';
import type { IncidentEvent } from '../../../collector/incidents/event.ts';
import { timelineOf } from '../../../collector/inspections/period/timeline-words.ts';

it('every line of a timeline begins like a sentence', () => {
  const bodies: readonly IncidentEvent['body'][] = [
    { kind: 'acknowledged' },
    { kind: 'started' },
    { kind: 'held', reason: 'customer', awaits: 'information' },
    { kind: 'resolved', by: 'person', code: 'fixed' },
    { kind: 'closed', closure: 'confirmed' },
  ];
  const events = bodies.map(
    (body, index): IncidentEvent => ({ id: `e${index}`, incidentId: 'i', seq: index + 1, at: index * 60_000, actor: { kind: 'user', id: 'u', name: '陈立' }, body }) as never,
  );
  const lines = timelineOf(events, (level) => ({ zh: `${level}级`, en: `level ${level}` })).map(({ text }) => text.en);
  expect(lines.length).toBe(bodies.length);
  for (const line of lines) expect(line).toMatch(/^[A-Z]/);
});
