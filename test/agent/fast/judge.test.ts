import { expect, it } from 'vitest';
import type { Check } from '../../../agent/checks/check.ts';
import { CHECKS } from '../../../agent/checks/index.ts';
import { clearSetting, judge } from '../../../agent/fast/judge.ts';
import type { Evaluation } from '../../../agent/triggers/evaluation.ts';
import type { SomeSections } from '../../../agent/wire/section-values.ts';
import { mountRow } from '../../fixtures/healthy/host-storage.ts';
import { FIXTURE_NOW, HEALTHY } from '../../fixtures/healthy/index.ts';

function checkOf(id: string): Check {
  const check = CHECKS.find((one) => one.id === id);
  if (!check) throw new Error(id);
  return check;
}
function judged(id: string, change: SomeSections, over: Partial<Parameters<typeof judge>[2]> = {}): Evaluation {
  return judge({ ...HEALTHY, ...change }, [], { checks: [checkOf(id)], settings: {}, suppressions: [], triggers: {}, now: FIXTURE_NOW, host: 'n', ...over });
}
const disk = (availablePercent: number): SomeSections => ({
  filesystems: { ...HEALTHY.filesystems, mounts: [mountRow({ availablePercent })] } as NonNullable<SomeSections['filesystems']>,
});

it.each([
  [14.9, 1, 1],
  [15.5, 0, 1],
  [16.6, 0, 0],
])('%s %% free of a disk that fires below 15 %%: %i found, %i held until a tenth more', (free, found, held) => {
  const evaluation = judged('disk-space-low', disk(free));
  expect(evaluation.findings).toHaveLength(found);
  expect(evaluation.held).toHaveLength(held);
});
it('the site sets the clear threshold', () => {
  const triggers = { 'disk-space-low': { clear: { warningPercent: 30 } } };
  expect(judged('disk-space-low', disk(29), { triggers })).toMatchObject({ findings: [], held: [{ check: 'disk-space-low' }] });
  expect(judged('disk-space-low', disk(31), { triggers }).held).toEqual([]);
});
it('follows thresholds that the site has changed, for scopes too', () => {
  const check = checkOf('host-memory-high');
  const relaxed = clearSetting(check, { threshold: { warningPercent: 70 }, scopes: [{ match: { name: 'db' }, threshold: { warningPercent: 95 } }] }, undefined);
  expect(relaxed?.threshold).toMatchObject({ warningPercent: 63, criticalPercent: 81 });
  expect(relaxed?.scopes?.[0]?.threshold).toEqual({ warningPercent: 85.5 });
});
it('a check without a side has no second threshold', () => {
  expect(clearSetting(checkOf('disk-mount-hung'), {}, undefined)).toBeUndefined();
});
it('an accepted risk triggers nothing', () => {
  const suppressions = [{ check: 'disk-space-low', owner: 'Li', reason: 'x', expires: '2999-01-01' }];
  expect(judged('disk-space-low', disk(2), { suppressions })).toMatchObject({ findings: [], held: [] });
});
it('says which checks saw a list that was cut', () => {
  expect(judged('pod-crash-loop', { pods: { ...HEALTHY.pods, dropped: 3 } as NonNullable<SomeSections['pods']> }).partial).toEqual(['pod-crash-loop']);
  expect(judged('pod-crash-loop', {}).partial).toEqual([]);
});
