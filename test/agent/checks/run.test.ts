import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineCheck } from '../../../agent/checks/check.ts';
import { runChecks } from '../../../agent/checks/run.ts';
import { coverageOf, KEEPS, scoreOf } from '../../../agent/checks/score.ts';
import { matchesGlob } from '../../../agent/checks/settings.ts';
import { applySuppressions } from '../../../agent/checks/suppressions.ts';
import type { CheckVerdict, Finding, GathererReport } from '../../../agent/wire/inspection.ts';
import type { SomeSections } from '../../../agent/wire/section-values.ts';
import { SEVERITIES, type Severity, VERDICTS } from '../../../agent/wire/vocabulary.ts';
import { HEALTHY } from '../../fixtures/healthy/index.ts';

const CONTEXT = { now: 1_795_305_600, host: 'node-1' };
const HOST = new Set(['host'] as const);
const texts = { title: { zh: '题', en: 'title' }, why: { zh: '坏', en: 'breaks' }, remedy: { zh: '做', en: 'do' }, source: 'test' };
/** Fails for each core above the limit, on a disk named after it. */
const perDisk = defineCheck({
  ...texts,
  id: 'host-per-disk',
  area: 'host',
  severity: 'warning',
  reads: ['cpu'],
  unit: 'count',
  threshold: { maxCount: 2 },
  evaluate: ({ cpu }, { maxCount }) =>
    Array.from({ length: cpu.cores }, (_, index) => index + 1)
      .filter((core) => core > maxCount)
      .map((core) => ({ scope: { kind: 'Disk', node: 'node-1', name: `disk-${core}` }, observed: core, threshold: maxCount })),
});
const throwing = defineCheck({
  ...texts,
  id: 'host-throwing',
  area: 'host',
  severity: 'info',
  reads: ['cpu'],
  unit: 'count',
  threshold: {},
  evaluate: () => {
    throw new Error('CANARY');
  },
});
const cpu = { cores: 4 };
const run = (settings = {}, sections: SomeSections = { cpu }, reports: GathererReport[] = []) => runChecks([perDisk, throwing], sections, reports, HOST, CONTEXT, settings);
const report = (status: 'absent' | 'failed', reason: GathererReport['reason']): GathererReport => ({ section: 'cpu', domain: 'host', status, reason, durationMs: 1, dropped: 0 });

describe('runChecks', () => {
  it('finds each thing and keeps going when a check throws', () => {
    const { verdicts, findings } = run();
    expect(findings.map(({ scope }) => scope.name)).toEqual(['disk-3', 'disk-4']);
    expect(verdicts).toMatchObject([
      { check: 'host-per-disk', verdict: 'fail' },
      { check: 'host-throwing', verdict: 'unknown', reason: 'failed' },
    ]);
  });
  it('judges by the site’s thresholds, and each thing by the scope that matches it last', () => {
    expect(run({ 'host-per-disk': { threshold: { maxCount: 3 } } }).findings.map(({ scope }) => scope.name)).toEqual(['disk-4']);
    const scopes = [
      { match: { name: 'disk-*' }, threshold: { maxCount: 9 } },
      { match: { name: 'disk-1' }, threshold: { maxCount: 0 } },
    ];
    expect(run({ 'host-per-disk': { scopes } }).findings).toMatchObject([{ scope: { name: 'disk-1' }, threshold: 0 }]);
    expect(run({ 'host-per-disk': { scopes: [{ match: {}, threshold: { maxCount: 9 } }] } }).verdicts[0]).toMatchObject({ verdict: 'pass' });
  });
  it('obeys disabled checks and another severity', () => {
    expect(run({ 'host-per-disk': { enabled: false } }).verdicts.map(({ check }) => check)).toEqual(['host-throwing']);
    expect(run({ 'host-per-disk': { severity: 'critical' } })).toMatchObject({
      verdicts: [{ severity: 'critical' }, {}],
      findings: [{ severity: 'critical' }, { severity: 'critical' }],
    });
  });
  it('tells absent from unreadable, and leaves out what was not inspected', () => {
    expect(run({}, {}, [report('absent', 'not-present')]).verdicts[0]).toMatchObject({ verdict: 'not-applicable', reason: 'not-present' });
    expect(run({}, {}, [report('failed', 'timeout')]).verdicts[0]).toMatchObject({ verdict: 'unknown', reason: 'timeout', missing: ['cpu'] });
    expect(run({}, {}).verdicts[0]).toMatchObject({ verdict: 'unknown', reason: 'not-gathered' });
    expect(runChecks([perDisk], { cpu }, [], new Set(['cluster']), CONTEXT).verdicts).toEqual([]);
  });
  it('says "at least" of what it finds in a list that was cut, not of sums', () => {
    const scope = { kind: 'Pod', namespace: 'shop', name: 'web' } as const;
    const facts = { ...texts, area: 'pod', severity: 'info', reads: ['pods'], unit: 'count', threshold: {} } as const;
    const listed = defineCheck({ ...facts, id: 'pod-x', evaluate: () => [{ scope }] });
    const sum = defineCheck({ ...facts, id: 'pod-y', evaluate: () => [{ observed: 3 }] });
    const pods = HEALTHY.pods;
    if (!pods) throw new Error('the healthy cluster has pods');
    const verdicts = (cut: object): unknown =>
      runChecks([listed, sum], { pods: { ...pods, ...cut } } as SomeSections, [], new Set(['cluster']), CONTEXT).verdicts.map(({ atLeast }) => atLeast);
    expect(verdicts({ dropped: 0 })).toEqual([undefined, undefined]);
    expect(verdicts({ dropped: 1 })).toEqual([true, undefined]);
    expect(verdicts({ templatesDropped: 1 })).toEqual([true, undefined]);
  });
  it('does not pass on a list that was cut', () => {
    const check = defineCheck({ ...texts, id: 'pod-x', area: 'pod', severity: 'info', reads: ['pods'], unit: 'count', threshold: {}, evaluate: () => [] });
    const pods = HEALTHY.pods;
    if (!pods) throw new Error('the healthy cluster has pods');
    const verdict = (dropped: number): unknown => runChecks([check], { pods: { ...pods, dropped } } as SomeSections, [], new Set(['cluster']), CONTEXT).verdicts[0];
    expect(verdict(0)).toMatchObject({ verdict: 'pass' });
    expect(verdict(1)).toMatchObject({ verdict: 'unknown', reason: 'truncated' });
  });
});

describe('matchesGlob', () => {
  it.each([
    ['*', '', true],
    ['a*c', 'abbc', true],
    ['a*c', 'abbd', false],
    ['?', '', false],
    ['a?c', 'abc', true],
    ['**a', 'bba', true],
    ['[a]', 'a', false],
    ['a.c', 'abc', false],
  ] as const)('%j on %j is %j', (glob, text, expected) => {
    expect(matchesGlob(glob, text)).toBe(expected);
  });
  it('stays linear on a hostile pattern', () => {
    const began = performance.now();
    matchesGlob(`${'*a'.repeat(500)}b`, 'a'.repeat(5_000));
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('applySuppressions', () => {
  const finding: Finding = { check: 'host-per-disk', area: 'host', severity: 'warning', unit: 'count', scope: { kind: 'Disk', node: 'node-1', name: 'disk-3' } };
  const suppression = { check: 'host-*', scope: { name: 'disk-3' }, owner: 'Li', reason: 'planned', expires: '2026-11-22' };
  it('accepts through the last day, not a second longer, and reports the expired', () => {
    const end = Date.parse('2026-11-23T00:00:00Z') / 1_000;
    expect(applySuppressions([finding], [suppression], end - 1)).toMatchObject({ open: [], accepted: [{ owner: 'Li', expires: '2026-11-22' }], expired: [] });
    expect(applySuppressions([finding], [suppression], end)).toMatchObject({ open: [finding], accepted: [], expired: [{ check: 'host-*', owner: 'Li' }] });
  });
  it('accepts only what matches', () => {
    expect(applySuppressions([finding], [{ ...suppression, scope: { name: 'disk-4' } }], CONTEXT.now).open).toEqual([finding]);
    expect(applySuppressions([finding], [{ ...suppression, check: 'disk-*' }], CONTEXT.now).open).toEqual([finding]);
  });
});

describe('the score', () => {
  const verdict = (check: string, word: CheckVerdict['verdict'], severity: Severity = 'warning'): CheckVerdict => ({ check, area: 'host', verdict: word, severity });
  const many = (count: number, word: CheckVerdict['verdict']): CheckVerdict[] => Array.from({ length: count }, (_, index) => verdict(`${word}-${index}`, word));

  it('is 100 only when everything was checked and nothing failed', () => {
    expect(scoreOf(many(50, 'pass'), new Map()).total).toBe(100);
    expect(scoreOf([...many(50, 'pass'), verdict('u', 'unknown')], new Map()).total).toBeLessThan(100);
    expect(scoreOf([...many(999, 'pass'), verdict('f', 'fail', 'info')], new Map([['f', 'info']])).total).toBe(99);
  });
  it('is no number when nothing was checked', () => {
    expect(scoreOf([], new Map()).total).toBeNull();
    expect(scoreOf(many(5, 'unknown'), new Map()).total).toBeNull();
    expect(scoreOf(many(5, 'not-applicable'), new Map()).total).toBeNull();
  });
  it('says what each failing check costs', () => {
    const score = scoreOf(
      [...many(10, 'pass'), verdict('c', 'fail', 'critical'), verdict('w', 'fail')],
      new Map([
        ['c', 'critical'],
        ['w', 'warning'],
      ]),
    );
    expect(score.total).toBe(Math.round(KEEPS.critical * KEEPS.warning * 100));
    expect(score.levers.map(({ check }) => check)).toEqual(['c', 'w']);
    expect((score.total ?? 0) + (score.levers[0]?.points ?? 0)).toBeCloseTo(97, 0);
  });
  it('never rises by a failure, never exceeds the coverage, counts an accepted risk as passed', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...VERDICTS), fc.constantFrom(...SEVERITIES)), { minLength: 1, maxLength: 60 }), (rows) => {
        const verdicts = rows.map(([word, severity], index) => verdict(`c-${index}`, word, severity));
        const failing = new Map(verdicts.filter((one) => one.verdict === 'fail').map((one) => [one.check, one.severity] as const));
        const { total } = scoreOf(verdicts, failing);
        const accepted = scoreOf(verdicts, new Map()).total;
        const coverage = coverageOf(verdicts);
        if (total === null || accepted === null) return coverage.checked === 0;
        return total >= 0 && total <= Math.floor(coverage.percent) && accepted >= total;
      }),
    );
  });
});
