import { describe, expect, it } from 'vitest';
import type { Finding } from '../../agent/wire/inspection.ts';
import { type Before, compareFindings, identityOf } from '../../collector/inspections/period/comparison.ts';
import { dueWords, isOverdue, proposedAt } from '../../reports/due-dates.ts';
import type { ComparedFinding } from '../../reports/facts/period.ts';
import { formatDate } from '../../reports/format.ts';
import { risksList } from '../../reports/lists/risks.ts';
import type { ReportModel } from '../../reports/model.ts';
import { PERIOD } from './fixtures/period.ts';

const DAY = 86_400;
const { asOf, zoneMinutes } = PERIOD.period;
const finding: Finding = {
  ...{ check: 'workload-single-replica', area: 'workload', severity: 'warning', observed: 1, threshold: 1, unit: 'count' },
  scope: { kind: 'Deployment', namespace: 'a', name: 'b' },
};
const group = { ...finding, findings: [finding], points: 0, atLeast: false };
const with_ = (told: Partial<ComparedFinding>): ReportModel => ({
  ...PERIOD,
  comparison: { value: { previousAsOf: asOf - DAY, previousScore: 1, findings: [{ finding, standing: 'open', firstSeenAt: 0, reports: 1, ...told }] } },
});

describe('the day that is proposed', () => {
  it('runs from the first report that told the problem, not from each anew', () => {
    expect(proposedAt(with_({}), group)).toBe(asOf + 30 * DAY);
    expect(proposedAt(with_({ reports: 12, reportedAt: asOf - 11 * DAY }), group)).toBe(asOf + 19 * DAY);
    expect(proposedAt({ ...PERIOD, comparison: { missing: 'no-history' } }, group)).toBe(asOf + 30 * DAY);
    // Documents that do not tell it: the report before at the latest.
    expect(proposedAt(with_({ reports: 12 }), group)).toBe(asOf + 29 * DAY);
  });
  it('is the next one where service is interrupted: nothing of a workload is left, or a node takes no pods', () => {
    const due = (check: string, severity: Finding['severity']): number | undefined => {
      const one = { ...finding, check, severity };
      return proposedAt({ ...PERIOD, comparison: { missing: 'no-history' } }, { ...group, ...one, findings: [one] });
    };
    expect(['workload-replicas-unavailable', 'node-not-ready', 'node-unreachable'].map((check) => due(check, 'critical'))).toEqual([1, 1, 1].map((days) => asOf + days * DAY));
    expect(['pod-crash-loop', 'storage-claim-class-missing'].map((check) => due(check, 'warning'))).toEqual([3, 3].map((days) => asOf + days * DAY));
    expect([due('workload-replicas-unavailable', 'warning'), due('other', 'critical')]).toEqual([asOf + 30 * DAY, asOf + 7 * DAY]);
  });
  it('is the one that a report of another kind has set', () => {
    expect(proposedAt({ ...with_({}), toldSince: { [finding.check]: asOf - 4 * DAY } }, group)).toBe(asOf + 26 * DAY);
    expect(proposedAt({ ...PERIOD, comparison: { missing: 'no-history' }, toldSince: { [finding.check]: asOf - 4 * DAY } }, group)).toBe(asOf + 26 * DAY);
    expect(proposedAt({ ...with_({}), toldSince: { other: asOf - 4 * DAY } }, group)).toBe(asOf + 30 * DAY);
  });
  it('that has passed is overdue, and no fresh one', () => {
    const late = with_({ reports: 60, reportedAt: asOf - 60 * DAY });
    expect(isOverdue(late, proposedAt(late, group))).toBe(true);
    const day = formatDate(asOf - 30 * DAY, zoneMinutes);
    expect([dueWords(late, group, 'zh'), dueWords(late, group, 'en')]).toEqual([`已超期（原定 ${day}）`, `overdue (was due ${day})`]);
    expect(risksList.columns.find(({ title }) => title.en === 'Proposed')?.cell(group, late, 'zh')).toEqual({ text: `▲ 已超期（原定 ${day}）`, tone: 'warning' });
  });
  it('of what ends by itself is the one before its end, also when its term has passed', () => {
    const ending = { ...finding, check: 'certificate-expiring', observed: 20, unit: 'days' } as const;
    const told = (days: number): ReportModel => {
      const one: ComparedFinding = { finding: ending, standing: 'open', firstSeenAt: 0, reports: 60, reportedAt: asOf - days * DAY };
      return { ...PERIOD, comparison: { value: { previousAsOf: asOf - DAY, previousScore: 1, findings: [one] } } };
    };
    const due = (days: number): number | undefined => proposedAt(told(days), { ...group, check: ending.check, findings: [ending] });
    expect([due(60), due(25)]).toEqual([asOf + 13 * DAY, asOf + 5 * DAY]);
  });
  it('of work that takes months is that of its plan', () => {
    const upgrade = (observed: string): typeof group => {
      const one = { ...finding, check: 'control-plane-version-end-of-life', severity: 'critical', observed, threshold: '1.35', unit: 'value' } as const;
      return { ...one, severity: 'warning', findings: [one], points: 0, atLeast: false };
    };
    expect(dueWords(PERIOD, upgrade('v1.20.2'), 'zh')).toMatch(/^\d{4}-\d\d-\d\d（定出升级计划）$/);
    expect(dueWords(PERIOD, upgrade('v1.34.2'), 'zh')).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
});

it('a comparison carries on when a problem was first told at its severity', () => {
  const now = (severity: Finding['severity'], before: Before): ComparedFinding | undefined =>
    compareFindings(before, { asOf, findings: [{ ...finding, severity }], verdicts: [] }, () => undefined).findings[0];
  const before: Before = { asOf: asOf - DAY, score: 1, findings: [finding] };
  const reports = new Map([[identityOf(finding), 5]]);
  expect(now('warning', before)?.reportedAt).toBeUndefined(); // beside inspections nobody was told anything
  expect(now('warning', { ...before, reports })?.reportedAt).toBe(asOf - DAY);
  expect(now('warning', { ...before, reports, reportedAt: new Map([[identityOf(finding), 7]]) })?.reportedAt).toBe(7);
  expect(now('info', { ...before, reports })?.reportedAt).toBe(asOf - DAY);
  expect(now('critical', { ...before, reports })?.reportedAt).toBe(asOf); // a term of its own
  expect(now('warning', { ...before, findings: [], reports })?.reportedAt).toBeUndefined();
});
