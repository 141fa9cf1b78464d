import { describe, expect, it } from 'vitest';
import { costsOf, type WorkloadUsage } from '../../../collector/inspections/period/costs.ts';
import { known } from '../../../reports/model.ts';
import { HEALTHY } from '../../fixtures/healthy/index.ts';

const GIB = 2 ** 30;
const [db, web] = [
  { namespace: 'shop', kind: 'StatefulSet', name: 'db', pods: 3 },
  { namespace: 'shop', kind: 'Deployment', name: 'web', pods: 3 },
] as const;
function usage(webMillicores: number): WorkloadUsage {
  return {
    ...{ pods: 6, cpuMillicores: 5_000, memoryBytes: 22 * GIB, dropped: 0, byNamespace: [], namespacesDropped: 0 },
    rows: [
      { ...db, cpuMillicores: 4_100, memoryBytes: 20 * GIB },
      // An old metrics-server does not tell the kind.
      { ...web, kind: 'other', cpuMillicores: webMillicores, memoryBytes: GIB },
    ],
  };
}
const costs = (samples?: readonly WorkloadUsage[], sections = HEALTHY) => known(costsOf(sections, [], undefined, samples));

describe('what workloads ask for beside what they use', () => {
  it('is the 95th percentile of the period, and of few measurements the highest', () => {
    const twenty = Array.from({ length: 20 }, (_, index) => usage(index === 7 ? 2_900 : 200 + index));
    expect(costs(twenty)?.workloads?.rows.find(({ name }) => name === 'web')).toMatchObject({ requestedMillicores: 3_000, usedMillicores: 219, usedBytes: GIB });
    expect(costs(twenty)?.usageSamples).toBe(20);
    expect(costs([usage(200), usage(2_900)])?.workloads?.rows.find(({ name }) => name === 'web')?.usedMillicores).toBe(2_900);
  });
  it('names as oversized what asks for twice its use and wastes half a core or a GiB', () => {
    expect(costs([usage(400)])?.oversized?.map(({ name }) => name)).toEqual(['web']);
    expect(costs([usage(2_000)])?.oversized?.map(({ name }) => name)).toEqual(['web']); // 3 GiB asked for, 1 GiB used
    expect(costs()?.oversized?.map(({ name }) => name)).toEqual(['calico-node']); // the inspection's own measurement
  });
  it('says nothing about what was not measured', () => {
    const { workloadUsage: _none, ...unmeasured } = HEALTHY;
    const own = costs([], unmeasured);
    expect([own?.oversized, own?.usageSamples]).toEqual([undefined, undefined]);
    expect(own?.workloads?.rows[0]).toMatchObject({ name: 'db', requestedMillicores: 6_000 });
    expect(own?.workloads?.rows.every(({ usedMillicores }) => usedMillicores === undefined)).toBe(true);
    const { byWorkload: _rows, ...pods } = HEALTHY.pods ?? ({} as never);
    expect(costs(undefined, { ...HEALTHY, pods })?.workloads).toBeUndefined();
  });
});
