import { describe, expect, it } from 'vitest';
import type { IncidentEvent } from '../../../collector/incidents/event.ts';
import type { ClockName, ClockState } from '../../../collector/support/clock.ts';
import { clocksOf } from '../../../collector/support/clocks.ts';
import { loadPolicies } from '../../../collector/support/policies.ts';
import { type SupportTerms, termsOf } from '../../../collector/support/terms.ts';
import { at, contact, history, opened, relevel, when } from './incident.ts';

const POLICIES = loadPolicies();
const TERMS = termsOf(POLICIES, { policyId: 'daocloud', tier: 'standard', zone: 'Asia/Shanghai' });
const TONGTECH = termsOf(POLICIES, { policyId: 'tongtech', tier: 'standard', zone: 'Asia/Shanghai' });
/** Support is not told of what opens. */
const UNTOLD = { ...TERMS, policy: { ...TERMS.policy, notices: { ...TERMS.policy.notices, opened: ['customer'] } } } satisfies SupportTerms;

function clock(name: ClockName, events: readonly IncidentEvent[], now: string, terms = TERMS): ClockState {
  const found = clocksOf(terms, events, at(now)).findLast((one) => one.clock === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}
const cycles = (name: ClockName, events: readonly IncidentEvent[], now: string, terms = TERMS) =>
  clocksOf(terms, events, at(now))
    .filter((one) => one.clock === name)
    .map(({ cycle, state, startedAt, stoppedAt, dueAt }) => [cycle, state, when(startedAt), when(stoppedAt), when(dueAt)]);

describe('the response clock', () => {
  const level2 = history(opened(2, '11-27 16:00'));
  it('runs in the coverage of its level, with warnings and the arithmetic', () => {
    const { state, dueAt, percent, elapsedMs, goalMs, warnings, segments, provisional } = clock('respond', level2, '11-30 10:00');
    expect([state, when(dueAt), percent, elapsedMs / 3_600_000, goalMs / 3_600_000, provisional]).toEqual(['running', '11-30 14:00', 50, 4, 8, false]);
    expect(warnings.map((one) => [one.percent, when(one.at)])).toEqual([
      [50, '11-30 10:00'],
      [75, '11-30 12:00'],
      [90, '11-30 13:12'],
      [100, '11-30 14:00'],
    ]);
    expect(segments.reduce((sum, { countedMs }) => sum + countedMs, 0)).toBe(goalMs);
  });
  it('is in time to the last millisecond, and late after it', () => {
    expect(clock('respond', level2, '11-30 14:00').state).toBe('running');
    const late = clock('respond', level2, '11-30 14:01');
    expect([late.state, when(late.breachedAt)]).toEqual(['breached', '11-30 14:00']);
    expect(clock('respond', history(opened(2, '11-27 16:00'), ['11-30 14:00', contact('first-contact')]), '12-01 09:00').state).toBe('met');
    expect(clock('respond', history(opened(2, '11-27 16:00'), ['11-30 14:01', contact('first-contact')]), '12-01 09:00').state).toBe('breached');
  });
  it.each(['first-contact', 'call-back', 'status-update', 'information-requested', 'arrived'] as const)(
    'stops when the customer was reached by %s, not by an acknowledgement',
    (what) => {
      const events = history(opened(2, '11-27 16:00'), ['11-27 16:30', { kind: 'acknowledged' }], ['11-27 17:00', contact(what)]);
      expect(clock('respond', events.slice(0, 2), '11-27 16:45').state).toBe('running');
      expect(when(clock('respond', events, '11-28 00:00').stoppedAt)).toBe('11-27 17:00');
    },
  );
  it('waits while the customer keeps it waiting, and has no due time until then', () => {
    const held = history(opened(2, '11-25 09:00'), ['11-25 10:00', { kind: 'held', reason: 'customer', awaits: 'information' }]);
    expect(clock('respond', held, '11-25 12:00')).toMatchObject({ state: 'paused', percent: 12.5, dueAt: undefined });
    const resumed = [...held, ...history(opened(2, '11-25 09:00'), ['11-25 09:00', { kind: 'started' }], ['11-25 14:00', { kind: 'resumed' }]).slice(2)];
    expect(when(clock('respond', resumed, '11-25 15:00').dueAt)).toBe('11-26 11:00');
  });
  it('keeps the due time that it was met in, whatever waits afterwards', () => {
    const met = ['11-25 10:00', { kind: 'contact', contact: 'first-contact' }] as const;
    const held = ['11-25 11:00', { kind: 'held', reason: 'customer', awaits: 'information' }] as const;
    const { state, dueAt } = clock('respond', history(opened(2, '11-25 09:00'), met, held), '11-26 12:00');
    expect([state, when(dueAt)]).toEqual(['met', '11-25 17:00']);
  });
  it.each(['vendor', 'change', 'maintenance'] as const)('goes on while it is on hold for the %s', (reason) => {
    expect(when(clock('respond', history(opened(2, '11-25 09:00'), ['11-25 10:00', { kind: 'held', reason }]), '11-25 12:00').dueAt)).toBe('11-25 17:00');
  });
  it('stands still while the incident is suppressed', () => {
    const events = history(opened(2, '11-25 09:00'), ['11-25 10:00', { kind: 'suppressed', by: 'parent' }], ['11-25 11:00', { kind: 'unsuppressed' }]);
    expect(clock('respond', events, '11-25 10:30').state).toBe('paused');
    expect(when(clock('respond', events, '11-25 12:00').dueAt)).toBe('11-25 18:00');
  });
  it('is cancelled when the fault goes away before it is due, met when a person solves it', () => {
    expect(clock('respond', history(opened(2, '11-25 09:00'), ['11-25 10:00', { kind: 'resolved', by: 'observation', code: 'cleared' }]), '11-26 09:00').state).toBe('cancelled');
    expect(clock('respond', history(opened(2, '11-25 09:00'), ['11-25 10:00', { kind: 'resolved', by: 'person', code: 'fixed' }]), '11-26 09:00').state).toBe('met');
    expect(clock('respond', history(opened(2, '11-25 09:00'), ['11-25 10:00', { kind: 'cancelled', reason: 'duplicate' }]), '11-26 09:00').state).toBe('cancelled');
  });
  it('keeps running through a relapse, and starts again when the incident is reopened', () => {
    expect(when(clock('respond', history(opened(2, '11-25 09:00'), ['11-25 10:00', { kind: 'recovering' }], ['11-25 11:00', { kind: 'relapsed' }]), '11-25 12:00').dueAt)).toBe(
      '11-25 17:00',
    );
    const events = history(
      opened(2, '11-25 09:00'),
      ['11-25 10:00', contact('first-contact')],
      ['11-25 11:00', { kind: 'resolved', by: 'person', code: 'fixed' }],
      ['11-26 09:00', { kind: 'reopened' }],
    );
    expect(cycles('respond', events, '11-26 10:00')).toEqual([
      [1, 'met', '11-25 09:00', '11-25 10:00', '11-25 17:00'],
      [2, 'running', '11-26 09:00', undefined, '11-26 17:00'],
    ]);
  });
  it('measures without a due time where the contract sets none', () => {
    expect(clock('respond', history(opened(5, '11-25 09:00')), '11-25 12:00')).toMatchObject({ state: 'running', dueAt: undefined, goalMs: 0, percent: 0, warnings: [] });
    expect(clock('respond', history(opened(5, '11-25 09:00'), ['11-25 12:00', contact('first-contact')]), '11-25 12:00')).toMatchObject({ state: 'met', elapsedMs: 3 * 3_600_000 });
  });
  it('says that a year without holidays makes it provisional', () => {
    expect(clock('respond', history(opened(3, '12-31 09:00')), '12-31 10:00').provisional).toBe(true);
    expect(clock('respond', history(opened(1, '12-31 09:00')), '12-31 10:00').provisional).toBe(false);
  });
});

describe('a new level', () => {
  it('counts from the first start, with all pauses', () => {
    const events = history(opened(3, '11-25 09:00'), ['11-25 10:00', { kind: 'held', reason: 'customer' }], ['11-25 13:00', { kind: 'resumed' }], ['11-25 14:00', relevel(3, 2)]);
    expect(when(clock('respond', events.slice(0, 3), '11-25 13:30').dueAt)).toBe('11-27 12:00');
    const { dueAt, startedAt, percent } = clock('respond', events, '11-25 14:00');
    expect([when(startedAt), when(dueAt), percent]).toEqual(['11-25 09:00', '11-26 10:00', 25]);
  });
  it('cannot have been missed before it was known', () => {
    const events = history(opened(3, '11-25 09:00'), ['11-25 15:00', relevel(3, 1)]);
    expect(clock('respond', events, '11-25 15:30')).toMatchObject({ state: 'breached', dueAt: at('11-25 13:00'), breachedAt: at('11-25 15:00') });
  });
  it('changes nothing about what had stopped', () => {
    const events = history(opened(3, '11-25 09:00'), ['11-25 15:00', contact('first-contact')], ['11-25 16:00', relevel(3, 1)]);
    expect(clock('respond', events, '11-26 09:00')).toMatchObject({ state: 'met', dueAt: at('11-27 09:00') });
  });
  it('asks for hourly status from then on, and no longer when it falls', () => {
    const events = history(opened(2, '11-25 09:00'), ['11-25 15:00', relevel(2, 1)], ['11-25 15:50', contact('status-update')], ['11-25 16:20', relevel(1, 2)]);
    expect(cycles('update', events.slice(0, 1), '11-25 10:00')).toEqual([]);
    expect(cycles('update', events, '11-25 17:30')).toEqual([
      [1, 'met', '11-25 15:00', '11-25 15:50', '11-25 16:00'],
      [2, 'cancelled', '11-25 15:50', '11-25 16:20', '11-25 16:50'],
    ]);
  });
  it('starts a clock that only it has as if it had always had it', () => {
    const terms = termsOf(POLICIES, { policyId: 'alibaba', tier: 'remote-7x24', zone: 'Asia/Shanghai' });
    const events = history(opened(3, '11-25 09:00'), ['11-25 09:03', relevel(3, 1)]);
    expect(cycles('rescue', events.slice(0, 1), '11-25 09:02', terms)).toEqual([]);
    expect(cycles('rescue', events, '11-25 09:04', terms)).toEqual([[1, 'running', '11-25 09:00', undefined, '11-25 09:05']]);
  });
});

describe('the other clocks', () => {
  it('call-back and action plan wait for the response', () => {
    const before = history(opened(1, '11-25 10:00'));
    expect(clock('call-back', before, '11-25 10:30', TONGTECH)).toMatchObject({ state: 'waiting', elapsedMs: 0, dueAt: undefined });
    const events = history(opened(1, '11-25 10:00'), ['11-25 11:00', contact('first-contact')], ['11-25 11:40', contact('call-back')], ['11-25 14:00', contact('action-plan')]);
    expect(cycles('respond', events, '11-25 15:00', TONGTECH)).toEqual([[1, 'met', '11-25 10:00', '11-25 11:00', '11-25 12:00']]);
    expect(cycles('call-back', events, '11-25 15:00', TONGTECH)).toEqual([[1, 'met', '11-25 11:00', '11-25 11:40', '11-25 12:00']]);
    expect(cycles('action-plan', events, '11-25 15:00', TONGTECH)).toEqual([[1, 'breached', '11-25 11:00', '11-25 14:00', '11-25 13:00']]);
  });
  it('arrival is not waited for where no time is set', () => {
    expect(clocksOf(TERMS, history(opened(1, '11-25 10:00')), at('11-25 10:30')).map((one) => one.clock)).toEqual(['respond', 'update', 'notify']);
  });
  it('arrival counts from dispatch, and has a goal where a contract gives one', () => {
    const events = history(opened(1, '11-25 10:00'), ['11-25 11:00', contact('dispatched')], ['11-25 14:30', contact('arrived')]);
    expect(clock('arrive', events, '11-25 15:00')).toMatchObject({ state: 'met', dueAt: undefined, elapsedMs: 3.5 * 3_600_000 });
    const contract = termsOf(POLICIES, {
      policyId: 'daocloud',
      tier: 'professional',
      zone: 'Asia/Shanghai',
      overrides: { levels: { 1: { clocks: { arrive: { goal: 'PT2H' } } } } },
    });
    expect(clock('arrive', events, '11-25 15:00', contract)).toMatchObject({ state: 'breached', breachedAt: at('11-25 13:00') });
  });
  it('notification counts from the fault at the site, and nothing pauses it', () => {
    const events = history(opened(2, '11-25 10:00', '11-25 04:00'), ['11-25 11:00', { kind: 'held', reason: 'customer' }]);
    expect(clock('notify', events, '11-25 12:00', UNTOLD)).toMatchObject({ state: 'running', startedAt: at('11-25 04:00'), dueAt: at('11-26 04:00') });
    expect(
      clock('notify', [...events, ...history(opened(2, '11-25 10:00'), ['11-25 10:00', { kind: 'started' }], ['11-25 13:00', contact('notified')]).slice(2)], '11-28 12:00', UNTOLD)
        .state,
    ).toBe('met');
  });
  it('notification is over with the opening, where the policy tells support then', () => {
    expect(cycles('notify', history(opened(2, '11-25 10:00', '11-25 04:00')), '11-28 12:00')).toEqual([[1, 'met', '11-25 04:00', '11-25 10:00', '11-26 04:00']]);
    // An agent that was cut off brought it too late: nothing makes that good.
    expect(clock('notify', history(opened(2, '11-25 10:00', '11-23 04:00')), '11-25 10:00')).toMatchObject({ state: 'breached', stoppedAt: at('11-25 10:00') });
  });
  it('a site clock of 1970 does not stop the collector', () => {
    const events = history(opened(2, '11-25 10:00')).map((event) => ({ ...event, eventTime: 0 }));
    expect(clock('notify', events, '11-25 12:00').state).toBe('breached');
  });
  it('level 1 owes news every hour, each update starting the next hour', () => {
    const events = history(opened(1, '11-25 10:00'), ['11-25 10:40', contact('status-update')], ['11-25 12:10', contact('status-update')]);
    expect(cycles('update', events, '11-25 12:20')).toEqual([
      [1, 'met', '11-25 10:00', '11-25 10:40', '11-25 11:00'],
      [2, 'breached', '11-25 10:40', '11-25 12:10', '11-25 11:40'],
      [3, 'running', '11-25 12:10', undefined, '11-25 13:10'],
    ]);
  });
});

describe('the fold', () => {
  it('does not mind the order of the events, nor what comes after now, nor nothing', () => {
    const events = history(
      opened(2, '11-25 09:00'),
      ['11-25 10:00', { kind: 'held', reason: 'customer' }],
      ['11-25 11:00', { kind: 'resumed' }],
      ['11-25 12:00', contact('first-contact')],
    );
    expect(clocksOf(TERMS, [...events].reverse(), at('11-25 15:00'))).toEqual(clocksOf(TERMS, events, at('11-25 15:00')));
    expect(clocksOf(TERMS, events, at('11-25 09:30'))).toEqual(clocksOf(TERMS, events.slice(0, 1), at('11-25 09:30')));
    expect(clocksOf(TERMS, [], at('11-25 15:00'))).toEqual([]);
    expect(clocksOf(TERMS, events.slice(1), at('11-25 15:00'))).toEqual([]);
  });
  it('a time before its predecessor counts as that', () => {
    const events = history(opened(2, '11-25 09:00'), ['11-25 08:59', contact('first-contact')]);
    expect(clock('respond', events, '11-25 10:00')).toMatchObject({ state: 'met', stoppedAt: at('11-25 09:00'), elapsedMs: 0 });
  });
});
