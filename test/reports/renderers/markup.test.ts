import { expect, it } from 'vitest';
import { withUnits } from '../../../reports/format.ts';
import { breakable, cssString, html, prose, soft, trusted } from '../../../reports/renderers/markup.ts';

it('escapes every value, in text and attributes', () => {
  expect(html`<p title="${'"><b>'}">${`<i>&'`}</p>`.text).toBe('<p title="&quot;&gt;&lt;b&gt;">&lt;i&gt;&amp;&#39;</p>');
});
it('joins lists, leaves out nothing and takes its own markup as it is', () => {
  expect(html`${[html`<b>1</b>`, '<', 2]}${undefined}${false}${trusted('<hr>')}`.text).toBe('<b>1</b>&lt;2<hr>');
});
it('drops characters that turn or break a page', () => expect(html`${'a\u202Eb\u0000c\u2066d'}`.text).toBe('abcd'));
it('turns backticks into code, and only in pairs', () => {
  expect(prose('run `df -h <x>` now').text).toBe('run <code>df <span>-h</span> &lt;x&gt;</code> now');
  expect(prose('a ` b').text).toBe('a ` b');
  expect(prose('`--client-cert-auth=true`').text).toBe('<code><span>--client-cert-auth=true</span></code>');
});
it('breaks names behind their separators', () => expect(breakable('app-b/c.deploy<').text).toBe('app-<wbr>b/<wbr>c.<wbr>deploy&lt;'));
it('leaves the last sign or two of a name with what is before them', () => {
  expect(breakable('demo-prod-worker-2').text).toBe('demo-<wbr>prod-<wbr>worker-2');
  expect(breakable('payments/ledger-db').text).toBe('payments/<wbr>ledger-db');
});
it('parts a path of words, but no ratio', () => {
  expect(soft('Asia/Shanghai').text).toBe('Asia/<wbr>Shanghai');
  expect(soft('3/110, I/O, and/or').text).toBe('3/110, I/O, and/or');
});
it('breaks neither a figure nor what begins with its separator', () => {
  expect(breakable('23.5 GiB, 3.07 %').text).toBe('23.5 GiB, 3.07 %');
  expect(breakable('--flag /etc').text).toBe('--flag /etc');
});
it('parts a long word behind its separators first, and a short one not at all', () => {
  expect(soft('see kubernetes.io/releases, v1.35').text).toBe('see kubernetes.<wbr>io/<wbr>releases, v1.35');
  expect(soft('x'.repeat(60)).text.match(/<wbr>/g)?.length).toBeGreaterThan(1);
});
it('keeps a figure with its unit', () => {
  expect(withUnits('<p>34.3 % of 4 GiB, 20 MiB/s, 7 days; 1 Bank</p>')).toBe('<p>34.3\u00a0% of 4\u00a0GiB, 20\u00a0MiB/s, 7 days; 1 Bank</p>');
});
it('writes no CSS but strings', () => {
  expect(cssString('a"}</style><x>')).toBe('"a\\22 \\7d \\3c \\2f style\\3e \\3c x\\3e "');
  expect(cssString('华东 1')).toBe('"华东 1"');
});
