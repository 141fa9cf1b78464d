import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../agent/wire/inspection.ts';
import { carriedOn } from '../../../../collector/inspections/period/told-since.ts';
import type { ReportModel } from '../../../../reports/model.ts';

const DAY = 86_400;
const asOf = 1_798_650_000;
const period = { asOf, zoneMinutes: 480 };
const found = (check: string, severity: Finding['severity'], name = 'a'): Finding => ({
  ...{ check, area: 'workload', severity, observed: 1, threshold: 2, unit: 'count' },
  scope: { kind: 'Deployment', namespace: 'n', name },
});
const earlier = (findings: readonly Finding[], more: Partial<ReportModel> = {}): Parameters<typeof carriedOn>[0] => ({ period, findings, ...more });

describe('since when a problem has been told', () => {
  it('is the day of the report before, of whatever kind', () => {
    expect(carriedOn(earlier([found('x', 'warning')]), [found('x', 'warning'), found('y', 'warning')])).toEqual({ x: asOf });
  });
  it('is carried on from report to report', () => {
    expect(carriedOn(earlier([found('x', 'warning')], { toldSince: { x: asOf - 9 * DAY } }), [found('x', 'warning')])).toEqual({ x: asOf - 9 * DAY });
    const compared = { finding: found('x', 'warning'), standing: 'open', firstSeenAt: 0, reports: 3, reportedAt: asOf - 20 * DAY } as const;
    const comparison = { value: { previousAsOf: asOf - DAY, previousScore: 1, findings: [compared] } };
    expect(carriedOn(earlier([found('x', 'warning')], { comparison, toldSince: { x: asOf - 9 * DAY } }), [found('x', 'warning')])).toEqual({ x: asOf - 20 * DAY });
  });
  it('begins anew with what became more severe, and not with what became less', () => {
    expect(carriedOn(earlier([found('x', 'warning')]), [found('x', 'critical')])).toEqual({});
    expect(carriedOn(earlier([found('x', 'critical')]), [found('x', 'warning')])).toEqual({ x: asOf });
  });
  it('is that of the worst objects: others of the same check have been told in vain', () => {
    const before = earlier([found('x', 'warning', 'a'), found('x', 'critical', 'b')], { toldSince: { x: asOf - 9 * DAY } });
    expect(carriedOn(before, [found('x', 'warning', 'a'), found('x', 'critical', 'new')])).toEqual({});
    // The term of the worst was not that of the others.
    expect(carriedOn(before, [found('x', 'warning', 'a')])).toEqual({ x: asOf });
  });
});
