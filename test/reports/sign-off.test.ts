import { describe, expect, it } from 'vitest';
import type { Finding } from '../../agent/wire/inspection.ts';
import type { Block, TableBlock } from '../../reports/blocks.ts';
import { writeDocument } from '../../reports/document.ts';
import type { Forecast } from '../../reports/facts/period.ts';
import { findKind, KINDS } from '../../reports/kinds/index.ts';
import type { ReportModel } from '../../reports/model.ts';
import { RICH } from './fixtures/models.ts';
import { PERIOD } from './fixtures/period.ts';
import { textForm } from './fixtures/text-form.ts';

function blocksOf(id: string, model: ReportModel): readonly Block[] {
  const kind = findKind(id);
  if (!kind) throw new Error(id);
  return writeDocument(kind, model, 'zh').chapters.flatMap(({ blocks }) => blocks);
}
const tablesOf = (id: string, model: ReportModel): readonly TableBlock[] => blocksOf(id, model).filter((block) => block.type === 'table');
/** What stands above the signatures. */
function signed(id: string, model: ReportModel): string {
  const blocks = blocksOf(id, model);
  const at = blocks.findIndex(({ type }) => type === 'signOff');
  return JSON.stringify(blocks.slice(Math.max(0, at - 2), at));
}
const TO_WRITE_IN = ['责任方', '责任方 / 日期', '整改计划'];
const hasRoom = ({ columns, rows }: TableBlock): boolean => columns.some(({ title }, index) => TO_WRITE_IN.includes(title) && rows.some((row) => row[index]?.text === ''));

describe('what is signed', () => {
  it.each(KINDS.map(({ id }) => id))('speaks of blanks to fill in where the report has them, and only there: %s', (id) => {
    const model = { ...PERIOD, plans: undefined };
    expect(signed(id, model).includes('由双方在签字时填写')).toBe(tablesOf(id, model).some(hasRoom));
  });
  it('names each table with room to write in', () => {
    const flawed: ReportModel = {
      ...PERIOD,
      plans: undefined,
      backups: { value: { rows: [{ name: 'db', kind: 'mysql', newestAt: PERIOD.period.asOf - 40 * 86_400 }], total: 1 } },
    };
    expect(signed('monthly', flawed)).toContain('风险清单“整改计划”一栏、备份整改中空白的责任方与日期由双方在签字时填写');
    expect(signed('s360', flawed)).toMatch(/整改计划[^；。]*、备份整改中空白/);
    expect(signed('backup', flawed)).toContain('；备份整改中空白的责任方与日期由双方在签字时填写');
    expect(signed('risk', flawed)).not.toContain('备份整改');
  });
  it('leaves out what is filled in already', () => {
    const checks = [...new Set(PERIOD.findings.map(({ check }) => check))];
    const model: ReportModel = { ...PERIOD, plans: checks.map((check) => ({ check, owner: '陈立', dueAt: PERIOD.period.asOf + 86_400, state: 'agreed' })) };
    for (const id of ['risk', 'expert']) expect(signed(id, model), id).not.toContain('由双方在签字时填写');
  });
  it('has room for every problem of the plan: beside the signatures, and in the appendix for the rest', () => {
    const plans = tablesOf('s360', RICH).filter(({ title }) => title.includes('整改计划'));
    expect(plans.map(({ rows }) => rows.length)).toEqual([expect.any(Number), expect.any(Number)]);
    const numbers = plans.flatMap(({ rows }) => rows.map(([number]) => number?.value));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(numbers.length).toBe(plans[0]?.total);
    expect(signed('s360', RICH)).toContain('含附录中的续表');
  });
  it('excepts a day that comes too late where the report prints it, and says nothing of it elsewhere', () => {
    const finding: Finding = {
      ...{ check: 'disk-space-low', area: 'disk', severity: 'critical', observed: 3.8, threshold: 5, unit: 'percent' },
      scope: { kind: 'Mount', name: '/data', node: 'w-1' },
    };
    const full: Forecast = {
      ...{ id: 'disk/w', kind: 'disk', name: 'w-1', unit: 'percent', limit: 85, criticalLimit: 95, confidence: 'high', current: 96.2, slopePerDay: 0.91, daysToLimit: 0 },
    };
    const model: ReportModel = {
      ...PERIOD,
      findings: [finding],
      forecasts: { value: [full] },
      plans: [{ check: 'disk-space-low', state: 'agreed', dueAt: PERIOD.period.asOf + 8 * 86_400 }],
    };
    const marked = KINDS.map(({ id }) => id).filter((id) => JSON.stringify(blocksOf(id, model)).includes('"title":"计划日期过晚"'));
    expect(marked).toEqual(['s360', 'risk', 'weekly', 'monthly', 'expert']);
    expect(KINDS.map(({ id }) => id).filter((id) => signed(id, model).includes('不在认可之列'))).toEqual(marked);
  });
});

describe('what comes next', () => {
  const next = (model: ReportModel): string => {
    const kind = findKind('s360');
    return kind ? textForm(writeDocument(kind, model, 'zh')) : '';
  };
  it('is a look at what was remedied, or the next report: inspections go on by themselves', () => {
    expect(next(RICH)).toContain('复查整改结果');
    const calm = { ...RICH, findings: [], verdicts: RICH.verdicts.map((verdict) => ({ ...verdict, verdict: 'pass' as const })) };
    expect(`${next(RICH)}${next(calm)}`).not.toContain('下次巡检');
  });
});
