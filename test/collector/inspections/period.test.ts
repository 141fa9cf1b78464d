import { describe, expect, it } from 'vitest';
import type { CheckVerdict, Finding } from '../../../agent/wire/inspection.ts';
import { type Before, compareFindings, identityOf } from '../../../collector/inspections/period/comparison.ts';
import { mergedVerdicts } from '../../../collector/inspections/period/inspected.ts';
import { CLOCKS } from '../../../collector/support/clock.ts';
import { clockWord } from '../../../reports/service-words.ts';

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
  it('never calls gone what nobody looked at', () => expect(standings('unknown')['/gone']).toBe('open'));
  it('counts reports in a row', () => {
    const { findings } = compareFindings(before, { asOf: 2_000, findings: now, verdicts: [] }, () => undefined);
    expect(findings.find((one) => one.finding.scope.name === '/same')?.reports).toBe(5);
    expect(findings.find((one) => one.finding.scope.name === '/new')?.reports).toBe(1);
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
