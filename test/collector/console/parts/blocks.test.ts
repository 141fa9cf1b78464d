import { expect, it } from 'vitest';
import { tableMarkup } from '../../../../collector/console/parts/blocks.ts';
import type { TableBlock } from '../../../../reports/blocks.ts';

it('leaves out a column that may be, where no row has a value for it, with its cells', () => {
  const table = (version: string): TableBlock => ({
    ...{ type: 'table', title: 'Add-ons', total: 2, empty: '' },
    columns: [
      { title: 'Name', format: 'name', align: 'left' },
      { title: 'Version', optional: true, format: 'text', align: 'left' },
      { title: 'Ready', format: 'text', align: 'left' },
    ],
    rows: [
      [{ text: 'dns' }, { text: version }, { text: '2' }],
      [{ text: 'proxy' }, { text: '—' }, { text: '3' }],
    ],
  });
  const shown = (version: string): readonly (string | undefined)[] =>
    [...tableMarkup({ locale: 'en' }, table(version)).text.matchAll(/<t[hd](?: [^>]*)?>([^<]*)/g)].map(([, text]) => text);
  expect(shown('—')).toEqual(['Name', 'Ready', 'dns', '2', 'proxy', '3']);
  expect(shown('1.2')).toEqual(['Name', 'Version', 'Ready', 'dns', '1.2', '2', 'proxy', '—', '3']);
});
