import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../../agent/wire/vocabulary.ts';
import type { Block, TableBlock } from '../../../reports/blocks.ts';
import { writeDocument } from '../../../reports/document.ts';
import { findKind, KINDS } from '../../../reports/kinds/index.ts';
import type { ReportKind } from '../../../reports/kinds/kind.ts';
import type { ReportModel } from '../../../reports/model.ts';
import { CLUSTER_ONLY, EMPTY, HEALTHY_CLUSTER, HOST_ONLY, RICH } from '../fixtures/models.ts';
import { PERIOD } from '../fixtures/period.ts';
import { textForm } from '../fixtures/text-form.ts';

const MODELS: readonly (readonly [string, ReportModel])[] = [
  ['half a year', PERIOD],
  ['rich', RICH],
  ['host only', HOST_ONLY],
  ['cluster only', CLUSTER_ONLY],
  ['healthy', HEALTHY_CLUSTER],
  ['empty', EMPTY],
];
const titles = (id: string): readonly string[] => findKind(id)?.body.map(({ title }) => title.zh) ?? [];

it('are one file each, registered once, named like their file', () => {
  const files = globSync('*.ts', { cwd: join(import.meta.dirname, '../../../reports/kinds') }).map((file) => basename(file, '.ts'));
  expect(KINDS.map(({ id }) => id).toSorted()).toEqual(files.filter((file) => file !== 'index' && file !== 'kind').toSorted());
});
it('have titles and worksheet names in both languages that Excel takes', () => {
  for (const { title, sheets } of KINDS) {
    for (const locale of LOCALES) {
      expect(title[locale]).not.toBe('');
      const names = sheets.map((sheet) => sheet.title[locale]);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^[^[\]:*?/\\]{1,31}$/);
    }
  }
});
it('finds a kind by its earlier name, and none by a name of Object', () => {
  expect(findKind('inspection')?.id).toBe('s360');
  expect(findKind('constructor')).toBeUndefined();
});
it('have exactly the chapters that the services promise', () => {
  expect(titles('s360')).toEqual(['整体信息', '管理节点', '计算节点', '应用状态', '功能需求及问题处理', '总评']);
  const nine = ['运维服务方案', '资源运行状态', '问题清单', '事件清单', '风险清单', '需求清单', '备份策略', '费用分析', '响应SLA'];
  expect(titles('monthly')).toEqual(nine);
  expect(titles('weekly')).toEqual(nine);
});

const everyBlock = (kind: ReportKind, model: ReportModel, locale: 'zh' | 'en'): readonly Block[] => writeDocument(kind, model, locale).chapters.flatMap(({ blocks }) => blocks);

describe.each(KINDS.map((kind) => [kind.id, kind] as const))('%s', (id, kind) => {
  it.each(MODELS)('of a %s run is whole in both languages', (_name, model) => {
    const [zh, en] = LOCALES.map((locale) => writeDocument(kind, model, locale));
    for (const document of [zh, en]) {
      expect(document?.chapters.length).toBeGreaterThan(0);
      expect(JSON.stringify(document)).not.toMatch(/undefined|NaN|\[object|Infinity/);
      const ids = document?.chapters.map((chapter) => chapter.id) ?? [];
      expect(new Set(ids).size).toBe(ids.length);
    }
    expect(zh?.chapters.map(({ id: chapter, blocks }) => [chapter, blocks.map(({ type }) => type)])).toEqual(
      en?.chapters.map(({ id: chapter, blocks }) => [chapter, blocks.map(({ type }) => type)]),
    );
    for (const { columns, rows, total, empty } of everyBlock(kind, model, 'zh').filter((block): block is TableBlock => block.type === 'table')) {
      for (const row of rows) expect(row).toHaveLength(columns.length);
      expect(total).toBeGreaterThanOrEqual(rows.length);
      if (rows.length === 0) expect(empty).not.toBe('');
    }
  });
  it.each([HOST_ONLY, CLUSTER_ONLY, HEALTHY_CLUSTER, EMPTY])('speaks English without a Chinese sign', (model) => {
    expect(JSON.stringify(writeDocument(kind, model, 'en').chapters)).not.toMatch(/\p{Script=Han}|[，。；：（）]/u);
  });
  it('has no good word about a run that checked nothing', () => {
    for (const locale of LOCALES)
      expect(JSON.stringify(writeDocument(kind, EMPTY, locale).chapters.filter((chapter) => chapter.id !== 'appendix'))).not.toMatch(
        /"tone":"ok"|没有发现问题|没有待处理|全部已解决|本期没有(登记|事件|变更|最高)|no problem was found|Nothing (was found|to do)|There was no (incident|change)|Every node is supported/i,
      );
  });
  it('is signed by both sides, and says how it was made and what it holds', () => {
    const { chapters } = writeDocument(kind, PERIOD, 'zh');
    expect(chapters.flatMap(({ blocks }) => blocks).filter(({ type }) => type === 'signOff')).toHaveLength(1);
    const text = textForm(writeDocument(kind, PERIOD, 'zh'));
    expect(text).toMatch(/\n### (?:口径|方法与计分)\n/);
    expect(text).toContain('### 隐私声明');
  });
  it('writes worksheets whose rows fit their columns', () => {
    for (const sheet of kind.sheets) {
      const { columns, rows } = sheet.write(PERIOD, 'zh');
      for (const row of rows) expect(row.length).toBeLessThanOrEqual(columns.length);
    }
  });
  it.each(LOCALES)('reads like the golden text (%s)', async (locale) => {
    await expect(textForm(writeDocument(kind, PERIOD, locale))).toMatchFileSnapshot(`../golden/${id}.${locale}.txt`);
  });
});

describe('what was not gathered', () => {
  it.each(['events', 'problems', 'changes', 'backup', 'demands'])('is said not to be in an inspection alone in %s', (id) => {
    const kind = findKind(id);
    expect(kind && JSON.stringify(everyBlock(kind, RICH, 'zh'))).toMatch(/未提供，补充方法见报告开头/);
  });
  it('is said to be so in costs', () => {
    const kind = findKind('cost');
    expect(kind && textForm(writeDocument(kind, RICH, 'zh'))).toContain('! unknown: 没有费用数据 — 本次巡检没有采集这部分数据');
  });
  it('leaves the middleware of a TongTech report without a grade, and the machine with its facts', () => {
    const kind = findKind('tongtech');
    const text = kind ? textForm(writeDocument(kind, HOST_ONLY, 'zh')) : '';
    expect(text).toContain('! unknown: 总评：无法评价 — 中间件数据未采集');
    expect(text).toContain('本次巡检没有采集这部分数据');
    expect(text).toContain('openEuler 22.03-lts-sp4');
  });
});
