import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventCounts, inLastHour, occurrencesOf } from '../../../../agent/gatherers/cluster/objects/events.ts';
import { EVENTS } from '../../../../agent/kube/resources.ts';
import { ago, gather, gathered, HOSTILE, meta, NOW } from './gathered.ts';

function event(reason: string, more: object = {}): object {
  return {
    ...meta(`e-${reason}`, 'shop'),
    type: 'Warning',
    reason,
    message: 'password is hunter2',
    count: 1,
    firstTimestamp: ago(600),
    lastTimestamp: ago(600),
    involvedObject: { kind: 'Pod', namespace: 'shop', name: 'cart-1' },
    ...more,
  };
}

describe('warning events', () => {
  it('are counted by reason, never quoted', async () => {
    const value = await gathered('events', [
      [
        EVENTS,
        [
          event('Unhealthy', { count: 12, firstTimestamp: ago(7_200), lastTimestamp: ago(0) }),
          event('Unhealthy', { involvedObject: { kind: 'Pod', namespace: 'kube-system', name: 'x' } }),
          event('CustomersOwnReason'),
          event('Pulled', { type: 'Normal' }),
          event('NodeNotReady', { involvedObject: { kind: 'Node', name: 'node-1' } }),
        ],
      ],
    ]);
    expect(JSON.stringify(value)).not.toMatch(/hunter2|CustomersOwnReason|cart/);
    expect(value).toMatchObject({ total: 4, lastHour: 9, byKind: { Pod: 8, Node: 1 } });
    expect(value.reasons).toEqual([
      { reason: 'Unhealthy', occurrences: 13, lastHour: 7, lastHourSystem: 1, objects: 2, firstAt: NOW - 7_200, lastAt: NOW },
      { reason: 'other', occurrences: 1, lastHour: 1, lastHourSystem: 0, objects: 1, firstAt: NOW - 600, lastAt: NOW - 600 },
      { reason: 'NodeNotReady', occurrences: 1, lastHour: 1, lastHourSystem: 1, objects: 1, firstAt: NOW - 600, lastAt: NOW - 600 },
    ]);
  });
  it('of the new shape tell their series', () => {
    expect(occurrencesOf({ eventTime: ago(5_000), series: { count: 7, lastObservedTime: ago(10) }, firstTimestamp: null, lastTimestamp: null })).toEqual({
      count: 7,
      firstAt: NOW - 5_000,
      lastAt: NOW - 10,
    });
    expect(occurrencesOf({ metadata: { creationTimestamp: ago(30) } })).toEqual({ count: 1, firstAt: NOW - 30, lastAt: NOW - 30 });
    expect(occurrencesOf({ count: -4, firstTimestamp: ago(10), lastTimestamp: ago(20) })).toEqual({ count: 1, firstAt: NOW - 20, lastAt: NOW - 20 });
  });
  it('of the last hour are never more than all', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(1e6), fc.nat(1e6), (count, from, length) => {
        const lastAt = NOW - from;
        const hour = inLastHour({ count: count + 1, firstAt: lastAt - length, lastAt }, NOW);
        return hour >= 0 && hour <= count + 1 && (from > 3_600 ? hour === 0 : hour >= 1);
      }),
    );
  });
  it('stop counting objects at a cap', () => {
    const counts = new EventCounts(NOW);
    for (let i = 0; i < 2_000; i += 1) counts.add(event('Failed', { involvedObject: { kind: 'Pod', namespace: 'shop', name: `p-${i}` } }) as Readonly<Record<string, unknown>>);
    expect(counts.section.reasons[0]).toMatchObject({ occurrences: 2_000, objects: 500 });
  });
  it('survive objects out of shape', async () => {
    expect((await gather('events', [[EVENTS, [...HOSTILE, { type: 'Warning' }]]])).value).toMatchObject({ total: 1 });
  });
});
