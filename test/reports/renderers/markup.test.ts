import { expect, it } from 'vitest';
import { breakable, cssString, html, prose, trusted } from '../../../reports/renderers/markup.ts';

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
it('breaks names behind their separators', () => expect(breakable('a-b/c.d<').text).toBe('a-<wbr>b/<wbr>c.<wbr>d&lt;'));
it('writes no CSS but strings', () => {
  expect(cssString('a"}</style><x>')).toBe('"a\\22 \\7d \\3c \\2f style\\3e \\3c x\\3e "');
  expect(cssString('华东 1')).toBe('"华东 1"');
});
