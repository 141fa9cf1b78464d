import { expect, it } from 'vitest';
import { isInMaintenance, type MaintenanceWindow } from '../../../agent/triggers/maintenance.ts';

const MOUNT = { kind: 'Mount', node: 'db-1', name: '/data' } as const;
const at = (iso: string): number => Date.parse(iso) / 1_000;
const weekly = (over: object = {}): MaintenanceWindow => ({ when: { days: ['sat'], fromMinute: 22 * 60, toMinute: 2 * 60, timeZone: 'Asia/Shanghai', ...over } });

it.each([
  ['2026-11-28T21:59:59+08:00', false],
  ['2026-11-28T22:00:00+08:00', true],
  ['2026-11-29T01:59:59+08:00', true],
  ['2026-11-29T02:00:00+08:00', false],
  ['2026-11-28T01:00:00+08:00', false],
])('a weekly window over midnight belongs to the day that it begins on: %s', (time, expected) => {
  expect(isInMaintenance([weekly()], 'disk-space-low', MOUNT, at(time))).toBe(expected);
});
it('keeps local time when the clocks change', () => {
  const window = weekly({ days: ['sun'], fromMinute: 180, toMinute: 240, timeZone: 'Europe/Berlin' });
  expect(isInMaintenance([window], 'x', MOUNT, at('2026-10-25T03:30:00+01:00'))).toBe(true);
  expect(isInMaintenance([window], 'x', MOUNT, at('2026-10-18T03:30:00+02:00'))).toBe(true);
});
it('ends before its end', () => {
  const window: MaintenanceWindow = { when: { from: 100, to: 200 } };
  expect([99, 100, 199, 200].map((time) => isInMaintenance([window], 'x', MOUNT, time))).toEqual([false, true, true, false]);
});
it.each([
  [{ kind: 'Node', name: 'db-*' }, undefined, true],
  [{ kind: 'Node', name: 'web-*' }, undefined, false],
  [{ kind: 'Mount', name: '/data' }, ['disk-*'], true],
  [{ kind: 'Mount', name: '/data' }, ['pod-*'], false],
  [undefined, undefined, true],
] as const)('is about what it names, and a node about what lives on it: %j %j', (match, checks, expected) => {
  expect(isInMaintenance([{ match, checks, when: { from: 0, to: 10 } }], 'disk-space-low', MOUNT, 5)).toBe(expected);
});
