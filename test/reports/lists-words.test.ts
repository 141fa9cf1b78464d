import { describe, expect, it } from 'vitest';
import { changesSentence } from '../../reports/assessment.ts';
import { writeDocument } from '../../reports/document.ts';
import type { ClockRecord, IncidentRecord } from '../../reports/facts/service.ts';
import { formatDate } from '../../reports/format.ts';
import { findKind } from '../../reports/kinds/index.ts';
import { comparisonList } from '../../reports/lists/comparison.ts';
import { listTable } from '../../reports/lists/list.ts';
import { instancesList, instanceWords } from '../../reports/lists/middleware.ts';
import { daysLeftCell } from '../../reports/lists/outlook.ts';
import { goalsList } from '../../reports/lists/terms.ts';
import { known } from '../../reports/model.ts';
import { checkResults } from '../../reports/sections/check-results.ts';
import { lifecycleBlocks } from '../../reports/sections/outlook.ts';
import { respondedAfter, takenWords } from '../../reports/service-words.ts';
import { rowsShown } from '../../reports/words.ts';
import { RICH } from './fixtures/models.ts';
import { PERIOD } from './fixtures/period.ts';

it('the way an instance is set up is said in the language of the reader', () => {
  const column = instancesList.columns.find(({ title }) => title.en === 'Mode');
  const cell = (mode: string, locale: 'zh' | 'en'): string | undefined => column?.cell({ mode } as Parameters<NonNullable<typeof column>['cell']>[0], RICH, locale).text; // nothing else is read
  expect([cell('standalone', 'zh'), cell('unknown', 'zh'), cell('primary-replica', 'en'), cell('kraft', 'zh')]).toEqual(['单机', '未知', 'primary and replicas', 'KRaft']);
});
it('a mark and its number stay on one line', () => {
  expect(daysLeftCell(0, { asOf: 1_732 * 86_400, zoneMinutes: 0 }).text).toBe('■\u00a0−1,732');
});

it('a product line that the contract merely lists is in nobody’s use: neither counted nor red', () => {
  const day = 86_400;
  const listed = { product: 'DCE 3.y', version: '', inUse: 0, endOfSupportAt: PERIOD.period.asOf - 500 * day, source: 'x', sourceAt: 0 };
  const supported = { product: 'Kubernetes', version: 'v1.35.1', inUse: 3, endOfSupportAt: PERIOD.period.asOf + 400 * day, source: 'x', sourceAt: 0 };
  const tell = (...lifecycles: readonly (typeof listed)[]): string => JSON.stringify(lifecycleBlocks({ ...PERIOD, lifecycles: { value: lifecycles } }, 'zh'));
  expect(tell(listed, supported)).not.toMatch(/已停止维护|critical/);
  expect(tell(listed, supported)).toContain('未识别到在用');
  expect(tell({ ...listed, inUse: 2 }, supported)).toContain('1 个在用版本已停止维护');
});

it('many checks without an answer are named under their reason, not tabled with it in every row', () => {
  const unknown = ['disk-space-low', 'disk-inodes-low', 'host-oom-kill', 'host-memory-pressure', 'link-conntrack-high', 'os-end-of-life'];
  const verdicts = unknown.map((check) => ({ area: 'disk', check, severity: 'warning', verdict: 'unknown', reason: 'truncated' }) as const);
  const [, reasons] = checkResults({ ...PERIOD, findings: [], verdicts }, ['disk'], 'Disks', 'en');
  expect(reasons).toMatchObject({ type: 'table', rows: [[{ text: 'list only partially read; issues may be missing' }, { text: '6' }, {}]] });
});
it('a group of checks that found nothing is one sentence, which no heading and no empty table repeats', () => {
  const verdicts = Array.from({ length: 42 }, (_, index) => ({ area: 'disk', check: `disk-${index}`, severity: 'warning', verdict: 'pass' }) as const);
  const blocks = (locale: 'zh' | 'en') => checkResults({ ...PERIOD, findings: [], verdicts }, ['disk'], 'Disks', locale).filter(({ type }) => type !== 'collapsed');
  expect(blocks('zh')).toEqual([{ type: 'paragraph', text: 'Disks：42 项检查均未发现问题。', weight: 'normal' }]);
  expect(JSON.stringify(blocks('en'))).toContain('Disks: all 42 checks found nothing.');
  const some = checkResults(
    { ...PERIOD, findings: [], verdicts: [...verdicts.slice(1), { area: 'disk', check: 'x', severity: 'warning', verdict: 'unknown' }] },
    ['disk'],
    'Disks',
    'zh',
  );
  expect(JSON.stringify(some[0])).toContain('共 42 项检查，41 项未发现问题，1 项未检查。');
});
it('checks that found nothing are counted on paper and named on a screen, not in a paragraph of names', () => {
  const verdicts = Array.from({ length: 60 }, (_, index) => ({ area: 'disk', check: `disk-${index}`, severity: 'warning', verdict: 'pass' }) as const);
  const blocks = checkResults({ ...PERIOD, findings: [], verdicts }, ['disk'], 'Disks', 'en');
  for (const block of blocks) if (block.type === 'paragraph') expect(block.text.length).toBeLessThan(200);
  const [shown] = blocks.flatMap((block) => (block.type === 'collapsed' ? block.blocks : []));
  expect(shown?.rows).toHaveLength(60);
  expect(shown?.rows[0]?.at(-1)?.text).toBe('✓ Not found');
});
it('how many reports in a row carry a finding is told only where one is in several: nobody reads “still open” beside “1”', () => {
  const compared = (reports: number): typeof PERIOD => {
    const { findings = [], ...rest } = known(PERIOD.comparison) ?? { previousAsOf: 0, previousScore: null };
    return { ...PERIOD, comparison: { value: { ...rest, findings: findings.map((one) => ({ ...one, reports })) } } };
  };
  const cells = (reports: number): readonly (string | undefined)[] => {
    const table = listTable(comparisonList, compared(reports), 'en');
    const at = table.type === 'table' ? table.columns.findIndex(({ title }) => title === 'Consecutive reports') : -1;
    return table.type === 'table' ? table.rows.map((row) => row[at]?.text) : [];
  };
  expect(new Set(cells(1))).toEqual(new Set(['—']));
  expect(new Set(cells(2))).toEqual(new Set(['2']));
  const daily = (reports: number): string => JSON.stringify(writeDocument(findKind('daily') ?? expect.fail('no kind'), compared(reports), 'en'));
  expect(daily(1)).not.toContain('Consecutive reports');
  expect(daily(2)).toContain('Consecutive reports');
});
it('a list that is a row or two longer than its place stands in full', () => {
  expect([rowsShown(20, 20), rowsShown(22, 20), rowsShown(40, 20)]).toEqual([20, 22, 20]);
});
it('promised times stand in the order in which they run', () => {
  const goals = ['update', 'notify', 'response', 'resolve', 'arrive'].map((clock) => ({
    level: 1,
    levelLabel: { zh: '一级', en: 'Level 1' },
    clock,
    goal: { zh: '一小时', en: '1 h' },
  }));
  const contract = PERIOD.contract && { ...PERIOD.contract, goals };
  const rows = known(goalsList.pick({ ...PERIOD, contract }))?.rows ?? [];
  expect(rows.map(({ clock }) => clock)).toEqual(['response', 'arrive', 'update', 'resolve', 'notify']);
});
it('an empty list under a heading of its own name says one sentence, not the name again', () => {
  const kind = findKind('demands');
  const report = kind && writeDocument(kind, { ...PERIOD, demands: { value: { rows: [], total: 0 } } }, 'zh');
  expect(report?.chapters[0]?.blocks[0]).toEqual({ type: 'paragraph', text: '没有登记需求。', weight: 'normal' });
});
it('a first report, with nothing to compare with, still knows how old a risk is and escalates it', () => {
  const kind = findKind('risk');
  const check = PERIOD.findings.find(({ severity }) => severity === 'critical')?.check ?? '';
  const first = { ...PERIOD, comparison: { missing: 'no-history' }, changes: { missing: 'no-history' }, firstSeen: { [check]: PERIOD.period.asOf - 100 * 86_400 } } as const;
  const words = JSON.stringify(kind && writeDocument(kind, first, 'zh').chapters.find(({ id }) => id === 'risk-conclusion'));
  expect(words).toContain('1 类严重风险超过 7 天未消除');
  expect(words).toContain('系统中没有更早的同类报告');
  expect(words).not.toContain('需要第二次采样');
});
it('a risk that was found long ago and became critical yesterday is not escalated, and why it is not is said', () => {
  const kind = findKind('risk');
  const check = PERIOD.findings.find(({ severity }) => severity === 'critical')?.check ?? '';
  const { asOf } = PERIOD.period;
  const run = (days: number, critical: number) => ({ at: asOf - days * 86_400, score: 50, coverage: 90, findings: { critical, warning: 9, info: 0 }, added: 0, solved: 0 });
  const model = (runs: readonly (readonly [number, number])[]) =>
    ({
      ...PERIOD,
      comparison: { missing: 'no-history' },
      firstSeen: { [check]: asOf - 100 * 86_400 },
      runs: { value: runs.map(([days, critical]) => run(days, critical)) },
    }) as const;
  const words = (runs: readonly (readonly [number, number])[]): string =>
    JSON.stringify(kind && writeDocument(kind, model(runs), 'zh').chapters.find(({ id }) => id === 'risk-conclusion'));
  const grown = words([9, 5, 2, 1].map((days) => [days, days === 1 ? 3 : 0] as const));
  expect(grown).toContain('没有超过 7 天未消除的严重风险');
  expect(grown).toContain('1 类现为严重的风险更早就已发现，当时未达到严重级别');
  expect(grown).toContain(`最近一次没有严重问题的巡检是 ${formatDate(asOf - 2 * 86_400, PERIOD.period.zoneMinutes)}`);
  expect(words([9, 5, 2, 1].map((days) => [days, 3] as const))).toContain('1 类严重风险超过 7 天未消除');
});
it('a first report of a period says since when there are inspections', () => {
  const first = { ...PERIOD, comparison: { missing: 'no-history' }, changes: { missing: 'no-history' } } as const;
  const day = formatDate(Math.max(known(PERIOD.runs)?.[0]?.at ?? 0, PERIOD.period.from ?? 0), PERIOD.period.zoneMinutes);
  expect(changesSentence(first, 'zh')).toContain(`系统中没有更早的同类报告，巡检记录自 ${day} 起`);
  expect(changesSentence(first, 'en')).toContain(`inspection records start on ${day}`);
});

describe('the first response', () => {
  const [found] = 'value' in (PERIOD.incidents ?? {}) ? (PERIOD.incidents as { value: { rows: readonly IncidentRecord[] } }).value.rows : [];
  const incident = (clocks: readonly ClockRecord[], rest: Partial<IncidentRecord> = {}): IncidentRecord => {
    if (!found) throw new Error('no incident');
    return { ...found, state: 'acknowledged', openedAt: 1_000, acknowledgedAt: 1_060, clocks, ...rest };
  };
  const missed: ClockRecord = { clock: 'response', state: 'breached', takenSeconds: 3_060_000, goalSeconds: 72_000 };
  it('is when the contract’s clock stopped; taking an incident on is no answer', () => {
    expect(respondedAfter(incident([missed]))).toBeUndefined();
    expect(respondedAfter(incident([{ ...missed, stoppedAt: 4_600 }]))).toBe(3_600);
    expect(respondedAfter(incident([{ ...missed, state: 'met', takenSeconds: 240 }]))).toBe(240);
    expect(respondedAfter(incident([]))).toBe(60);
  });
  it('that never came is still counted, and says so', () => {
    expect(takenWords(missed, incident([missed]), 'zh')).toBe('850 小时（仍在计时）');
    expect(takenWords({ ...missed, stoppedAt: 4_600 }, incident([missed]), 'en')).toBe('850 h');
    expect(takenWords(missed, incident([missed], { state: 'closed' }), 'zh')).toBe('850 小时');
  });
});

it('an item that all instances of a product share is said of all; of some, by name', () => {
  const [first] = known(PERIOD.middleware)?.rows ?? [];
  if (!first) throw new Error('no instance');
  const [one, two, three] = ['a', 'b', 'c'].map((name) => ({ ...first, product: 'TongWeb', name }));
  if (!one || !two || !three) throw new Error('no instances');
  const model = { ...PERIOD, middleware: { value: { rows: [one, two, three], total: 3 } } };
  expect(instanceWords({ instance: one, alike: [two, three] }, model, 'zh')).toBe('全部 3 个 TongWeb 实例');
  expect(instanceWords({ instance: one, alike: [two] }, model, 'en')).toBe('a, b');
  // One that the list left out may be another.
  expect(instanceWords({ instance: one, alike: [two, three] }, { ...model, middleware: { value: { rows: [one, two, three], total: 4 } } }, 'en')).toBe('a and 2 more');
  expect(instanceWords({ instance: one }, { ...model, middleware: { value: { rows: [one], total: 1 } } }, 'en')).toBe('a');
});

it.each([
  ['met', 2, '最长间隔 43 分，通报 2 次', 'longest wait 43 min, 2 updates'],
  ['breached', 1, '最长间隔 43 分，通报 1 次', 'longest wait 43 min, 1 update'],
  ['breached', 0, '没有通报记录', 'no update on record'],
  ['met', 0, '到期前已解决', 'resolved before it was due'],
  ['met', undefined, '43 分', '43 min'],
] as const)('the time until an update (%s, %s told) is never that of the recovery', (state, updates, zh, en) => {
  const incident = { state: 'closed' } as IncidentRecord; // its end is all that is read
  const clock = { clock: 'update', state, takenSeconds: 43 * 60, stoppedAt: 1, updates };
  expect([takenWords(clock, incident, 'zh'), takenWords(clock, incident, 'en')]).toEqual([zh, en]);
});

it('days left are those of the reader’s calendar, whatever the hour', () => {
  const at = (time: string): number => Date.parse(time) / 1_000;
  const left = (due: string, now: string): number | undefined => daysLeftCell(at(due), { asOf: at(now), zoneMinutes: 480 }).value;
  expect(left('2027-06-30T00:00:00+08:00', '2026-12-31T02:00:00+08:00')).toBe(181);
  expect(left('2027-01-01T00:10:00+08:00', '2026-12-31T23:50:00+08:00')).toBe(1);
  expect(left('2026-12-31T23:00:00+08:00', '2026-12-31T02:00:00+08:00')).toBe(0);
});
