import { describe, expect, it } from 'vitest';
import { costsOf, type WorkloadUsage } from '../../../collector/inspections/period/costs.ts';
import { costByNamespace, costByWorkload, costOverview } from '../../../reports/chapters/costs.ts';
import type { Costs } from '../../../reports/facts/service.ts';
import { known, type ReportModel } from '../../../reports/model.ts';
import { oversizedIn, spareOf } from '../../../reports/oversized.ts';
import { HEALTHY } from '../../fixtures/healthy/index.ts';
import { PERIOD } from '../../reports/fixtures/period.ts';

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
const costs = (samples?: readonly WorkloadUsage[], sections = HEALTHY) => known(costsOf(sections, [], undefined, samples && { samples, inspections: 184 }));

describe('what workloads ask for beside what they use', () => {
  it('is the 95th percentile of the period, and of few measurements the highest', () => {
    const twenty = Array.from({ length: 20 }, (_, index) => usage(index === 7 ? 2_900 : 200 + index));
    expect(costs(twenty)?.workloads?.rows.find(({ name }) => name === 'web')).toMatchObject({ requestedMillicores: 3_000, usedMillicores: 219, usedBytes: GIB });
    expect(costs(twenty)).toMatchObject({ usageSamples: 20, usageInspections: 184 });
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
  it('says what a workload asks too much of, and gives back nothing else of it', () => {
    const row = { requestedMillicores: 200, usedMillicores: 190, requestedBytes: 4 * GIB, usedBytes: GIB };
    expect([oversizedIn(row), spareOf(row)]).toEqual([['memory'], { millicores: 0, bytes: 4 * GIB - Math.round(1.15 * GIB) }]);
    expect(oversizedIn({ ...row, requestedMillicores: 2_000 })).toEqual(['cpu', 'memory']);
  });
  it('never gives back more than was asked for, and says where workloads and nodes contradict each other', () => {
    const model = (change: Partial<Costs>): ReportModel => ({
      ...PERIOD,
      costs: { value: { ...(known(PERIOD.costs) as Costs), prices: undefined, idleNodes: [], orphanedVolumes: [], ...change } },
    });
    const words = (change: Partial<Costs>): string => JSON.stringify(costOverview.write(model(change), 'zh'));
    const wasteful = { namespace: 'legacy', name: 'agent', requestedMillicores: 8_000, usedMillicores: 650, requestedBytes: 32 * GIB, usedBytes: 3 * GIB };
    const sums = { requestedMillicores: 7_200, requestedBytes: 18 * GIB, oversized: [wasteful] };
    expect(words(sums)).toContain('不一致');
    expect(words(sums)).not.toContain('可回收约 ');
    expect(words({ ...sums, requestedMillicores: 12_000, requestedBytes: 48 * GIB })).toContain('下调超配工作负载的申请（保留 15 % 余量）可回收约 7.3 核、28.5 GiB 内存');
    const asked = { ...sums, requestedMillicores: 12_000, requestedBytes: 48 * GIB, askedByWorkloads: { millicores: 15_000, bytes: 48 * GIB } };
    expect(words(asked)).toContain('各工作负载的申请合计（15 核 / 48 GiB）与各节点上 Pod 的申请合计（12 核 / 48 GiB）不一致');
  });
  it('says of how many inspections the use is, and how they were chosen', () => {
    const words = (change: Partial<Costs>): string =>
      JSON.stringify(costByWorkload.write({ ...PERIOD, costs: { value: { ...(known(PERIOD.costs) as Costs), ...change } } }, 'zh').slice(-1));
    expect(words({ usageSamples: 40, usageInspections: 960 })).toContain('本期 960 次巡检中按时间均匀抽取的 40 次测量（metrics-server）的第 95 百分位（P95）');
    expect(words({ usageSamples: 184, usageInspections: 184 })).toContain('本期全部 184 次巡检的测量');
    expect(words({ usageSamples: 7, usageInspections: 7 })).toContain('本期全部 7 次巡检的测量（metrics-server）中的最大值，不含巡检之间的高峰');
  });
  it('calls nothing saved that is paid for all the same, and adds the namespaces up to the whole', () => {
    const prices = { currency: 'CNY', perCore: 100, perGibMemory: 0, perGibStorage: 1 };
    const wasteful = { namespace: 'legacy', name: 'agent', requestedMillicores: 8_000, usedMillicores: 1_000, requestedBytes: 0, usedBytes: 0 };
    const sums = { requestedMillicores: 9_000, requestedBytes: GIB, allocatableMillicores: 20_000, allocatableBytes: 40 * GIB, askedByWorkloads: undefined };
    const value: Costs = { ...(known(PERIOD.costs) as Costs), ...sums, prices, idleNodes: [], orphanedVolumes: [], oversized: [wasteful] };
    const namespaces = { value: { rows: [{ name: 'legacy', cpuRequestMillicores: 9_000, memoryRequestBytes: GIB }], total: 1 } } as unknown as ReportModel['namespaces']; // nothing else is read
    const model: ReportModel = { ...PERIOD, costs: { value }, namespaces };
    const words = JSON.stringify(costOverview.write(model, 'zh'));
    expect(words).toContain('各节点的 CPU 与内存折合每月 2,000 CNY（不含在用的存储）。可释放的容量折合每月约 685 CNY，减少节点或清理存储卷之后费用才会实际下降。');
    expect(JSON.stringify(costByNamespace.write(model, 'zh'))).toContain('本表合计 900；全部节点合计 2,000，其中 1,100 为没有被申请的容量');
  });
  it('does not count what waits for a node as capacity that somebody requested', () => {
    const prices = { currency: 'CNY', perCore: 100, perGibMemory: 0, perGibStorage: 1 };
    const sums = { requestedMillicores: 8_000, requestedBytes: GIB, allocatableMillicores: 20_000, allocatableBytes: 40 * GIB };
    const namespaces = { value: { rows: [{ name: 'legacy', cpuRequestMillicores: 9_000, memoryRequestBytes: GIB }], total: 1 } } as unknown as ReportModel['namespaces']; // nothing else is read
    const model: ReportModel = { ...PERIOD, costs: { value: { ...(known(PERIOD.costs) as Costs), ...sums, prices } }, namespaces };
    expect(JSON.stringify(costByNamespace.write(model, 'zh'))).toContain('本表合计 900；全部节点合计 2,000，其中 1,200 为没有被申请的容量');
  });
  it('takes what waits for a node out of what workloads ask for on nodes', () => {
    const pods = HEALTHY.pods;
    if (!pods) throw new Error('no pods');
    const waiting = { ...pods, unscheduled: 1, abnormal: [{ namespace: 'shop', owner: 'web', node: '', phase: 'Pending' }] } as unknown as typeof pods; // nothing else is read
    const all = known(costsOf(HEALTHY, [], undefined))?.askedByWorkloads?.millicores ?? 0;
    expect(known(costsOf({ ...HEALTHY, pods: waiting }, [], undefined))?.askedByWorkloads?.millicores).toBe(all - 1_000);
    expect(known(costsOf({ ...HEALTHY, pods: { ...pods, workloadsDropped: 3 } }, [], undefined))?.askedByWorkloads).toBeUndefined();
  });
});
