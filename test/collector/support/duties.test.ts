import { describe, expect, it } from 'vitest';
import type { EventBody, IncidentEvent } from '../../../collector/incidents/event.ts';
import type { Duty } from '../../../collector/support/clock.ts';
import { visibleUntil } from '../../../collector/support/closing.ts';
import { dutiesOf } from '../../../collector/support/duties.ts';
import { loadPolicies } from '../../../collector/support/policies.ts';
import { type SupportTerms, termsOf } from '../../../collector/support/terms.ts';
import { at, contact, history, opened, relevel, when } from './incident.ts';

const POLICIES = loadPolicies();
const TERMS = termsOf(POLICIES, { policyId: 'daocloud', tier: 'standard', zone: 'Asia/Shanghai' });
const duties = (events: readonly IncidentEvent[], now: string, rule: RegExp): Duty[] => dutiesOf(TERMS, events, at(now)).filter((one) => rule.test(one.rule));
const dates = (events: readonly IncidentEvent[], now: string, rule: RegExp) => duties(events, now, rule).map((one) => [one.rule, when(one.dueAt)]);
/** The same history, and one thing more. */
function then(events: readonly IncidentEvent[], time: string, body: EventBody): IncidentEvent[] {
  return [...events, { incidentId: 'i-1', version: events.length + 1, at: at(time), actor: { kind: 'system' }, policy: 'daocloud/standard@1', body }];
}
const HELD = (awaits: 'information' | 'confirmation' | 'access'): EventBody => ({ kind: 'held', reason: 'customer', awaits });

describe('warnings and breaches', () => {
  const level2 = history(opened(2, '11-25 09:00'));
  it('come at 50, 75, 90 and 100 percent, to more people each time, and are recorded as clock events', () => {
    expect(duties(level2, '11-25 09:00', /^clock\.respond/).map((one) => [one.rule, when(one.dueAt), one.tell.length])).toEqual([
      ['clock.respond.50', '11-25 13:00', 1],
      ['clock.respond.75', '11-25 15:00', 2],
      ['clock.respond.90', '11-25 16:12', 3],
      ['clock.respond.100', '11-25 17:00', 4],
    ]);
    expect(duties(level2, '11-25 09:00', /respond\.100/)[0]?.body).toEqual({ kind: 'clock', clock: 'respond', percent: 100, dueAt: at('11-25 17:00'), late: false });
    expect(duties(level2, '11-25 17:02', /respond\.100/)[0]?.body).toMatchObject({ late: true });
  });
  it('are done once: what was recorded is not owed again, and keys stay the same', () => {
    const done = then(level2, '11-25 13:00', { kind: 'clock', clock: 'respond', percent: 50, dueAt: at('11-25 17:00'), late: false });
    expect(dates(done, '11-25 13:00', /^clock\.respond/).map(([rule]) => rule)).toEqual(['clock.respond.75', 'clock.respond.90', 'clock.respond.100']);
    const keys = (events: readonly IncidentEvent[], now: string) => duties(events, now, /respond\.(75|90|100)/).map(({ key }) => key);
    expect(keys(done, '11-25 14:00')).toEqual(keys(level2, '11-25 09:00'));
    expect(new Set(dutiesOf(TERMS, level2, at('11-25 18:00')).map(({ key }) => key)).size).toBe(dutiesOf(TERMS, level2, at('11-25 18:00')).length);
  });
  it('stop when the clock does, and wait while it does', () => {
    expect(duties(then(level2, '11-25 10:00', contact('first-contact')), '11-25 10:00', /^clock\.respond/)).toEqual([]);
    expect(duties(then(level2, '11-25 10:00', HELD('information')), '11-25 10:00', /^clock\.respond/)).toEqual([]);
    expect(duties(then(level2, '11-25 10:00', { kind: 'closed', closure: 'confirmed' }), '11-25 10:00', /./)).toEqual([]);
  });
  it('are told once when a new level makes several overdue at one stroke', () => {
    const raised = then(history(opened(3, '11-25 09:00')), '11-25 15:00', relevel(3, 1));
    expect(dates(raised, '11-25 15:00', /^clock\.respond/)).toEqual([['clock.respond.100', '11-25 15:00']]);
    const half = then(history(opened(3, '11-25 09:00')), '11-25 12:10', relevel(3, 1));
    expect(dates(half, '11-25 12:10', /^clock\.respond/)).toEqual([
      ['clock.respond.75', '11-25 12:10'],
      ['clock.respond.90', '11-25 12:36'],
      ['clock.respond.100', '11-25 13:00'],
    ]);
  });
  it('of an earlier level do not count for the new one', () => {
    const warned = then(level2, '11-25 13:00', { kind: 'clock', clock: 'respond', percent: 50, dueAt: at('11-25 17:00'), late: false });
    expect(dates(then(warned, '11-25 13:30', relevel(2, 3)), '11-25 13:30', /respond\.50/)).toEqual([['clock.respond.50', '11-26 09:00']]);
  });
  it('start again with a reopening', () => {
    const again = then(
      then(then(level2, '11-25 13:00', { kind: 'clock', clock: 'respond', percent: 50, dueAt: 0, late: false }), '11-25 14:00', { kind: 'resolved', by: 'person', code: 'fixed' }),
      '11-26 09:00',
      { kind: 'reopened' },
    );
    expect(dates(again, '11-26 09:00', /respond\.50/)).toEqual([['clock.respond.50', '11-26 13:00']]);
    expect(duties(again, '11-26 09:00', /respond\.50/)[0]?.key).not.toBe(duties(level2, '11-25 09:00', /respond\.50/)[0]?.key);
  });
});

describe('level 1', () => {
  const disaster = history(opened(1, '11-25 22:00'));
  it('goes to the duty manager and the customer representative at once, each once', () => {
    const both = duties(disaster, '11-25 22:00', /^escalation/);
    expect(both.map((one) => [when(one.dueAt), one.tell, one.body])).toEqual([
      ['11-25 22:00', ['customer-representative'], { kind: 'escalated', step: 1, to: 'customer-representative' }],
      ['11-25 22:00', ['duty-manager'], { kind: 'escalated', step: 1, to: 'duty-manager' }],
    ]);
    const one = then(disaster, '11-25 22:00', { kind: 'escalated', step: 1, to: 'duty-manager' });
    expect(duties(one, '11-25 22:01', /^escalation/).map(({ tell }) => tell)).toEqual([['customer-representative']]);
  });
  it('goes there when an incident becomes it, and again when it becomes it again', () => {
    const raised = then(history(opened(2, '11-25 09:00')), '11-25 15:00', { kind: 'releveled', from: 2, to: 1, reason: 'outage-beyond-change' });
    expect(dates(raised, '11-25 15:00', /^escalation/)).toEqual([
      ['escalation.level-1', '11-25 15:00'],
      ['escalation.level-1', '11-25 15:00'],
    ]);
    const told = then(then(raised, '11-25 15:00', { kind: 'escalated', step: 1, to: 'duty-manager' }), '11-25 15:00', {
      kind: 'escalated',
      step: 1,
      to: 'customer-representative',
    });
    expect(duties(told, '11-25 15:01', /^escalation/)).toEqual([]);
    expect(duties(then(then(told, '11-25 16:00', relevel(1, 2)), '11-25 17:00', relevel(2, 1)), '11-25 17:00', /^escalation/)).toHaveLength(2);
  });
  it('owes the customer status every hour: the missed one and the next', () => {
    expect(dates(disaster, '11-25 22:10', /^status/)).toEqual([['status.level-1', '11-25 23:00']]);
    expect(dates(disaster, '11-26 01:10', /^status/)).toEqual([
      ['status.level-1', '11-26 01:00'],
      ['status.level-1', '11-26 02:00'],
    ]);
    const told = then(disaster, '11-26 01:20', contact('status-update'));
    expect(dates(told, '11-26 01:30', /^status/)).toEqual([['status.level-1', '11-26 02:20']]);
    expect(dates(then(told, '11-26 01:40', { kind: 'resolved', by: 'person', code: 'fixed' }), '11-26 03:00', /^status/)).toEqual([]);
  });
  it('becomes level 2 without access within the agreed time', () => {
    const asked = then(disaster, '11-25 22:10', HELD('access'));
    expect(duties(asked, '11-25 22:30', /^access/).map((one) => [when(one.dueAt), one.body])).toEqual([
      ['11-25 23:10', { kind: 'releveled', from: 1, to: 2, reason: 'no-access' }],
    ]);
    expect(duties(then(asked, '11-25 22:40', { kind: 'resumed' }), '11-25 22:40', /^access/)).toEqual([]);
    const lowered = then(asked, '11-25 23:10', { kind: 'releveled', from: 1, to: 2, reason: 'no-access' });
    expect(duties(lowered, '11-25 23:20', /^access/)).toEqual([]);
    expect(dates(then(lowered, '11-25 23:30', relevel(2, 1)), '11-25 23:30', /^access/)).toEqual([['access.level-1', '11-26 00:30']]);
  });
  it('does nothing of it while suppressed', () => {
    expect(duties(then(disaster, '11-25 22:00', { kind: 'suppressed', by: 'maintenance' }), '11-25 23:30', /^(escalation|status|clock\.respond)/)).toEqual([]);
  });
});

describe('closing', () => {
  const level = (n: 1 | 2 | 3 | 4 | 5): IncidentEvent[] => history(opened(n, '10-01 10:00'));
  it.each([
    ['a solution that nobody answered', level(2), contact('solution-offered'), 'closing.solution', '10-16 09:00', 'transferred'],
    ['a request to confirm', level(1), HELD('confirmation'), 'closing.solution', '10-16 09:00', 'transferred'],
    ['a solution by a person', level(4), { kind: 'resolved', by: 'person', code: 'fixed' }, 'closing.solution', '10-16 09:00', 'transferred'],
    ['a fault that went away', level(2), { kind: 'resolved', by: 'observation', code: 'cleared' }, 'closing.cleared', '10-16 09:00', 'expired'],
    ['information that a level 3 lacks', level(3), HELD('information'), 'closing.level-3-information', '10-09 09:00', 'cancelled-by-customer'],
    ['information that a level 4 lacks', level(4), contact('information-requested'), 'closing.level-4-information', '10-16 09:00', 'cancelled-by-customer'],
  ] as const)('%s ends by itself', (_name, events, body, rule, date, closure) => {
    const [duty, ...more] = duties(then(events, '10-02 09:00', body), '10-02 09:00', /^closing/);
    expect([duty?.rule, when(duty?.dueAt), duty?.body]).toEqual([rule, date, { kind: 'closed', closure }]);
    expect(more).toEqual([]);
  });
  it.each([1, 2, 5] as const)('level %i waits for information without end', (n) => {
    expect(duties(then(level(n), '10-02 09:00', HELD('information')), '10-30 09:00', /^closing/)).toEqual([]);
  });
  it.each([
    ['resumed', { kind: 'resumed' }],
    ['reopened', { kind: 'reopened' }],
    ['closed', { kind: 'closed', closure: 'confirmed' }],
    ['relapsed', { kind: 'relapsed' }],
  ] as const)('is off once it is %s', (_name, body) => {
    expect(duties(then(then(level(3), '10-02 09:00', contact('solution-offered')), '10-03 09:00', body), '10-03 09:00', /^closing/)).toEqual([]);
  });
  it('is off once the wait is over', () => {
    expect(duties(then(then(level(3), '10-02 09:00', HELD('information')), '10-03 09:00', { kind: 'resumed' }), '10-03 09:00', /^closing/)).toEqual([]);
    expect(duties(then(then(level(3), '10-02 09:00', HELD('information')), '10-03 09:00', { kind: 'held', reason: 'vendor' }), '10-03 09:00', /^closing/)).toEqual([]);
  });
  it('is off once the information came, and follows the level meanwhile', () => {
    const asked = then(level(3), '10-02 09:00', HELD('information'));
    expect(duties(then(asked, '10-03 09:00', contact('information-received')), '10-03 09:00', /^closing/)).toEqual([]);
    expect(dates(then(asked, '10-03 09:00', relevel(3, 4)), '10-03 09:00', /^closing/)).toEqual([['closing.level-4-information', '10-16 09:00']]);
  });
  it('counts the days of the site over a change of summer time, and shows closed incidents for two years', () => {
    const berlin = termsOf(POLICIES, { policyId: 'daocloud', tier: 'standard', zone: 'Europe/Berlin' });
    const events = then(level(2), '10-20 15:00', contact('solution-offered'));
    const [duty] = dutiesOf(berlin, events, at('10-20 15:00')).filter(({ rule }) => rule === 'closing.solution');
    expect((duty?.dueAt ?? 0) - at('10-20 15:00')).toBe((14 * 24 + 1) * 3_600_000);
    expect(new Date(visibleUntil(TERMS, at('11-25 09:00'))).toISOString()).toBe('2028-11-25T01:00:00.000Z');
  });
});

it('tells support of every fault within 24 hours, by itself and in time', () => {
  const events = history(opened(4, '11-25 10:00', '11-25 00:00'));
  const untold = { ...TERMS, policy: { ...TERMS.policy, notices: { ...TERMS.policy.notices, opened: ['customer'] } } } satisfies SupportTerms;
  const owed = (list: readonly IncidentEvent[], now: string) => dutiesOf(untold, list, at(now)).filter(({ rule }) => rule === 'notification');
  expect(owed(events, '11-25 10:00').map((one) => [when(one.dueAt), one.body, one.tell])).toEqual([['11-25 21:36', contact('notified'), ['support']]]);
  expect(owed(then(events, '11-25 11:00', contact('notified')), '11-25 11:00')).toEqual([]);
  // The opening itself told them.
  expect(duties(events, '11-25 10:00', /^notification$/)).toEqual([]);
});
