import { describe, expect, it } from 'vitest';
import { drawChart } from '../../../reports/charts/draw.ts';
import { findingsByArea, scoreByArea, scoreOverTime, toneOfScore } from '../../../reports/charts/figures.ts';
import { NARROW } from '../../../reports/charts/lettering.ts';
import { freePlace } from '../../../reports/charts/lines.ts';
import { nodeBars, troubleByNode } from '../../../reports/charts/node-figures.ts';
import { pictureOf } from '../../../reports/charts/pictures.ts';
import { type BarChart, type ChartSpec, chartAsText, type LineChart } from '../../../reports/charts/spec.ts';
import { EMPTY, HEALTHY_CLUSTER, RICH } from '../fixtures/models.ts';

const nodes = RICH.cluster && 'value' in RICH.cluster.nodes ? RICH.cluster.nodes.value.rows : [];
const measure = { name: 'CPU 申请率', pick: (node: (typeof nodes)[number]) => node.cpuRequestPercent };
const charts: readonly (readonly [string, ChartSpec | undefined])[] = [
  ['score by area', scoreByArea(RICH, 'zh')],
  ['findings by area', findingsByArea(RICH, 'zh')],
  ['trouble by node', troubleByNode(RICH, 'zh')],
  ['node bars', nodeBars(RICH, nodes, measure, 'zh')],
  ['score over time', scoreOverTime(RICH, 'en')],
];

describe.each(charts)('%s', (_name, chart) => {
  it('is drawn as the same safe picture each time, with a text beside it', async () => {
    if (!chart || chart.kind === 'noData') throw new Error('the rich model has data for it');
    const picture = await drawChart(chart, 'c');
    const again = await drawChart(chart, 'c');
    expect(picture.svg).toBe(again.svg);
    expect(picture.svg).toMatch(/^<svg /);
    expect(picture.svg).not.toMatch(/<script|<style|on\w+=|class=|ecmeta|\bzr\d/);
    expect(chartAsText(chart)).toContain(chart.title);
    expect(chartAsText(chart).length).toBeGreaterThan(chart.title.length + 10);
  });
  it('fits a phone with texts of the same size', async () => {
    if (!chart || chart.kind === 'noData') throw new Error('the rich model has data for it');
    const { svg, width } = await drawChart(chart, 'c', NARROW);
    expect([width, /viewBox="0 0 (\d+)/.exec(svg)?.[1]]).toEqual([NARROW, String(NARROW)]);
    for (const [, x = ''] of svg.matchAll(/<text[^>]* transform="translate\(([\d.-]+)/g)) expect(Number(x)).toBeLessThan(NARROW);
    expect(svg.match(/font-size:1[12]px/g)?.length).toBeGreaterThan(1);
  });
  it('speaks in a sentence', () => expect(chart?.title.length).toBeGreaterThan(5));
});
it('puts the title’s finding into words', () => {
  expect(scoreByArea(RICH, 'zh').title).toMatch(/^\d+ 个领域中 \d+ 个有严重问题，最低为.+ 分(?:（\d+ 项未检查）)?$/);
  expect(findingsByArea(RICH, 'zh').title).toContain('42 处问题');
  expect(troubleByNode(RICH, 'zh')?.title).toBe('7 个节点有问题，worker-3 最重');
});
it('says of every area what was not looked at, with problems or without, in a frame that is neither good nor bad', async () => {
  const areas = [
    { area: 'etcd', score: 45, passed: 5, failed: 1, unknown: 4, notApplicable: 0 },
    { area: 'network', score: 60, passed: 6, failed: 0, unknown: 4, notApplicable: 0 },
    { area: 'pod', score: 100, passed: 9, failed: 0, unknown: 0, notApplicable: 0 },
    { area: 'disk', score: null, passed: 0, failed: 0, unknown: 3, notApplicable: 0 },
  ] as const;
  const findings = RICH.findings.slice(0, 1).map((finding) => ({ ...finding, area: 'etcd', severity: 'critical' }) as const);
  const chart = scoreByArea({ ...RICH, findings, score: { ...RICH.score, areas } }, 'zh');
  expect(chart).toMatchObject({
    title: '3 个领域中 1 个有严重问题，最低为 etcd，45 分（4 项未检查）',
    rows: [
      { label: '■ 45  ? 4 项未检查', tone: 'critical', unknown: 40 },
      { label: '60  ? 4 项未检查', tone: 'neutral', unknown: 40 },
      { label: '100', tone: 'neutral', unknown: 0 },
      { label: '? 未检查（3 项）', tone: 'unknown', unknown: 100 },
    ],
  });
  expect(chart.source).toMatch(/；虚线框为未检查的部分$/);
  if (chart.kind !== 'bar') throw new Error('bars');
  const { svg } = await drawChart(chart, 'c');
  expect(svg).toContain('4 项未检查');
  expect(svg.match(/stroke-dasharray/g)?.length).toBeGreaterThanOrEqual(3);
});
it('shows a score that only coverage holds back as unknown, not as bad', () => {
  expect([toneOfScore(55, 98), toneOfScore(55, 70), toneOfScore(55), toneOfScore(90, 98), toneOfScore(null)]).toEqual(['unknown', 'warning', 'critical', 'ok', 'unknown']);
});
it('counts every severity of a node by its own shape, as the tables do', () => {
  const [one] = RICH.findings;
  if (!one) throw new Error('the rich model has findings');
  const on = (node: string, severity: 'critical' | 'warning' | 'info') => ({ ...one, area: 'node', severity, scope: { kind: 'Node', name: node } }) as const;
  const findings = [on('a', 'info'), on('a', 'warning'), on('a', 'info'), on('b', 'info')];
  const chart = troubleByNode({ ...RICH, findings }, 'en');
  expect(chart).toMatchObject({
    cells: [
      { label: '▲ 1  ● 2', tone: 'warning' },
      { label: '● 1', tone: 'info' },
    ],
  });
  expect(chart?.source).toMatch(/■ Critical, ▲ Warning, ● Notice; the colour is the worst$/);
});
it('never joins the score of the whole to those of its parts', () => {
  const chart = scoreOverTime({ ...RICH, runs: { value: [] } }, 'zh');
  const own = RICH.history.map(({ score }) => score);
  expect(chart?.kind === 'line' && chart.series[0]?.values).toEqual(own);
  expect(chart?.title).toBe('单项巡检的最低健康分从 78 降至 61');
  expect(chart?.source).toContain('不是同一口径');
  const single = scoreOverTime(RICH, 'zh');
  expect(single?.kind === 'line' && single.series[0]?.values).toEqual([...own, RICH.score.total]);
});
it('of one moment names that moment, also in a report of half a year', () => {
  const model = { ...RICH, period: { ...RICH.period, from: RICH.period.asOf - 180 * 86_400, to: RICH.period.asOf + 1 } };
  expect(scoreByArea(model, 'zh').source).toMatch(/^来源：xunjian 最近一次巡检，截至 /);
  expect(scoreOverTime({ ...model, runs: { value: [] } }, 'zh')?.source).toMatch(/ 至 /);
});
it('says why there is no data', () => {
  for (const chart of [scoreByArea(EMPTY, 'zh'), findingsByArea(HEALTHY_CLUSTER, 'zh'), nodeBars(EMPTY, [], measure, 'zh')]) {
    expect(chart.kind).toBe('noData');
    expect(chartAsText(chart)).toContain('没有数据');
  }
  expect(scoreOverTime(HEALTHY_CLUSTER, 'zh')).toBeUndefined();
  expect(troubleByNode(EMPTY, 'zh')).toBeUndefined();
});
it('takes names as text and not as markup', async () => {
  const name = '<script>alert(1)</script>{s0|x}" onload="x';
  for (const chart of [
    { kind: 'bar', title: 't', source: 's', max: 100, rows: [{ name, value: 5, label: name, tone: 'warning' }] },
    { kind: 'stackedBar', title: 't', source: 's', series: [{ name, shape: '■', tone: 'critical' }], rows: [{ name, values: [3] }] },
    { kind: 'heatMap', title: 't', source: 's', columns: [name], rows: [name, name], cells: [{ row: 1, column: 0, label: name, tone: 'info' }] },
    { kind: 'line', title: 't', source: 's', max: 10, labels: [name, name], series: [{ name, values: [1, 2], tone: 'accent' }] },
  ] as const) {
    const { svg } = await drawChart(chart, 'c');
    expect(svg).not.toContain('<script');
    expect(svg).not.toMatch(/ onload="/);
  }
});

describe('a limit', () => {
  const bars = (value: number): BarChart => ({
    ...{ kind: 'bar', title: 't', source: 's', max: 100, limit: { value: 80, label: 'limit 80 %' } },
    rows: [{ name: 'worker-1', value, label: `${value} %`, tone: 'neutral' }],
  });
  it('has no figure on its line, wherever a bar ends: they stand behind the axis', async () => {
    const places = await Promise.all([14, 77, 79, 100].map(async (value) => /translate\(([\d.]+)[^>]*>(?:14|77|79|100) %</.exec((await drawChart(bars(value), 'c')).svg)?.[1]));
    expect(new Set(places.map((place) => Math.round(Number(place) / 10))).size).toBe(1);
    expect(Number(places[0])).toBeGreaterThan(550);
  });
  const lines = (values: readonly number[]): LineChart => ({
    ...{ kind: 'line', title: 't', source: 's', max: 100, labels: values.map(String) },
    series: [{ name: 'worker-2', tone: 'accent', values }],
  });
  it.each([
    ['above its line', [40, 41, 42, 43, 44], 'insideStartTop'],
    ['at the end, where a line falls through it', [90, 91, 60, 50, 40], 'insideEndTop'],
    ['below, where a line runs along it', [87, 88, 89, 90, 92], 'insideStartBottom'],
  ] as const)('is named where no line runs: %s', (_, values, place) => {
    expect(freePlace(lines(values), { value: 85, label: 'limit 85 %' }, 400)).toBe(place);
  });
});
it('says on a phone by a frame what a number behind a question mark is', async () => {
  const chart: BarChart = {
    kind: 'bar',
    title: 't',
    source: 's',
    max: 100,
    rows: [{ name: 'Middleware', value: 97, label: '▲ 97  ? 2 not checked', tone: 'warning', unknown: 3 }],
  };
  expect((await drawChart(chart, 'c', NARROW)).svg).not.toContain('not checked');
  expect((await drawChart(chart, 'c')).svg).toContain('not checked');
});
it('is drawn once for every format of a report', async () => {
  const chart = scoreByArea(RICH, 'zh');
  if (chart.kind === 'noData') throw new Error('the rich model has scores');
  expect(await pictureOf(chart, 'kept-1')).toBe(await pictureOf(structuredClone(chart), 'kept-1'));
  expect(await pictureOf(chart, 'kept-1')).not.toBe(await pictureOf({ ...chart, source: 'another' }, 'kept-1'));
});
