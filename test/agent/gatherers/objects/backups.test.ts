import { describe, expect, it } from 'vitest';
import { VELERO_BACKUPS, VELERO_SCHEDULES, VELERO_STORAGE_LOCATIONS } from '../../../../agent/kube/resources.ts';
import { ago, gather, gathered, HOSTILE, meta, NOW } from './gathered.ts';

function backup(name: string, schedule: string, phase: string, startedAgo: number): object {
  return {
    ...meta(name, 'velero', { labels: { 'velero.io/schedule-name': schedule } }),
    status: { phase, startTimestamp: ago(startedAgo), ...(phase === 'Completed' && { completionTimestamp: ago(startedAgo - 600) }) },
  };
}

describe('backups', () => {
  it('tell the latest result of each schedule, in whatever order they come', async () => {
    const value = await gathered('backups', [
      [
        VELERO_BACKUPS,
        [
          backup('n3', 'nightly', 'InProgress', 60),
          backup('n2', 'nightly', 'Failed', 3_600),
          backup('n1', 'nightly', 'Completed', 90_000),
          backup('w1', 'weekly', 'Completed', 200_000),
          backup('w0', 'weekly', 'Failed', 800_000),
        ],
      ],
      [VELERO_SCHEDULES, [meta('nightly', 'velero'), { ...meta('weekly', 'velero'), spec: { paused: true } }, meta('new', 'velero')]],
      [VELERO_STORAGE_LOCATIONS, [{ ...meta('default', 'velero'), spec: { default: true }, status: { phase: 'Unavailable' } }]],
    ]);
    expect(value.latestCompletedAt).toBe(NOW - 89_400);
    expect(value.schedules.map(({ name, paused, latest, latestCompletedAt }) => [name, paused, latest, latestCompletedAt])).toEqual([
      ['nightly', false, 'failed', NOW - 89_400],
      ['new', false, 'none', undefined],
      ['weekly', true, 'completed', NOW - 199_400],
    ]);
    expect(value.locations).toEqual([{ namespace: 'velero', name: 'default', available: false, default: true }]);
  });
  it('are absent without Velero, and survive objects out of shape', async () => {
    expect((await gather('backups', [])).report).toMatchObject({ status: 'absent', reason: 'not-served' });
    expect(
      (
        await gather('backups', [
          [VELERO_BACKUPS, HOSTILE],
          [VELERO_SCHEDULES, HOSTILE],
          [VELERO_STORAGE_LOCATIONS, HOSTILE],
        ])
      ).report.status,
    ).toBe('ok');
  });
});
