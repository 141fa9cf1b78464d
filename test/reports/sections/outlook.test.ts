/** The capacity forecast on paper: a row for what rises or cannot be told, a count for what does not rise. */
import { describe, expect, it } from 'vitest';
import type { Forecast } from '../../../reports/facts/period.ts';
import { forecastsList } from '../../../reports/lists/outlook.ts';
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
    expect(told(flat('a'), flat('b'))).toEqual({ words: 'None of the 2 series is rising.', rows: [] });
  });
  it('lists what rises, what cannot be told, and what stands at its limit without rising', () => {
    const { words, rows } = told(flat('a'), rising, gap, flat('full', 90));
    expect(rows).toEqual(['up', 'full', 'gap']);
    expect(words).toMatch(/up reaches its limit first, in about 30 days.* 2 other series are not rising\. 1 series could not be forecast/);
  });
});
