import { describe, expect, it } from 'vitest';
import { daysUntil, isShortLived, lifecycleOf, longerServicePack } from '../../../../agent/checks/lifecycle/operating-systems.ts';

const NOW = 1_795_305_600; // 2026-11-22T00:00:00Z

describe('the lifecycle of operating systems', () => {
  it('matches service packs exactly and minor releases by their major', () => {
    expect(lifecycleOf({ distribution: 'openeuler', versionId: '22.03', release: '22.03-lts-sp3' })?.end).toBe('2025-12-31');
    expect(lifecycleOf({ distribution: 'openeuler', versionId: '22.03', release: '22.03-lts-sp9' })).toBeUndefined();
    expect(lifecycleOf({ distribution: 'centos', versionId: '7', release: '7.9.2009' })?.end).toBe('2024-06-30');
    expect(lifecycleOf({ distribution: 'rocky', versionId: '8.10', release: '8.10' })?.release).toBe('8');
    expect(lifecycleOf({ distribution: 'rhel', versionId: '8.10', release: '8.10' })).toEqual({ release: '8', end: '2029-05-31', extended: '2032-05-31' });
    expect(lifecycleOf({ distribution: 'anolis', versionId: '8.8', release: '8.8' })?.end).toBe('2031-03-31');
    expect(lifecycleOf({ distribution: 'sles', versionId: '15', release: '15' })?.end).toBe('2019-12-31');
    expect(lifecycleOf({ distribution: 'sles', versionId: '15.9', release: '15-sp9' })).toBeUndefined(); // a service pack of later is not the first release
    expect(lifecycleOf({ distribution: 'amazon', versionId: '2023', release: '2023' })?.release).toBe('2023');
    expect(lifecycleOf({ distribution: 'ubuntu', versionId: '22.04', release: '22.04.3-lts' })?.extended).toBe('2032-04-09');
    expect(lifecycleOf({ distribution: 'debian', versionId: '12', release: '12.9' })).toEqual({ release: '12', end: '2026-06-10', extended: '2028-06-30' });
    expect(lifecycleOf({ distribution: 'rhel', versionId: '80', release: '80' })).toBeUndefined();
    expect(lifecycleOf({ distribution: 'kylin', versionId: 'v10', release: 'v10-sp3' })).toBeUndefined();
  });
  it('recommends a service pack only when it lives longer', () => {
    expect(longerServicePack({ distribution: 'openeuler', release: '24.03-lts-sp1', versionId: '24.03' })).toBe('24.03-lts-sp3');
    expect(longerServicePack({ distribution: 'openeuler', release: '24.03-lts-sp3', versionId: '24.03' })).toBeUndefined();
    expect(longerServicePack({ distribution: 'openeuler', release: '22.03-lts', versionId: '22.03' })).toBe('22.03-lts-sp4');
    expect(longerServicePack({ distribution: 'sles', release: '15-sp4', versionId: '15.4' })).toBe('15.7');
    expect(longerServicePack({ distribution: 'debian', release: '12.5', versionId: '12' })).toBeUndefined();
  });
  it('knows releases that live for months', () => {
    expect(isShortLived({ distribution: 'ubuntu', versionId: '24.04', release: undefined })).toBe(false);
    expect(isShortLived({ distribution: 'ubuntu', versionId: '23.04', release: undefined })).toBe(true);
    expect(isShortLived({ distribution: 'openeuler', versionId: '25.03', release: '25.03' })).toBe(true);
  });
  it('counts whole days, the last day included', () => {
    expect(daysUntil('2026-11-22', NOW)).toBe(0);
    expect(daysUntil('2026-11-21', NOW)).toBe(-1);
    expect(daysUntil('2026-12-22', NOW)).toBe(30);
  });
});
