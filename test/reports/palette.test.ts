import { expect, it } from 'vitest';
import { DARK, LIGHT } from '../../reports/palette.ts';

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}
it.each([
  ['light', LIGHT],
  ['dark', DARK],
] as const)('every colour of text can be read on its ground (%s)', (_name, palette) => {
  for (const tone of ['critical', 'warning', 'info', 'ok', 'unknown', 'accent', 'text', 'muted'] as const) {
    expect(contrast(palette[tone], palette.page), tone).toBeGreaterThanOrEqual(4.5);
    if (tone === 'text' || tone === 'muted') expect(contrast(palette[tone], palette.soft), `${tone} on soft`).toBeGreaterThanOrEqual(4.5);
  }
});
