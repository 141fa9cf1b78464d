import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../agent/wire/vocabulary.ts';
import { figures, type TableBlock, words } from '../../reports/blocks.ts';
import { apart } from '../../reports/charts/lines.ts';
import { withColumnWidths } from '../../reports/column-widths.ts';
import { writeDocument } from '../../reports/document.ts';
import { KINDS } from '../../reports/kinds/index.ts';
import { widthOf } from '../../reports/renderers/docx/letters.ts';
import { HOST_ONLY, RICH } from './fixtures/models.ts';
import { PERIOD } from './fixtures/period.ts';

function widths(columns: TableBlock['columns'], ...rows: readonly (readonly string[])[]): readonly number[] {
  const table: TableBlock = { type: 'table', title: 'x', columns, rows: rows.map((row) => row.map((text) => ({ text }))), total: rows.length, empty: '' };
  return withColumnWidths(table).columns.map(({ weight = 0 }) => weight);
}

describe('the columns of a table', () => {
  it('are wide enough for a shape with its word, a date, and the longest word of a head', () => {
    const [state = 0, due = 0, object = 0, threshold = 0] = widths(
      [words('State', 'status', 1), words('Due', 'text', 1), words('Object', 'name', 20), figures('Threshold', 1)],
      ['▲ Acknowledged', '2027-11-05', 'demo-prod-master-1 / apiserver-kubelet-client', '5'],
    );
    expect(state).toBeGreaterThan(8);
    expect(due).toBeGreaterThan(6);
    expect(threshold).toBeGreaterThan(5.5);
    expect(object).toBeGreaterThan(20); // the rest is still the column's that asked for most
  });
  it('keep the shares that were asked for where everything fits', () => {
    const [one = 0, other = 0] = widths([words('A', 'text', 3), words('B', 'text', 1)], ['a', 'b']);
    expect(one / other).toBeCloseTo(3, 1);
  });
  it('give the width to what makes the table short: a long advice is not squeezed between names', () => {
    const columns = [figures('#', 0.7), words('Severity', 'status', 2), words('Instance', 'name', 3.4), words('Problem', 'name', 4), words('Observed', 'text', 2)];
    const advice = 'give the account its rights and name the file of its password under the instances of the middleware; '.repeat(6);
    const row = ['1', '▲ Warning', 'vm/postgresql/36293, vm/postgresql/38821', 'Middleware instance could not be inspected', 'no password given', advice, ''];
    const all = widths([...columns, words('Advice', 'prose', 9), words('Owner / date', 'text', 1.6)], row, row);
    const [, , instance = 0, problem = 0, , prose = 0] = all;
    expect(prose).toBeGreaterThan(1.8 * Math.max(instance, problem));
    expect(all.reduce((sum, width) => sum + width, 0)).toBeCloseTo(57, 0);
  });
  it('of a crowded table shrink beside their texts before a word is broken', () => {
    const columns = [
      ...[words('Kind', 'text', 2.8), words('Severity', 'status', 2.7), words('Risk', 'text', 6), words('Resources', 'name', 5), figures('Objects', 1.7)],
      ...[words('First seen', 'text', 2.6), words('Owner', 'text', 2), words('Due', 'text', 2.6), words('State', 'text', 2)],
    ];
    const row = [
      'Performance',
      '▲ Warning',
      'Containers can write to sensitive host paths',
      'Node demo-prod-worker-1 and 1 other',
      '2',
      '2026-07-01',
      '—',
      'with routine maintenance',
      'Proposed',
    ];
    const all = widths(columns, row);
    const sum = all.reduce((total, width) => total + width, 0);
    // Ems on the page, without the 0.82 em that Word leaves beside a text: Arial's "▲ Warning" in bold has 5.3 of them, "maintenance" in a Chinese font 5.9.
    const [kind = 0, severity = 0, , , , , , due = 0] = all.map((width) => (width / sum) * 57 - 0.82);
    expect(kind).toBeGreaterThan(6.3);
    expect(severity).toBeGreaterThan(5.4);
    expect(due).toBeGreaterThan(6);
  });
  it('leave a long text the room beside short ones', () => {
    const heads = ['Number', 'Raised', 'Raised by', 'Kind', 'Request', 'Priority', 'Planned for', 'State'];
    const row = ['XQ-2026-0023', '2026-09-15', '林晓东', 'Performance', '月末批量期间为 reporting 命名空间临时提高配额。', 'Medium', '2027 年一季度', 'In review'];
    const all = widths(
      heads.map((head) => words(head, head === 'Number' ? 'name' : 'text')),
      row,
      row,
    );
    expect(all[4]).toBeGreaterThan(11.5); // two or three lines, not four
    const forecast = ['Measure', 'Object', 'Now', 'Limit', 'Per day', 'Course since', 'Limit reached', '100 % on', 'Confidence'];
    const [, object = 0] = widths(
      forecast.map((head) => words(head, head === 'Object' ? 'name' : 'text')),
      ['Disk used', 'demo-prod-worker-2', '■ 96.2 %', '85 %', '+0.91 %', '2026-10-31', '■ since 2026-12-19', '2027-01-04', 'High'],
    );
    expect(object).toBeGreaterThan(6.5); // “demo-prod-” and “worker-2”
  });
  it('never vanish and never outgrow the page by much, whatever stands in them', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string({ maxLength: 300, unit: 'binary' }), { minLength: 2, maxLength: 12 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const count = rows[0]?.length ?? 2;
        const all = widths(
          Array.from({ length: count }, (_, index) => words(`c${index}`, 'text', index + 1)),
          ...rows.map((row) => row.slice(0, count)),
        );
        for (const width of all) expect(width).toBeGreaterThan(0);
        expect(all.every((width) => Number.isFinite(width))).toBe(true);
      }),
    );
  });
});

describe('labels at the ends of lines', () => {
  it('never touch, stay beside the plot, and move only where they must', () => {
    expect(apart([10, 100, 150], 176)).toEqual([0, 0, 0]);
    expect(apart([170, 170, 170], 176)).toEqual([-24, -9, 6]);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 176, noNaN: true }), { minLength: 1, maxLength: 6 }), (places) => {
        const at = places.map((place, index) => place + (apart(places, 176)[index] ?? 0)).toSorted((one, other) => one - other);
        for (const [index, place] of at.entries()) {
          expect(place).toBeLessThanOrEqual(177);
          expect(place).toBeGreaterThanOrEqual(-1);
          if (index > 0) expect(place - (at[index - 1] ?? 0)).toBeGreaterThanOrEqual(13.9);
        }
      }),
    );
  });
});

/** Points of a word in Word's own type. */
function pointsOf(word: string, bold: boolean, size: number): number {
  return [...word].reduce((sum, letter) => sum + (widthOf(letter, { bold, code: false }) * size) / 1_000, 0);
}
/** Where names and texts may be parted without harm: at blanks, signs, humps and between Chinese characters. */
const PARTS = /[\s\-./:,_]+|(?<=[a-z])(?=[A-Z])|(?<=[\u2e80-\uffef])|(?=[\u2e80-\uffef])/;
/** Words of a table that are wider than their column of a Word document, 482 points less 7 or 5 beside each text, and 2.5 more behind a figure. */
function tornIn({ title, columns, rows, dense }: TableBlock): readonly string[] {
  const sum = columns.reduce((total, { weight = 1 }) => total + weight, 0);
  const size = dense ? 7 : 8.5;
  return columns.flatMap(({ title: head, weight = 1, format, align }, index) => {
    const room = Math.floor((weight / sum) * 9_638) / 20 - (dense ? 5 : 7) - (align === 'left' && columns[index - 1]?.align === 'right' ? 2.5 : 0);
    const texts = [{ text: head, bold: true }, ...rows.map((row) => ({ text: row[index]?.text ?? '', bold: format === 'status' }))];
    const words = texts.flatMap(({ text, bold }) => text.split(PARTS).map((word) => ({ word, bold })));
    return words.filter(({ word, bold }) => word.length < 40 && pointsOf(word, bold, size) > room).map(({ word }) => `${title}, ${head}: ${word}`);
  });
}
describe.each(KINDS)('the tables of $id', (kind) => {
  it.each(LOCALES)('break no word in Word’s documents (%s)', (locale) => {
    const chapters = [PERIOD, RICH, HOST_ONLY].flatMap((model) => writeDocument(kind, model, locale).chapters);
    expect(chapters.flatMap(({ blocks }) => blocks).flatMap((block) => (block.type === 'table' ? tornIn(block) : []))).toEqual([]);
  });
});
it('sets a table in a smaller type only where its words have no room otherwise', () => {
  const table = (count: number): TableBlock => ({
    ...{ type: 'table', title: 'x', total: 1, empty: '' },
    columns: Array.from({ length: count }, () => words('Unreachable', 'text')),
    rows: [Array.from({ length: count }, () => ({ text: 'maintenance' }))],
  });
  expect([3, 6, 8].map((count) => withColumnWidths(table(count)).dense ?? false)).toEqual([false, false, true]);
});
it('has a smaller type where words fit and every row would be tall, but not for a few rows and not for prose', () => {
  const columns = [
    words('Kind', 'text', 2.8),
    words('Severity', 'status', 2.7),
    words('Risk', 'text', 6),
    words('Resources', 'name', 5),
    words('First seen'),
    words('Due'),
    words('State'),
  ];
  const row = [
    'Performance',
    '▲ Warning',
    'Memory requests exceed the cluster without one node, in every zone',
    'Deployment legacy/agent and 2 others',
    '2026-07-01',
    'routine maintenance',
    'Proposed',
  ];
  const table = (count: number, format: 'text' | 'prose'): TableBlock => ({
    ...{ type: 'table', title: 'x', total: count, empty: '' },
    columns: columns.map((column) => (column.title === 'Risk' ? { ...column, format } : column)),
    rows: Array.from({ length: count }, () => row.map((text) => ({ text }))),
  });
  const isDense = (count: number, format: 'text' | 'prose'): boolean => withColumnWidths(table(count, format)).dense ?? false;
  expect([isDense(20, 'text'), isDense(3, 'text'), isDense(20, 'prose')]).toEqual([true, false, false]);
});

it('no column of short Chinese texts stands one character below the other beside long ones', () => {
  const title = '可释放折合（月）';
  const { columns } = withColumnWidths({
    ...{ type: 'table', title: 't', total: 1, empty: '' },
    columns: [
      { title: '项', align: 'left', format: 'text', weight: 3 },
      { title: '措施', align: 'left', format: 'text', weight: 5 },
      { title: '风险', align: 'left', format: 'text', weight: 4 },
      { title, align: 'right', format: 'text', weight: 2 },
    ],
    rows: [
      [
        { text: '3 个超配工作负载' },
        { text: `${'按本期使用量的高位加余量下调申请值，'.repeat(6)}` },
        { text: '业务高峰未在本期内时会偏低。'.repeat(6) },
        { text: '451', value: 451 },
      ],
    ],
  });
  const widths = columns.map(({ weight = 0 }) => weight);
  const page = widths.reduce((sum, width) => sum + width, 0);
  expect(((widths[0] ?? 0) / page) * 57).toBeGreaterThanOrEqual(5);
});
