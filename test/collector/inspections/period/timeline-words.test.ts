import { expect, it } from 'vitest';
import type { Actor, IncidentEvent } from '../../../../collector/incidents/event.ts';
import { closureWords, timelineOf } from '../../../../collector/inspections/period/timeline-words.ts';

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

it('of a confirmed closing the timeline and the reason say who recorded the confirmation, or that nobody did', () => {
  const told = (actor: Actor) => {
    const [line] = timelineOf([{ id: 'e', incidentId: 'i', seq: 1, at: 0, actor, body: { kind: 'closed', closure: 'confirmed' } } as never], String as never);
    expect(line?.text.zh).toBe(closureWords('confirmed', actor).zh);
    return line?.text;
  };
  expect(told({ kind: 'user', id: 'u', name: '陈立' })).toEqual({
    zh: '已确认关闭（客户的确认由 陈立 登记）',
    en: "Closed, solution confirmed (the customer's confirmation was recorded by 陈立)",
  });
  expect(told({ kind: 'system' })?.zh).toContain('无客户确认记录');
  expect(told({ kind: 'system' })?.en).toContain('no confirmation by the customer');
});
