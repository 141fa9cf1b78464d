import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SomeSections } from '../../../agent/wire/section-values.ts';
import type { Inspected } from '../../../collector/inspections/period/inspected.ts';
import { nodeDifferencesOf } from '../../../collector/inspections/period/node-differences.ts';
import type { NodeDifference } from '../../../reports/facts/differences.ts';
import { differencesList } from '../../../reports/lists/differences.ts';
import { differenceBlocks } from '../../../reports/sections/differences.ts';
import { HEALTHY } from '../../fixtures/healthy/index.ts';
import { PERIOD } from '../../reports/fixtures/period.ts';

type Change = (sections: SomeSections) => SomeSections;
const zoned =
  (timeZone: 'Asia/Shanghai' | 'UTC'): Change =>
  ({ os, ...rest }) => ({ ...rest, os: os && { ...os, timeZone } });
const pods =
  (maxPods: number): Change =>
  ({ kubelet, ...rest }) => ({ ...rest, kubelet: kubelet && { ...kubelet, maxPods } });
const swappy =
  (value: number): Change =>
  ({ sysctls, ...rest }) => ({
    ...rest,
    sysctls: sysctls && { ...sysctls, values: { ...sysctls.values, 'vm.swappiness': value, 'vm.min_free_kbytes': 1_000 * value, 'kernel.random.entropy_avail': value } },
  });
const SAME: Change = (sections) => sections;
function node(machine: string, ...changes: readonly Change[]): Inspected {
  const sections = changes.reduce((before, change) => change(before), HEALTHY);
  return { clusterId: 'c', clusterName: 'prod', agent: machine, role: 'node', machine, takenAt: 0, sha256: machine, inspection: { sections } } as unknown as Inspected;
}
const clusterOf = (...masters: readonly string[]): Inspected =>
  ({ ...node('cluster'), role: 'cluster', inspection: { sections: { nodes: { rows: masters.map((name) => ({ name, role: 'control-plane' })) } } } }) as unknown as Inspected;
function told(...inspected: readonly Inspected[]): readonly NodeDifference[] {
  const fact = nodeDifferencesOf(inspected);
  return fact && 'value' in fact ? fact.value.rows : [];
}
const brief = (rows: readonly NodeDifference[]): readonly unknown[] =>
  rows.map(({ among, setting, values }) => [among, setting, values.map(({ value, machines, names }) => [value, machines, names])]);

it('names what a node has other than the rest, and the nodes', () => {
  expect(brief(told(node('a', zoned('Asia/Shanghai')), node('b', zoned('UTC')), node('c', zoned('Asia/Shanghai'))))).toEqual([
    [
      'all',
      'os.timeZone',
      [
        ['Asia/Shanghai', 2, []],
        ['UTC', 1, ['b']],
      ],
    ],
  ]);
  expect(told(node('a'), node('b'))).toEqual([]);
});

it('compares settings of the kubelet and kernel parameters within a role, and leaves alone what follows the machine’s size or the moment', () => {
  const rows = told(clusterOf('m1', 'm2'), node('m1', pods(50), swappy(1)), node('m2', pods(50), swappy(1)), node('w1', pods(110), swappy(1)), node('w2', pods(250), swappy(60)));
  expect(brief(rows)).toEqual([
    [
      'worker',
      'kubelet.maxPods',
      [
        [110, 1, []],
        [250, 1, ['w2']],
      ],
    ],
    [
      'worker',
      'vm.swappiness',
      [
        [1, 1, []],
        [60, 1, ['w2']],
      ],
    ],
  ]);
});

it('compares nothing with itself, no clusters with each other, no machines outside of clusters, and nothing that is not told', () => {
  expect(nodeDifferencesOf([node('a'), clusterOf('a')])).toBeUndefined();
  expect(nodeDifferencesOf([node('a'), { ...node('b', zoned('UTC')), clusterId: 'other' }])).toBeUndefined();
  expect(nodeDifferencesOf([node('a'), { ...node('b', zoned('UTC')), role: 'host' }])).toBeUndefined();
  expect(
    told(
      node('a', zoned('Asia/Shanghai')),
      node('b', ({ os: _os, ...rest }) => rest),
    ),
  ).toEqual([]);
});

it('notices where the API server and the agent tell another system of one node, and says which is which', () => {
  const said = (name: string, osVersion: string, kernel?: string): Inspected =>
    ({
      ...node('cluster'),
      role: 'cluster',
      inspection: { sections: { nodes: { rows: [{ name, role: 'worker', os: 'openeuler', osVersion, ...(kernel !== undefined && { kernel }) }] } } },
    }) as unknown as Inspected;
  const reads =
    (release: string, kernel: string): Change =>
    ({ os, ...rest }) => ({ ...rest, os: os && { ...os, distribution: 'openeuler', versionId: release.slice(0, 5), release, kernel } });
  const agent = node('a', reads('24.03-lts-sp3', '6.6.0'));
  expect(brief(told(agent, said('a', '22.03-lts-sp4', '5.10.0')))).toEqual([
    [
      'all',
      'nodes.osVersion',
      [
        ['openEuler 24.03 LTS SP3', 1, []],
        ['openEuler 22.03 LTS SP4', 1, ['a']],
      ],
    ],
    [
      'all',
      'nodes.kernel',
      [
        ['6.6.0', 1, []],
        ['5.10.0', 1, ['a']],
      ],
    ],
  ]);
  expect(told(agent, said('a', '24.03-lts-sp3', '6.6.0'))).toEqual([]);
  expect(told(agent, said('b', '22.03-lts-sp4'))).toEqual([]); // another node
});
it('says of which cluster, where there are several', () => {
  const other = (one: Inspected): Inspected => ({ ...one, clusterId: 'd', clusterName: 'test' });
  const rows = told(node('a', zoned('UTC')), node('b', zoned('Asia/Shanghai')), other(node('c')), other(node('d')));
  expect(rows.map(({ cluster, setting }) => [cluster, setting])).toEqual([['prod', 'os.timeZone']]);
});

it('tells the same in whichever order the inspections come', () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom<'UTC' | 'Asia/Shanghai'>('UTC', 'Asia/Shanghai'), fc.integer({ min: 0, max: 3 })), { minLength: 2, maxLength: 8 }),
      (machines) => {
        const inspected = machines.map(([zone, swap], index) => node(`n${index}`, zoned(zone), swappy(swap)));
        expect(nodeDifferencesOf(inspected.toReversed())).toEqual(nodeDifferencesOf(inspected));
      },
    ),
    { numRuns: 30 },
  ));

it('says on paper how much was compared, with a row for every other value; nothing where nothing was', () => {
  const of = (...inspected: readonly Inspected[]) => ({ ...PERIOD, differences: nodeDifferencesOf(inspected) });
  expect(differenceBlocks(of(node('a')), 'zh')).toEqual([]);
  const alike = JSON.stringify(differenceBlocks(of(node('a', SAME), node('b', SAME)), 'zh'));
  expect(alike).toMatch(/比较了 2 台节点的 \d+ 项设置.*全部一致/);
  expect(alike).not.toContain('"table"');
  const model = of(node('a', zoned('UTC')), node('b', zoned('UTC')), node('c', zoned('Asia/Shanghai')));
  expect(JSON.stringify(differenceBlocks(model, 'en'))).toMatch(/settings of 3 nodes .* 1 is different.*Time zone.*all nodes.*UTC.*Asia\/Shanghai/);
  expect(differencesList.pick(model)).toMatchObject({ value: { total: 1 } });
});
