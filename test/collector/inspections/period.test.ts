import { describe, expect, it } from 'vitest';
import type { CheckVerdict, Finding } from '../../../agent/wire/inspection.ts';
import type { SomeSections } from '../../../agent/wire/section-values.ts';
import { type Before, compareFindings, identityOf } from '../../../collector/inspections/period/comparison.ts';
import { mergedVerdicts } from '../../../collector/inspections/period/inspected.ts';
import { namespacesOf } from '../../../collector/inspections/period/namespaces.ts';
import { historyBegin } from '../../../collector/inspections/period/stored-history.ts';
import { CLOCKS } from '../../../collector/support/clock.ts';
import { known } from '../../../reports/model.ts';
import { clockWord } from '../../../reports/service-words.ts';
import { HEALTHY } from '../../fixtures/healthy/index.ts';
import { HEALTHY_MIDDLEWARE } from '../../fixtures/healthy/middleware.ts';

const finding = (name: string, change: Partial<Finding> = {}): Finding => ({
  ...{ check: 'disk-space-low', area: 'disk', severity: 'warning', unit: 'percent', observed: 10, threshold: 15 },
  scope: { kind: 'Mount', name, node: 'n' },
  ...change,
});
const verdict = (check: string, word: CheckVerdict['verdict']): CheckVerdict => ({ check, area: 'disk', severity: 'warning', verdict: word });

describe('a comparison', () => {
  const before: Before = {
    asOf: 1_000,
    score: 80,
    findings: ['/same', '/worse', '/better', '/gone', '/deadly'].map((name) => finding(name)),
    reports: new Map([[identityOf(finding('/same')), 4]]),
  };
  const now = [finding('/same'), finding('/worse', { observed: 4 }), finding('/better', { observed: 14 }), finding('/deadly', { severity: 'critical' }), finding('/new')];
  const standings = (word: CheckVerdict['verdict']) =>
    Object.fromEntries(
      compareFindings(before, { asOf: 2_000, findings: now, verdicts: [verdict('disk-space-low', word)] }, () => undefined).findings.map((one) => [
        one.finding.scope.name,
        one.standing,
      ]),
    );
  it('tells new, worse, open, better and gone, in the direction of the threshold', () =>
    expect(standings('fail')).toEqual({ '/same': 'open', '/worse': 'worse', '/better': 'better', '/deadly': 'worse', '/new': 'new', '/gone': 'gone' }));
  it('does not call a date worse for coming nearer, unless its severity changed or it moved by more than the time that passed', () => {
    const ending = (name: string, observed: number, change: Partial<Finding> = {}) => finding(name, { unit: 'days', threshold: 60, observed, ...change });
    const was = ending('/x', 29);
    const standing = (one: Finding) =>
      compareFindings({ asOf: 0, score: 1, findings: [was] }, { asOf: 7 * 86_400, findings: [one], verdicts: [] }, () => undefined).findings[0]?.standing;
    expect([ending('/x', 22), ending('/x', 22, { severity: 'critical' }), ending('/x', 10), ending('/x', 50)].map(standing)).toEqual(['open', 'worse', 'worse', 'better']);
  });
  it('never calls gone what nobody looked at', () => expect(standings('unknown')['/gone']).toBe('open'));
  it('counts reports in a row', () => {
    const { findings } = compareFindings(before, { asOf: 2_000, findings: now, verdicts: [] }, () => undefined);
    expect(findings.find((one) => one.finding.scope.name === '/same')?.reports).toBe(5);
    expect(findings.find((one) => one.finding.scope.name === '/new')?.reports).toBe(1);
    // Where there was no report before, this is the first that has it.
    const first = compareFindings({ ...before, reports: undefined }, { asOf: 2_000, findings: now, verdicts: [] }, () => undefined);
    expect(first.findings.find((one) => one.finding.scope.name === '/same')).toMatchObject({ standing: 'open', reports: 1 });
  });
});

it('of many machines one failure fails a check, and one that could not answer leaves it unknown', () => {
  const merged = (...words: CheckVerdict['verdict'][]) => mergedVerdicts(words.map((word) => ({ verdicts: [verdict('x', word)] }) as never))[0]?.verdict;
  expect([merged('pass', 'fail', 'unknown'), merged('pass', 'unknown'), merged('pass', 'not-applicable'), merged('not-applicable')]).toEqual([
    'fail',
    'unknown',
    'pass',
    'not-applicable',
  ]);
});

it('has words in both languages for every clock of a contract, however documents and policies call it', () => {
  for (const clock of [...CLOCKS, 'response', 'callback', 'plan', 'resolution']) {
    expect(clockWord(clock, 'zh'), clock).toMatch(/^[\u4e00-\u9fff]+$/);
    expect(clockWord(clock, 'en'), clock).toMatch(/^[A-Z]/);
  }
});

it('reads what stood before the begin of a period, however long the period is', () => {
  const day = 86_400_000;
  for (const days of [1, 92, 184, 365, 730]) expect(historyBegin(1_000 * day, (1_000 + days) * day)).toBeLessThanOrEqual((1_000 - 35) * day);
});

describe('the namespaces of a report', () => {
  const wrong = { ...finding('x'), scope: { kind: 'Namespace', name: 'quota-only' } } as Finding;
  const rows = (pods: NonNullable<SomeSections['pods']>) => known(namespacesOf({ ...HEALTHY, pods }, [], [wrong, { ...wrong, severity: 'critical' }]))?.rows ?? [];
  it('hold every one that something is wrong in, also without a pod', () => {
    if (!HEALTHY.pods) throw new Error('no pods');
    expect(rows(HEALTHY.pods)[0]).toMatchObject({ name: 'quota-only', pods: 0, findings: { critical: 1, warning: 1, info: 0 } });
    expect(rows({ ...HEALTHY.pods, namespacesDropped: 2 })[0]?.pods).toBeUndefined();
  });
  it('is where its middleware is: what is wrong with an instance is wrong in its namespace', () => {
    const scope = { kind: 'Instance', name: 'shop/StatefulSet/cache' } as const;
    const one = { ...finding('x'), check: 'redis-maxmemory-unset', area: 'middleware', scope } as const;
    const setting = { ...one, check: 'middleware-config-drift', scope: { kind: 'Setting', name: 'shop/StatefulSet/cache#maxmemory' } } as const;
    const { rows: instances = [], ...rest } = HEALTHY_MIDDLEWARE.middleware ?? { complete: true, ignored: 0, dropped: 0, members: [] };
    const middleware = { ...rest, rows: instances.slice(0, 1).map((row) => ({ ...row, instance: scope.name, place: 'cluster' as const, namespace: 'shop' })) };
    const told = known(namespacesOf({ ...HEALTHY, middleware }, [], [one, setting]))?.rows.find(({ name }) => name === 'shop');
    expect(told?.findings).toEqual({ critical: 0, warning: 2, info: 0 });
  });
});
