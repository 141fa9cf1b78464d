import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawChart } from '../../../reports/charts/draw.ts';
import { FONT_FILES, rasterise } from '../../../reports/charts/raster.ts';
import type { BarChart } from '../../../reports/charts/spec.ts';
import { subsetFont } from '../../../reports/charts/subset-font.ts';

const [file = ''] = FONT_FILES;
const font = readFileSync(file);
const chartOf = (name: string): BarChart => ({ kind: 'bar', title: '', source: '', max: 100, rows: [{ name, value: 40, label: '40 %', tone: 'neutral' }] });

describe('a subset of the report font', () => {
  it('is small and the same twice', () => {
    const words = '节点 worker-07 磁盘 12 天后写满 ≥ é';
    const small = subsetFont(font, words);
    expect(small.length).toBeLessThan(600_000);
    expect(small.equals(subsetFont(font, words))).toBe(true);
  });
  it('grows with its characters and takes any of them', () => expect(subsetFont(font, '').length).toBeLessThan(subsetFont(font, '漢字かな龘😀\uD800').length));
  it('refuses what is no such font', () => expect(() => subsetFont(Buffer.alloc(64), 'a')).toThrow(RangeError));
  it('shows its texts: other words are other pictures', async () => {
    const pictures = await Promise.all(['磁盘', '内存', '　　'].map(async (name) => await drawChart(chartOf(name), 'x')));
    expect(new Set(rasterise(pictures).map((png) => Buffer.from(png).toString('base64'))).size).toBe(3);
  });
});

describe('names of JavaScript’s own', () => {
  it.each(['__proto__', 'constructor', 'toString', 'a __proto__ b'])('in a chart change nothing outside it (%s)', async (name) => {
    const { svg } = await drawChart({ ...chartOf(name), limit: { value: 80, label: name } }, 'x');
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('prev');
    expect(svg.replaceAll('\u2060', '')).toContain(name);
  });
});
