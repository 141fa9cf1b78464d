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
const knownCosts = () => known(PERIOD.costs);
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
  it('makes a draft of a TongTech report that met none of the vendor’s products', () => {
    const rows = known(PERIOD.middleware)?.rows ?? [];
    const others = rows.map((row) => ({ ...row, vendor: 'other' as const }));
    expect(readinessOf(kindOf('tongtech'), { ...PERIOD, middleware: { value: { rows: others, total: rows.length } } })).toMatchObject({ state: 'draft' });
  });
  it.each([
    ['advisories', { advisories: undefined }, 'xunjian advisory import'],
    ['division of work', { responsibilities: [] }, 'responsibilities'],
  ])('makes a draft of a report on operating systems without %s', (_what, change, how) => {
    const model = { ...PERIOD, ...change };
    expect(JSON.stringify(readinessOf(kindOf('os-support'), model))).toContain(how);
    expect(signatures('os-support', model)).toBe(0);
  });
  it('makes a draft of a cost report without prices, or without anything that costs', () => {
    const unpriced: ReportModel = { ...PERIOD, costs: { value: { ...(known(PERIOD.costs) as NonNullable<ReturnType<typeof knownCosts>>), prices: undefined } } };
    expect(JSON.stringify(readinessOf(kindOf('cost'), unpriced))).toMatch(/prices\.yaml.*reports\.prices/);
    expect(signatures('cost', unpriced)).toBe(0);
    for (const locale of LOCALES) expect(textForm(writeDocument(kindOf('cost'), unpriced, locale))).not.toMatch(/月费用不变|Cost depends/);
    expect(textForm(writeDocument(kindOf('cost'), PERIOD, 'zh'))).toContain('月费用不变');
    expect(readinessOf(kindOf('cost'), { ...PERIOD, costs: { missing: 'not-gathered' } })).toMatchObject({ state: 'draft' });
    // Nine parts, of which one then tells resources alone and says so.
    expect(readinessOf(kindOf('monthly'), unpriced)).toEqual({ state: 'ready' });
    expect(textForm(writeDocument(kindOf('monthly'), unpriced, 'zh'))).toContain('没有单价，因此只列资源数量');
  });
  it('leaves what inspections tell ready to sign', () => {
    for (const id of ['s360', 'daily', 'risk']) expect(readinessOf(kindOf(id), RICH), id).toEqual({ state: 'ready' });
  });
});

describe('a report that people agree on what is next with', () => {
  it.each(['monthly', 'weekly'])('is a draft without it: %s', (id) => {
    expect(JSON.stringify(readinessOf(kindOf(id), without('next')))).toContain('next.md');
    expect(signatures(id, without('next'))).toBe(0);
  });
  it.each(['events', 'monthly', 'weekly'])('is a draft while the cause of a missed target is not written: %s', (id) => {
    const model = incidents(() => ({ cause: undefined, actions: undefined }));
    expect(JSON.stringify(readinessOf(kindOf(id), model))).toContain('reviews.yaml 中为这些事件填写 cause');
    expect(signatures(id, model)).toBe(0);
  });
  it('is a draft while nobody wrote down what came of a change, which is not counted as done', () => {
    const rows = known(PERIOD.changeRecords)?.rows.map((row) => ({ ...row, result: row.result === 'done' ? ('unrecorded' as const) : row.result })) ?? [];
    const model = { ...PERIOD, changeRecords: { value: { rows, total: rows.length } } };
    expect(readinessOf(kindOf('changes'), model)).toMatchObject({ state: 'draft' });
    const text = textForm(writeDocument(kindOf('changes'), model, 'zh'));
    expect(text).not.toMatch(/成功 \d/);
    expect(text).toContain('1 项只有计划窗口，未登记结果，不计为成功');
    expect(text).toContain('? 未登记结果');
  });
});

describe('lists that are counted up to another moment than the inspections', () => {
  const later = { ...PERIOD, period: { ...PERIOD.period, to: PERIOD.period.asOf + 79_200 } };
  it.each(['events', 's360', 'monthly'])('say so on the cover and above the signatures: %s', (id) => {
    const text = textForm(writeDocument(kindOf(id), later, 'zh'));
    expect(text.match(/事件(?:与变更)?统计截至/g)?.length).toBeGreaterThan(1);
    expect(textForm(writeDocument(kindOf(id), PERIOD, 'zh'))).not.toMatch(/事件(?:与变更)?统计截至/);
  });
});

describe('a notice that the system gave when it opened the incident', () => {
  it('is listed as recorded and is nobody’s achievement', () => {
    const { attainment: before } = PERIOD;
    const notice = { clock: 'notify', state: 'met', takenSeconds: 0, goalSeconds: 86_400 } as const;
    const level = faults()?.[0]?.level ?? 0;
    const rows = known(before) ?? [];
    const model: ReportModel = {
      ...incidents((row) => ({ clocks: row.level === level ? [...row.clocks, notice] : row.clocks })),
      attainment: { value: [...rows, { level, levelLabel: { zh: '一级', en: 'Level 1' }, clock: 'notify', met: 1, total: 1 }] },
    };
    const [plain, text] = [PERIOD, model].map((one) => textForm(writeDocument(kindOf('monthly'), one, 'zh')));
    const sentence = /已到期或已完成的 \d+ 个时限中 \d+ 个达标/;
    expect(text?.match(sentence)?.[0]).toBe(plain?.match(sentence)?.[0]);
    expect(text).toMatch(/通知 \| .*– 不计/);
    expect(text).toContain('不计入达成率');
    expect(textForm(writeDocument(kindOf('fault'), model, 'zh'))).toContain('开单时系统自动通知');
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
