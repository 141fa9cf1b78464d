import { describe, expect, it } from 'vitest';
import type { Finding } from '../../agent/wire/inspection.ts';
import { assess, changesSentence, type Grade, stateSentence } from '../../reports/assessment.ts';
import { riskSignOff } from '../../reports/chapters/sign-off.ts';
import { planTooLate, proposedAt } from '../../reports/due-dates.ts';
import type { Forecast } from '../../reports/facts/period.ts';
import type { ReportModel } from '../../reports/model.ts';
import { CLUSTER, CLUSTER_ONLY, EMPTY, FINDINGS, HEALTHY_CLUSTER, HOST_ONLY, RICH } from './fixtures/models.ts';
import { OUTAGE, PERIOD } from './fixtures/period.ts';

const of = (...checks: readonly string[]): readonly Finding[] => FINDINGS.filter(({ check }) => checks.includes(check));
const covered = (percent: number): Partial<ReportModel> => ({ coverage: { ...HEALTHY_CLUSTER.coverage, percent } });
const oneControlPlane = {
  ...CLUSTER,
  nodes: {
    value: {
      rows: [
        { name: 'cp-1', controlPlane: true },
        { name: 'w-1', controlPlane: false },
      ],
      total: 2,
    },
  },
};

describe('the grade', () => {
  const cases: readonly (readonly [string, Partial<ReportModel>, Grade])[] = [
    ['nothing found, all looked at', {}, 'excellent'],
    ['three kinds of warning', { findings: of('os-end-of-life', 'host-oom-kill', 'disk-inodes-low') }, 'excellent'],
    ['four kinds of warning', { findings: of('os-end-of-life', 'host-oom-kill', 'disk-inodes-low', 'pod-pending') }, 'good'],
    ['coverage just below 95 %', covered(94.9), 'good'],
    ['coverage of 95 %', covered(95), 'excellent'],
    ['one kind of critical problem on many things', { findings: of('pod-crash-looping') }, 'fair'],
    ['two kinds', { findings: of('pod-crash-looping', 'node-not-ready') }, 'fair'],
    ['three kinds', { findings: of('pod-crash-looping', 'node-not-ready', 'etcd-backup-missing') }, 'poor'],
    ['a single control-plane node', { cluster: oneControlPlane }, 'poor'],
    ['two etcd members', { cluster: { ...CLUSTER, etcd: { value: { members: 2 } } } }, 'poor'],
    [
      'a managed control plane',
      { cluster: { ...CLUSTER, etcd: { missing: 'forbidden' }, nodes: { value: { rows: [{ name: 'w-1', controlPlane: false }], total: 1 } } } },
      'excellent',
    ],
    ['coverage of 70 %', covered(70), 'good'],
    ['coverage below 70 %, even with critical problems', { ...covered(69.9), findings: of('node-not-ready') }, 'not-assessed'],
    ['no score', { score: { total: null, uncapped: null, areas: [], levers: [] } }, 'not-assessed'],
  ];
  it.each(cases)('with %s', (_what, change, grade) => expect(assess({ ...HEALTHY_CLUSTER, ...change }).grade).toBe(grade));

  it('is not given when nodes could not be checked', () => {
    const areas = HEALTHY_CLUSTER.score.areas.map((area) => (area.area === 'node' ? { ...area, score: null, passed: 0, unknown: 1 } : area));
    const model = { ...HEALTHY_CLUSTER, score: { ...HEALTHY_CLUSTER.score, areas } };
    const assessment = assess(model);
    expect(assessment.grade).toBe('not-assessed');
    expect(stateSentence(model, assessment, 'zh')).toBe('因集群节点未能检查，本次不作总体评价；已检查部分的结论见各章。');
  });
});

describe('the sentence', () => {
  it('names what matters first, with spaces between scripts', () => {
    expect(stateSentence(RICH, assess(RICH), 'zh')).toBe(
      '集群 prod-shanghai 存在影响业务连续性的重大风险：7 类严重问题，首先是 Pod 反复重启、证书即将到期。建议立即启动整改并安排变更窗口。',
    );
    expect(stateSentence(HOST_ONLY, assess(HOST_ONLY), 'en')).toMatch(/^Host node-1 is stable/);
  });
  it('does not praise what was not checked', () => {
    for (const locale of ['zh', 'en'] as const) expect(stateSentence(EMPTY, assess(EMPTY), locale)).not.toMatch(/平稳|正常|steadily|normally/);
  });
  it('says what changed, or that there is nothing to compare with', () => {
    expect(changesSentence(RICH, 'zh')).toBe('较上次（2026-08-23）新增 9 项、解决 1 项、遗留 33 项。');
    expect(changesSentence(CLUSTER_ONLY, 'zh')).toContain('基线');
  });
});

describe('what a period adds to the grade', () => {
  const lasting = (severity: 'critical' | 'warning', reports: number): ReportModel => {
    const findings = RICH.findings.filter((finding) => finding.severity === severity).slice(0, 1);
    const compared = findings.map((finding) => ({ finding, standing: 'open', firstSeenAt: 1, reports }) as const);
    return { ...HEALTHY_CLUSTER, findings, comparison: { value: { previousAsOf: 1, previousScore: 90, findings: compared } } };
  };
  it.each([
    ['warning', 1, 'excellent'],
    ['warning', 2, 'good'],
    ['warning', 3, 'fair'],
    ['critical', 1, 'fair'],
    ['critical', 2, 'poor'],
  ] as const)('a %s in %i reports in a row makes it %s at best', (severity, reports, grade) => expect(assess(lasting(severity, reports)).grade).toBe(grade));
  it.each([
    ['closed', 'poor'],
    ['cancelled', 'excellent'],
  ] as const)('an incident of the worst level that is %s leaves it %s', (state, grade) => {
    expect(assess({ ...HEALTHY_CLUSTER, incidents: { value: { rows: [{ ...OUTAGE, state }], total: 1 } } }).grade).toBe(grade);
  });
});

it('proposes a day before the thing itself ends, and never one that has passed', () => {
  const ending = (check: string, ...left: readonly number[]) => {
    const findings = left.map((observed) => ({ check, area: 'certificate', severity: 'warning', unit: 'days', observed, scope: { kind: 'Certificate', name: 'a' } }) as const);
    return ((proposedAt(PERIOD, { severity: 'warning', check, findings }) ?? 0) - PERIOD.period.asOf) / 86_400;
  };
  expect([ending('certificate-expiring', 18.4, 60), ending('certificate-expiring', 3), ending('certificate-expiring', 400), ending('host-uptime-long', 5)]).toEqual([
    11, 1, 30, 30,
  ]);
  expect(proposedAt(PERIOD, { severity: 'info', check: 'certificate-expiring', findings: [] })).toBeUndefined();
});

describe('what fills up or ends', () => {
  const disk = (current: number, slopePerDay: number): Forecast => ({
    ...{ id: 'disk/w', kind: 'disk', name: 'w-1', unit: 'percent', limit: 85, criticalLimit: 95, confidence: 'high', current, slopePerDay, daysToLimit: 0 },
  });
  const finding: Finding = {
    ...{ check: 'disk-space-low', area: 'disk', severity: 'critical', observed: 3.8, threshold: 5, unit: 'percent' },
    scope: { kind: 'Mount', name: '/data', node: 'w-1' },
  };
  const group = { check: 'disk-space-low', severity: 'critical', findings: [finding] } as const;
  const { asOf } = PERIOD.period;
  const proposed = (...value: readonly Forecast[]): number => ((proposedAt({ ...PERIOD, forecasts: { value } }, group) ?? 0) - asOf) / 86_400;
  it('is to be solved before it is full, and by its severity where that is far away or on another machine', () => {
    expect([proposed(disk(96.2, 0.91)), proposed(disk(90, 1)), proposed(disk(60, 0.1)), proposed({ ...disk(96.2, 0.91), name: 'w-2' })]).toEqual([1, 3, 7, 7]);
  });
  it('says that a plan is later than that', () => {
    const model = (dueAt: number): ReportModel => ({ ...PERIOD, forecasts: { value: [disk(96.2, 0.91)] }, plans: [{ check: 'disk-space-low', state: 'agreed', dueAt }] });
    expect([planTooLate(model(asOf + 8 * 86_400), group)?.kind, planTooLate(model(asOf + 3 * 86_400), group)]).toEqual(['full', undefined]);
  });
  it('lets nobody sign for a plan that is later than that', () => {
    const signed = (dueAt: number): string =>
      JSON.stringify(
        riskSignOff.write({ ...PERIOD, findings: [finding], forecasts: { value: [disk(96.2, 0.91)] }, plans: [{ check: 'disk-space-low', state: 'agreed', dueAt }] }, 'en'),
      );
    expect(signed(asOf + 8 * 86_400)).toContain('are not agreed to');
    expect(signed(asOf + 3 * 86_400)).not.toContain('are not agreed to');
  });
  it('has a day also where it is only worth knowing', () => {
    const ending = { ...finding, check: 'control-plane-version-ending', severity: 'info', observed: 60, unit: 'days' } as const;
    expect(proposedAt(PERIOD, { check: ending.check, severity: 'info', findings: [ending] })).toBe(asOf + 53 * 86_400);
  });
});
