/** The capacity forecast on paper: a row for what rises or cannot be told, a count for what does not rise. */
import { describe, expect, it } from 'vitest';
import type { Forecast } from '../../../reports/facts/period.ts';
import { formatDate } from '../../../reports/format.ts';
import { forecastsList } from '../../../reports/lists/forecasts.ts';
import { known } from '../../../reports/model.ts';
import { forecastBlocks } from '../../../reports/sections/outlook.ts';
import { RICH } from '../fixtures/models.ts';

const flat = (name: string, current = 40): Forecast => ({
  ...{ id: `disk/${name}`, kind: 'disk', name, unit: 'percent', current, limit: 85, slopePerDay: 0, confidence: 'high', unknown: 'no-trend' },
});
const rising: Forecast = { id: 'disk/up', kind: 'disk', name: 'up', unit: 'percent', current: 70, limit: 85, slopePerDay: 0.5, daysToLimit: 30, confidence: 'high' };
const gap: Forecast = { id: 'disk/gap', kind: 'disk', name: 'gap', unit: 'percent', current: 20, limit: 85, confidence: 'low', unknown: 'stepped' };

function told(...value: readonly Forecast[]): { readonly words: string; readonly rows: readonly string[] } {
  const model = { ...RICH, forecasts: { value } };
  const blocks = forecastBlocks(model, 'en');
  const table = blocks.find((block) => block.type === 'table');
  // Nothing is lost: the workbook has every series.
  expect(known(forecastsList.pick(model))?.rows).toHaveLength(value.length);
  return {
    words: blocks.flatMap((block) => (block.type === 'paragraph' ? [block.text] : [])).join(' '),
    rows: table?.type === 'table' ? table.rows.map((row) => row[1]?.text ?? '') : [],
  };
}

describe('the capacity forecast', () => {
  it('has no table of series that do not rise', () => {
    expect(told(flat('a'), flat('b'))).toEqual({ words: 'None of the 2 metrics is rising.', rows: [] });
  });
  it('lists what rises, what cannot be told, and what stands at its limit without rising', () => {
    const { words, rows } = told(flat('a'), rising, gap, flat('full', 90));
    expect(rows).toEqual(['up', 'full', 'gap']);
    expect(words).toMatch(/up reaches its limit first, in about 30 days.* 2 other metrics are not rising\. 1 metric could not be forecast/);
  });
  it('says of a limit that was passed since when, and when it is full', () => {
    const { asOf } = RICH.period;
    const past: Forecast = { ...rising, current: 96.2, criticalLimit: 95, slopePerDay: 0.91, daysToLimit: 0 };
    const points = [82.6, 83.5, 85.3, 96.2].map((value, index) => ({ at: asOf - (3 - index) * 86_400, value }));
    const model = { ...RICH, forecasts: { value: [past] }, trends: { value: [{ id: past.id, kind: past.kind, name: past.name, unit: past.unit, points }] } };
    const blocks = forecastBlocks(model, 'zh');
    const day = (at: number): string => formatDate(at, RICH.period.zoneMinutes);
    expect(JSON.stringify(blocks)).toContain(
      `up 的磁盘使用率已于 ${day(asOf - 86_400)} 超过上限 85 %，现为 96.2 %，超过严重阈值，按此速度约 4 天后（${day(asOf + 4.18 * 86_400)}）达到 100 %。`,
    );
    const cells = forecastsList.columns.map((column) => [column.title.zh, column.cell(past, model, 'zh').text]);
    expect(Object.fromEntries(cells)).toMatchObject({ '到达上限（天）': '■\u00a0已超过', 到达上限: `■\u00a0${day(asOf - 86_400)} 起`, '预计达 100 %': day(asOf + 4.18 * 86_400) });
  });
});
