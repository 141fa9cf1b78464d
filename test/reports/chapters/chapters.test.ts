import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../../agent/wire/vocabulary.ts';
import type { Block, FindingBlock, TableBlock } from '../../../reports/blocks.ts';
import { unknownChecks } from '../../../reports/chapters/appendix.ts';
import { writeDocument } from '../../../reports/document.ts';
import { s360 as inspection } from '../../../reports/kinds/s360.ts';
import type { ReportModel } from '../../../reports/model.ts';
import { renderHtml } from '../../../reports/renderers/html.ts';
import { CLUSTER_ONLY, EMPTY, FINDINGS, HEALTHY_CLUSTER, HOST, HOST_FINDINGS, HOST_ONLY, RICH } from '../fixtures/models.ts';

const MODELS: readonly (readonly [string, ReportModel])[] = [
  ['rich', RICH],
  ['host only', HOST_ONLY],
  ['cluster only', CLUSTER_ONLY],
  ['healthy', HEALTHY_CLUSTER],
  ['empty', EMPTY],
];
function blocksOf(model: ReportModel, id: string): readonly Block[] {
  return writeDocument(inspection, model, 'zh').chapters.find((chapter) => chapter.id === id)?.blocks ?? [];
}
const tables = (blocks: readonly Block[]): readonly TableBlock[] => blocks.filter((block) => block.type === 'table');
const findings = (blocks: readonly Block[]): readonly FindingBlock[] => blocks.filter((block) => block.type === 'finding');

describe.each(MODELS)('a report of a %s run', (_name, model) => {
  it.each(LOCALES)('has its chapters in order, none of them empty (%s)', (locale) => {
    const { chapters } = writeDocument(inspection, model, locale);
    // The rest of a long plan follows in an appendix of its own.
    expect(chapters.map(({ id }) => id).filter((id) => id !== 'plan-continued')).toEqual([
      'summary',
      'overall',
      'control-plane',
      'workers',
      'applications',
      'requests',
      'assessment',
      'appendix',
    ]);
    for (const { blocks } of chapters) expect(blocks.length).toBeGreaterThan(0);
    expect(JSON.stringify(chapters)).not.toMatch(/undefined|NaN|\[object/);
  });
  it('has the same blocks in both languages, and no Chinese in English', () => {
    const [zh, en] = LOCALES.map((locale) => writeDocument(inspection, { ...model, subject: { ...model.subject, customer: 'ACME' }, accepted: [], expired: [] }, locale).chapters);
    expect(zh?.map(({ blocks }) => blocks.map(({ type }) => type))).toEqual(en?.map(({ blocks }) => blocks.map(({ type }) => type)));
    expect(JSON.stringify(en)).not.toMatch(/\p{Script=Han}|[，。；：（）]/u);
  });
  it('gives every table rows of its width, or words in their place', () => {
    for (const { blocks } of writeDocument(inspection, model, 'zh').chapters) {
      for (const { columns, rows, total, empty } of tables(blocks)) {
        for (const row of rows) expect(row).toHaveLength(columns.length);
        expect(total).toBeGreaterThanOrEqual(rows.length);
        if (rows.length === 0) expect(empty).not.toBe('');
      }
    }
  });
});

it('the platform’s chapter shows every inspected host, and says how many more there are', () => {
  const hosts = Array.from({ length: 8 }, (_, index) => ({ ...HOST, name: `node-${index}` }));
  const titles = (count: number): readonly string[] =>
    tables(blocksOf({ ...RICH, hosts: hosts.slice(0, count) }, 'overall')).flatMap(({ title }) => /：被检主机 (\S+)$/.exec(title)?.[1] ?? []);
  expect(titles(3)).toEqual(['node-0', 'node-1', 'node-2']);
  expect(titles(8)).toHaveLength(6);
  expect(JSON.stringify(blocksOf({ ...RICH, hosts }, 'overall'))).toContain('另有 2 台被检主机');
  expect(JSON.stringify(blocksOf({ ...RICH, hosts: hosts.slice(0, 6) }, 'overall'))).not.toContain('台被检主机，');
});

describe('the chapter on problems', () => {
  it('marks an object that is less severe than the heading above it, and no other', () => {
    const [first] = FINDINGS;
    if (!first) throw new Error('the fixture has findings');
    const of = (name: string, severity: 'critical' | 'warning') => ({ ...first, severity, scope: { kind: 'Deployment' as const, namespace: 'a', name } });
    const [block] = findings(blocksOf({ ...RICH, findings: [of('down', 'critical'), of('short', 'warning')] }, 'requests'));
    expect(block?.objects.map(({ name }) => name)).toEqual(['Deployment a/down', 'Deployment a/short（▲ 风险）']);
  });
  it('holds every finding with its remedy, grouped by check, worst first', () => {
    const blocks = findings(blocksOf(RICH, 'requests'));
    expect(blocks.reduce((sum, { objectTotal }) => sum + objectTotal, 0)).toBe(FINDINGS.length);
    expect(new Set(blocks.map(({ check }) => check)).size).toBe(blocks.length);
    expect(blocks.map(({ severity }) => severity)).toEqual(
      blocks.map(({ severity }) => severity).toSorted((a, b) => ['critical', 'warning', 'info'].indexOf(a) - ['critical', 'warning', 'info'].indexOf(b)),
    );
    for (const { remedy, objects } of blocks) {
      expect(remedy).not.toBe('');
      expect(objects.length).toBeGreaterThan(0);
    }
  });
  it('keeps the number of all objects when it prints only some', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => ({ ...HOST_FINDINGS[0], scope: { kind: 'Mount', node: 'n', name: `/m${index}` } }) as (typeof HOST_FINDINGS)[number]);
    const [block] = findings(blocksOf({ ...HOST_ONLY, findings: many }, 'requests'));
    expect(block?.objectTotal).toBe(1_000);
    expect(block?.objects).toHaveLength(200);
  });
  it('prints the id of a check whose text the model does not hold', () => {
    const [block] = findings(blocksOf({ ...HOST_ONLY, checks: [] }, 'requests'));
    expect(block?.title).toBe('disk-space-low');
    expect(block?.remedy).not.toBe('');
  });
  it('says that requests are kept elsewhere', () => expect(JSON.stringify(blocksOf(RICH, 'requests'))).toContain('工单系统'));
});

describe('a run without a cluster', () => {
  it.each(['control-plane', 'applications'])('says so in %s and nothing else', (id) => {
    const blocks = blocksOf(HOST_ONLY, id);
    expect(blocks).toHaveLength(1);
    expect(blocks[0]).toMatchObject({ type: 'callout', tone: 'unknown', title: '本次没有巡检集群' });
  });
  it('shows the machine in the first chapter and all its findings in the one on nodes, neither twice', () => {
    const problems = (id: string): readonly TableBlock[] => tables(blocksOf(HOST_ONLY, id)).filter(({ title }) => /^(?:表 \d+：)?被检主机的问题$/.test(title));
    const [last] = problems('workers');
    expect(last?.total).toBe(HOST_FINDINGS.length);
    expect(problems('overall')).toEqual([]);
    expect(JSON.stringify(blocksOf(HOST_ONLY, 'overall'))).toContain('openEuler');
  });
});

describe('a run that checked nothing', () => {
  it('has no good word anywhere', () => {
    for (const locale of LOCALES) {
      const chapters = writeDocument(inspection, EMPTY, locale).chapters.filter(({ id }) => id !== 'appendix');
      expect(JSON.stringify(chapters)).not.toMatch(/"tone":"ok"|没有发现问题|没有待处理|no problem was found|Nothing was found|Nothing to do/i);
    }
  });
  it('nor in a chapter whose areas gave no answer', () => {
    const areas = CLUSTER_ONLY.score.areas.map((area) => ({ ...area, passed: 0, failed: 0, score: null }));
    const model = { ...CLUSTER_ONLY, findings: [], score: { ...CLUSTER_ONLY.score, areas } };
    for (const id of ['control-plane', 'workers', 'applications']) expect(JSON.stringify(blocksOf(model, id))).toContain('不能说明是否有问题');
  });
});

describe('evidence', () => {
  it('stands in exactly one chapter for each finding of a cluster', () => {
    const title = /问题/;
    const findings = FINDINGS.filter(({ severity }) => severity !== 'info'); // few enough kinds that no table is cut
    const total = ['overall', 'control-plane', 'workers', 'applications']
      .flatMap((id) => tables(blocksOf({ ...RICH, findings }, id)).filter((table) => title.test(table.title)))
      .flatMap(({ columns, rows }) => rows.map((row) => row[columns.length - 1]?.value ?? 0))
      .reduce((sum, objects) => sum + objects, 0);
    expect(total).toBe(findings.length);
  });
  it('says why a part is missing', () => {
    expect(JSON.stringify(blocksOf(CLUSTER_ONLY, 'control-plane'))).toContain('没有读取权限');
    expect(JSON.stringify(blocksOf(CLUSTER_ONLY, 'applications'))).toContain('超过时限');
  });
  it('of the appendix holds every verdict', () => {
    const rows = blocksOf(RICH, 'appendix')
      .flatMap((block) => (block.type === 'collapsed' ? block.blocks : []))
      .filter(({ columns }) => columns.length === 4)
      .reduce((sum, { total }) => sum + total, 0);
    expect(rows).toBe(RICH.verdicts.length);
  });
});

it('the summary names at most three actions and the coverage beside the score', () => {
  const blocks = blocksOf(RICH, 'summary');
  expect(findings(blocks).map(({ rank }) => rank)).toEqual([1, 2, 3]);
  const labels = blocks.flatMap((block) => (block.type === 'keyFigures' ? block.figures.map(({ label }) => label) : []));
  expect(labels.indexOf('覆盖率')).toBe(labels.indexOf('健康分') + 1);
});
it('both sides sign, on a page of their own that names what they sign', () => {
  const blocks = blocksOf(RICH, 'assessment');
  const page = blocks.slice(blocks.findLastIndex(({ type }) => type === 'pageBreak') + 1).map(({ type }) => type);
  expect(page.slice(-4)).toEqual(['heading', 'paragraph', 'paragraph', 'signOff']);
  expect(JSON.stringify(blocks.at(-2))).toContain(`数据快照 SHA-256：${RICH.product.snapshotSha256}`); // what is signed, above the signatures
  expect(page[0]).toBe('table'); // the plan that both sides agree on
  expect(JSON.stringify(blocks.slice(-3))).toContain('集群 prod-shanghai，数据截至 2026-11-22 14:05 (UTC+8)，总评差');
});

describe('a check whose list had reached its cap', () => {
  const cut = (check: string): ReportModel => ({ ...RICH, verdicts: RICH.verdicts.map((verdict) => (verdict.check === check ? { ...verdict, atLeast: true } : verdict)) });

  it.each(LOCALES)('counts "at least", wherever its things are counted (%s)', (locale) => {
    const model = cut('pod-crash-looping');
    const { chapters } = writeDocument(inspection, model, locale);
    const of = (id: string): string => JSON.stringify(chapters.find((chapter) => chapter.id === id)?.blocks);
    const places = ['summary', 'overall', 'applications', 'requests', 'assessment', 'appendix'];
    for (const id of places) expect(of(id), id).toContain(locale === 'zh' ? '至少' : 'at least');
    expect(of('appendix')).toContain(locale === 'zh' ? '至少 4 个对象' : 'at least 4 objects');
    const plain = JSON.stringify(writeDocument(inspection, RICH, locale).chapters);
    expect(plain).not.toContain(locale === 'zh' ? '至少 4' : 'at least 4 ');
  });
  it('says in its own block that there are more', async () => {
    const [block] = findings(blocksOf(cut('pod-crash-looping'), 'requests')).filter(({ check }) => check === 'pod-crash-looping');
    expect(block).toMatchObject({ objectTotal: 4, objectsAtLeast: true });
    const page = await renderHtml(cut('pod-crash-looping'), 'zh');
    expect(page).toContain('列表已达上限');
    expect(await renderHtml(RICH, 'zh')).not.toContain('列表已达上限');
  });
});

describe('checks without an answer', () => {
  const unread = (count: number): ReportModel => ({
    ...HOST_ONLY,
    coverage: {
      ...HOST_ONLY.coverage,
      unknown: Array.from({ length: count }, (_, number) => ({ check: `made-up-${number}`, area: 'service', severity: 'warning', verdict: 'unknown', reason: 'unauthorized' })),
    },
  });
  it('have a row each while they are few', () => {
    const [table] = unknownChecks(unread(8), 'en');
    expect(table).toMatchObject({ type: 'table', total: 8 });
  });
  it('are named once with their reason when many share it, none of them left out', () => {
    const blocks = unknownChecks(unread(40), 'en');
    expect(tables(blocks)).toEqual([]);
    expect(blocks).toHaveLength(1);
    const said = JSON.stringify(blocks);
    expect(said.match(/no valid credentials/g)).toHaveLength(1);
    for (let number = 0; number < 40; number += 1) expect(said).toContain(`made-up-${number}`);
  });
});
