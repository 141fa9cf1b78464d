import { afterEach, describe, expect, it } from 'vitest';
import { learnLifecycles } from '../../../agent/checks/lifecycle/extension.ts';
import { kubernetesRelease, oldestMaintainedMinor } from '../../../agent/checks/lifecycle/kubernetes.ts';
import { middlewareLifecycle } from '../../../agent/checks/lifecycle/middleware/index.ts';
import { lifecycleOf } from '../../../agent/checks/lifecycle/operating-systems.ts';
import { type AppliedPack, applyPack, readApplied, rollbackPack, withPack } from '../../../agent/packs/applied.ts';
import { folder } from '../../support/bundle-kit.ts';

const PACK: AppliedPack = {
  ...{ name: 'base', version: '2', sha256: 'a'.repeat(64), keyId: 'b'.repeat(64), appliedAt: '2026-11-26T00:00:00.000Z', approvedBy: 'approval' },
  thresholds: { 'disk-space-low': { warningPercent: 30 }, 'host-load-high': { warningRatio: 3 } },
  lifecycles: {
    kubernetes: [{ minor: 40, released: '2027-08-01', activeUntil: '2028-08-01', end: '2028-10-01' }],
    operatingSystems: { openeuler: [{ release: '24.03-lts-sp4', end: '2029-01-01' }] },
    middleware: { nginx: { releases: [{ release: '1.33', end: '2031-01-01' }] } },
  },
};
afterEach(() => learnLifecycles({}));

describe('an applied pack', () => {
  it('changes thresholds that the site has not set itself, and lifecycles that are younger than the program', async () => {
    const packsDir = folder();
    await applyPack(packsDir, PACK);
    const { options, pack } = await withPack({ stateDir: '/nowhere', packsDir, settings: { 'disk-space-low': { threshold: { warningPercent: 12 } } } });
    expect(pack).toBe('2');
    expect(options.settings).toEqual({ 'disk-space-low': { threshold: { warningPercent: 12 } }, 'host-load-high': { threshold: { warningRatio: 3 } } });
    expect(kubernetesRelease(40)?.end).toBe('2028-10-01');
    expect(oldestMaintainedMinor(Date.parse('2028-01-01') / 1_000)).toBe(40);
    expect(lifecycleOf({ distribution: 'openeuler', release: '24.03-lts-sp4', versionId: '24.03' })?.end).toBe('2029-01-01');
    expect(middlewareLifecycle('nginx')?.releases.at(-1)).toMatchObject({ release: '1.33', end: '2031-01-01' });
    expect(middlewareLifecycle('nginx')?.releases.length).toBeGreaterThan(10);
  });
  it('is gone after a rollback, and a file that is none counts as none', async () => {
    const packsDir = folder();
    await applyPack(packsDir, PACK);
    expect((await rollbackPack(packsDir, 'now'))?.now).toBeUndefined();
    expect(await rollbackPack(packsDir, 'now')).toBeUndefined();
    const { pack, options } = await withPack({ stateDir: '/nowhere', packsDir, settings: {} });
    expect([pack, options.settings]).toEqual([undefined, {}]);
    expect(kubernetesRelease(40)).toBeUndefined();
    expect((await readApplied('/proc/self/mem')).applied).toEqual([]);
  });
});
