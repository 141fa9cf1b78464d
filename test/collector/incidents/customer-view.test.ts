import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clocksForCustomer, dutiesForCustomer, eventsForCustomer } from '../../../collector/incidents/customer-view.ts';
import type { EventBody, IncidentEvent } from '../../../collector/incidents/event.ts';
import { clocksOf } from '../../../collector/support/clocks.ts';
import { dutiesOf } from '../../../collector/support/duties.ts';
import { loadPolicies } from '../../../collector/support/policies.ts';
import { termsOf } from '../../../collector/support/terms.ts';
import { at, history, opened } from '../support/incident.ts';

const clock = (percent: number): EventBody => ({ kind: 'clock', clock: 'respond', percent, dueAt: 1, late: false });
const BODIES = {
  seen: [
    { kind: 'acknowledged' },
    { kind: 'held', reason: 'customer', awaits: 'information' },
    { kind: 'releveled', from: 2, to: 1, reason: 'person' },
    { kind: 'contact', contact: 'first-contact' },
    { kind: 'note', visibility: 'customer', text: 'for you' },
    clock(100),
    { kind: 'resolved', by: 'person', code: 'fixed' },
    { kind: 'closed', closure: 'confirmed' },
  ],
  hidden: [{ kind: 'note', visibility: 'internal', text: 'between us' }, { kind: 'escalated', step: 1, to: 'duty-manager' }, clock(50), clock(75), clock(90)],
} as const satisfies Readonly<Record<string, readonly EventBody[]>>;
const events = (bodies: readonly EventBody[]): readonly IncidentEvent[] =>
  bodies.map((body, index) => ({ incidentId: 'i-1', version: index + 1, at: index, actor: { kind: 'system' }, policy: 'p/t@1', body }));

describe('a customer', () => {
  it('sees what happens to the incident and what was missed, and neither whom support calls nor what it tells itself', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...BODIES.seen, ...BODIES.hidden], { minLength: 1 }), (bodies) => {
        const seen = eventsForCustomer(events(bodies)).map(({ body }) => body);
        expect(seen).toEqual(bodies.filter((body) => (BODIES.seen as readonly EventBody[]).includes(body)));
      }),
    );
  });
  it('sees clocks with their arithmetic, without the moments at which support warns itself', () => {
    const terms = termsOf(loadPolicies(), { policyId: 'daocloud', tier: 'standard', zone: 'Asia/Shanghai' });
    const clocks = clocksOf(terms, history(opened(1, '11-25 09:00')), at('11-25 09:30'));
    const shown = clocksForCustomer(clocks);
    expect(shown.map(({ clock: name, dueAt, segments }) => [name, dueAt, segments])).toEqual(clocks.map(({ clock: name, dueAt, segments }) => [name, dueAt, segments]));
    expect(new Set(clocks.flatMap(({ warnings }) => warnings.map(({ percent }) => percent)))).toEqual(new Set([50, 75, 90, 100]));
    expect(new Set(shown.flatMap(({ warnings }) => warnings.map(({ percent }) => percent)))).toEqual(new Set([100]));
  });
  it.each(['daocloud/standard', 'tongtech/standard', 'xfusion/standard', 'alibaba/remote-7x24'])('is told nothing of who else will be told (%s)', (ref) => {
    const [policyId = '', tier = ''] = ref.split('/');
    const terms = termsOf(loadPolicies(), { policyId, tier, zone: 'Asia/Shanghai' });
    const duties = dutiesOf(terms, history(opened(1, '11-25 09:00')), at('11-25 09:00'));
    const shown = dutiesForCustomer(duties);
    expect(duties.some(({ tell }) => tell.includes('support'))).toBe(true);
    expect(JSON.stringify(shown.map(({ tell, body }) => [tell, body?.kind]))).not.toMatch(/support|assignee|duty-manager|representative|escalated/);
    expect(shown.every(({ body }) => body?.kind !== 'clock' || body.percent >= 100)).toBe(true);
  });
});
