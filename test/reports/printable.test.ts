import { expect, it } from 'vitest';
import { LONGEST_NAME, printableModel, printableText } from '../../reports/printable.ts';
import { RICH } from './fixtures/models.ts';

it('cuts long texts with an ellipsis, a megabyte in no time', () => {
  const text = printableText('长'.repeat(1_000_000));
  expect([...text]).toHaveLength(LONGEST_NAME + 1);
  expect(text.endsWith('…')).toBe(true);
});
it.each([
  ['direction overrides', 'web\u202Egnp.exe', 'web gnp.exe'],
  ['control characters', 'a\u0000b\u001b[31mc\nd\u0085e', 'a b [31mc d e'],
  ['zero-width characters', 'pay\u200Bment\uFEFF', 'pay ment'],
  ['tags', 'x\u{E0041}y', 'x y'],
  ['lone surrogates', 'x\ud800y', 'x y'],
  ['stacked marks', `a${'\u0301'.repeat(50)}`, `a${'\u0301'.repeat(3)}`],
  ['nothing from good names', '𠮷 order-7d9f8c6b5d/x2x7k：/var/log', '𠮷 order-7d9f8c6b5d/x2x7k：/var/log'],
])('takes %s out', (_what, foreign, text) => expect(printableText(foreign)).toBe(text));
it('does not cut a letter in half', () => expect(printableText('𠮷'.repeat(500))).toBe(`${'𠮷'.repeat(LONGEST_NAME)}…`));
it('leaves a clean model as it is', () => expect(printableModel(RICH)).toEqual(RICH));
