import { describe, expect, it } from 'vitest';
import type { CheckVerdict } from '../../../agent/wire/inspection.ts';
import { REPORT_CHECKS } from '../../../bin/report-knowledge.ts';
import { withRecords } from '../../../collector/records/apply-records.ts';
import { RecordSet } from '../../../collector/records/record-set.ts';
import type { MiddlewareInstance } from '../../../reports/facts/middleware.ts';
import { known, type ReportModel } from '../../../reports/model.ts';
import { PERIOD } from '../../reports/fixtures/period.ts';

const CHECK = 'middleware-restore-untested';
const unknown: CheckVerdict = { check: CHECK, area: 'middleware', severity: 'info', verdict: 'unknown', reason: 'not-reported' };
function instance(name: string, product: string): MiddlewareInstance {
  const items = [{ group: 'configuration', name: CHECK, unit: 'days', verdict: 'unknown', severity: 'info', reason: 'not-reported', check: CHECK }] as const;
  return { name, product, vendor: 'other', deployment: 'container', items };
}
const rows = [instance('payments/StatefulSet/ledger-db', 'MySQL'), instance('payments/StatefulSet/session-cache', 'Redis')];
const model: ReportModel = {
  ...PERIOD,
  checks: REPORT_CHECKS,
  verdicts: [...PERIOD.verdicts.filter(({ check }) => check !== CHECK), unknown],
  middleware: { value: { rows, total: rows.length } },
};
const told = (...backups: readonly { readonly name: string; readonly kind: string; readonly restoreTestedAt?: string }[]): ReportModel =>
  withRecords(model, RecordSet.parse({ backups }), false);
const verdictOf = ({ verdicts }: ReportModel): CheckVerdict | undefined => verdicts.find(({ check }) => check === CHECK);
const LEDGER = { name: 'payments/ledger-db', kind: 'mysql', restoreTestedAt: '2026-10-18' };
const CACHE = { name: 'payments/StatefulSet/session-cache', kind: 'redis', restoreTestedAt: '2026-10-18' };

describe('a restore that people registered', () => {
  it('answers for its instance, and for the check when every instance has its answer', () => {
    const one = told(LEDGER);
    expect(known(one.middleware)?.rows.map(({ items: [item] }) => [item?.verdict, item?.unit])).toEqual([
      ['pass', 'days'],
      ['unknown', 'days'],
    ]);
    expect(verdictOf(one)).toEqual(unknown);
    const all = told(LEDGER, CACHE);
    expect(verdictOf(all)).toEqual({ check: CHECK, area: 'middleware', severity: 'info', verdict: 'pass' });
    expect(all.coverage.unknown.map(({ check }) => check)).not.toContain(CHECK);
  });
  it('of long ago is a finding', () => {
    const old = told({ ...LEDGER, restoreTestedAt: '2026-01-01' });
    expect(verdictOf(old)?.verdict).toBe('fail');
    expect(old.findings.find(({ check }) => check === CHECK)).toMatchObject({ scope: { kind: 'Instance', name: 'payments/StatefulSet/ledger-db' }, threshold: 180, unit: 'days' });
  });
  it('of another product, or without a day, answers nothing', () => {
    expect(verdictOf(told({ ...LEDGER, kind: 'redis' }, { name: 'payments/session-cache', kind: 'redis' }))).toEqual(unknown);
  });
});
