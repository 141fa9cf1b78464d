import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../agent/wire/vocabulary.ts';
import { writeDocument } from '../../reports/document.ts';
import { findKind, KINDS } from '../../reports/kinds/index.ts';
import type { ReportKind } from '../../reports/kinds/kind.ts';
import { known, type ReportModel } from '../../reports/model.ts';
import { readinessOf } from '../../reports/readiness.ts';
import { aboutWorkbook } from '../../reports/sheets/about.ts';
import { RICH } from './fixtures/models.ts';
import { PERIOD } from './fixtures/period.ts';
import { textForm } from './fixtures/text-form.ts';

function kindOf(id: string): ReportKind {
  const kind = findKind(id);
  if (!kind) throw new Error(id);
  return kind;
}
const signatures = (id: string, model: ReportModel): number =>
  writeDocument(kindOf(id), model, 'zh')
    .chapters.flatMap(({ blocks }) => blocks)
    .filter(({ type }) => type === 'signOff').length;
const without = (place: string): ReportModel => ({ ...PERIOD, authored: PERIOD.authored?.filter((part) => part.place !== place) });
const incidents = (change: (row: NonNullable<ReturnType<typeof faults>>[number]) => object): ReportModel => ({
  ...PERIOD,
  incidents: { value: { rows: faults()?.map((row) => ({ ...row, ...change(row) })) ?? [], total: 1 } },
});
const faults = () => known(PERIOD.incidents)?.rows;

describe('a report with everything that it needs', () => {
  it.each(KINDS.map(({ id }) => id))('is no draft: %s', (id) => {
    expect(readinessOf(kindOf(id), PERIOD)).toEqual({ state: 'ready' });
    expect(writeDocument(kindOf(id), PERIOD, 'zh').title).not.toContain('草稿');
  });
});

describe('a report whose parts by people are missing', () => {
  it.each(['architecture', 'health', 'risks', 'performance', 'security', 'recommendations', 'acceptance'])(
    'is a draft without the experts’ %s, and says how it comes in',
    (place) => {
      const text = LOCALES.map((locale) => textForm(writeDocument(kindOf('expert'), without(place), locale)));
      expect(text[0]).toContain('# 项目专家服务报告（草稿）');
      expect(text[1]).toContain('# Expert service report (DRAFT)');
      for (const one of text) expect(one.split('\n## ')[1]).toContain(`${place}.md`);
      expect(text[0]).toContain('签字前须先补充');
      expect(signatures('expert', without(place))).toBe(0);
    },
  );
  it('says so in its workbook', () => {
    const about = aboutWorkbook(kindOf('expert'), without('health'), 'zh');
    expect(about.title).toBe('项目专家服务报告（草稿）');
    expect(about.facts[0]).toEqual(['状态', '草稿，不作签字依据：缺“健康检查”一章的专家分析，见正文开头']);
  });
  it.each(['impact', 'cause', 'actions'] as const)('is a draft while %s of a level 1 incident is not written', (field) => {
    const model = incidents(() => ({ [field]: undefined }));
    const state = readinessOf(kindOf('fault'), model);
    expect(state.state === 'draft' && state.awaited.map(({ how }) => how.zh).join()).toContain(`填写 ${field}`);
    expect(signatures('fault', model)).toBe(0);
  });
  it('is a draft while the incident lasts', () => {
    expect(
      readinessOf(
        kindOf('fault'),
        incidents(() => ({ resolvedAt: undefined })),
      ),
    ).toMatchObject({ state: 'draft' });
  });
});

describe('what an inspection alone cannot know', () => {
  it.each(['events', 'problems', 'changes', 'demands', 'backup', 'fault', 'weekly', 'monthly'])('makes a draft of %s', (id) => {
    expect(readinessOf(kindOf(id), RICH)).toMatchObject({ state: 'draft' });
    expect(signatures(id, RICH)).toBe(0);
  });
  it('is listed once, at the beginning', () => {
    const text = textForm(writeDocument(kindOf('weekly'), RICH, 'zh'));
    expect(text.match(/由收集端的登记生成，或由/g)?.length).toBe(3);
    expect(text.match(/不能说明有无/g)?.length ?? 0).toBeLessThan(2);
    expect(text.match(/未提供，补充方法见报告开头。/g)?.length).toBeGreaterThan(3);
  });
  it('makes a draft of a TongTech report without its middleware', () => {
    expect(readinessOf(kindOf('tongtech'), { ...RICH, middleware: undefined })).toMatchObject({ state: 'draft' });
  });
  it('leaves what inspections tell ready to sign', () => {
    for (const id of ['s360', 'daily', 'risk', 'os-support']) expect(readinessOf(kindOf(id), RICH), id).toEqual({ state: 'ready' });
  });
});

describe('a kind that is named after a span', () => {
  const over = (days: number): ReportModel => ({ ...PERIOD, period: { ...PERIOD.period, from: PERIOD.period.asOf - days * 86_400, to: PERIOD.period.asOf } });
  it.each([
    ['monthly', 31, '运维月报'],
    ['monthly', 184, '运维报告'],
    ['weekly', 7, '运维周报'],
    ['weekly', 31, '运维报告'],
    ['daily', 1, '巡检报告'],
  ] as const)('of kind %s over %d days is called %s', (id, days, title) => {
    expect(writeDocument(kindOf(id), over(days), 'zh').title).toBe(title);
  });
});

describe('a missed SLA target', () => {
  it('has its cause and improvement from the review, and room to write without one', () => {
    const text = textForm(writeDocument(kindOf('monthly'), PERIOD, 'zh'));
    const rows = text.split('未达标的时限')[1]?.split('\n').slice(2, 6).join('\n') ?? '';
    expect(rows).toMatch(/直接原因 .+。改进：/);
  });
});

describe('a period without a fault', () => {
  const none = incidents(() => ({ level: 2 }));
  it('is stated with its days and the other incidents, and not signed', () => {
    const [zh, en] = LOCALES.map((locale) => textForm(writeDocument(kindOf('fault'), none, locale)));
    expect(zh).toMatch(/本期（2026-05-23 – 2026-11-22）没有发生达到合同最高级别的事件，不需要出具故障报告；登记的 \d+ 起其他级别事件见《事件清单》。/);
    expect(en).toContain("no incident reached the contract's highest level, so no incident report is due");
    expect(zh).toContain('状态: 仅供存档，无需签字');
    expect(signatures('fault', none)).toBe(0);
  });
  it('takes a cancelled incident for none', () => {
    expect(
      readinessOf(
        kindOf('fault'),
        incidents(() => ({ state: 'cancelled' })),
      ),
    ).toMatchObject({ state: 'nothing-to-sign' });
  });
});
