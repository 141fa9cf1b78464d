import { describe, expect, it } from 'vitest';
import { daysLeft, dceLifecycle, KUBERNETES_RELEASES, kubernetesRelease, oldestMaintainedMinor } from '../../../../agent/checks/lifecycle/kubernetes.ts';

const NOW = 1_795_305_600; // 2026-11-22

describe('releases of Kubernetes', () => {
  it('are listed without a gap, each with its days in order', () => {
    for (const [index, release] of KUBERNETES_RELEASES.entries()) {
      expect(release.minor).toBe(20 + index);
      expect(release.released < release.activeUntil && release.activeUntil < release.end).toBe(true);
    }
  });
  it('older than the table count as ended with its oldest row, newer ones are not known', () => {
    expect(kubernetesRelease(11)).toMatchObject({ minor: 11, end: '2022-02-28' });
    expect(kubernetesRelease(99)).toBeUndefined();
  });
  it('tell the oldest one that is maintained, as long as the table reaches', () => {
    expect(oldestMaintainedMinor(NOW)).toBe(35);
    expect(oldestMaintainedMinor(Date.parse('2030-01-01') / 1_000)).toBeUndefined();
  });
});

it('counts whole days to the end of the last day', () => {
  expect(daysLeft('2026-11-22', NOW)).toBe(0);
  expect(daysLeft('2026-11-21', NOW)).toBe(-1);
  expect(daysLeft('2027-02-28', NOW)).toBe(98);
});
it('takes the life cycle of DCE from the contract and keeps what else is printed', () => {
  expect(dceLifecycle(5)).toMatchObject({ endOfMaintenance: '2027-10-30', published: { standardSupport: '2026-06-01' } });
});
