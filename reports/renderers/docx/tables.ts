/** Tables as Word's own: the head repeats on every page, no row is split, hairlines only. */
import { AlignmentType, BorderStyle, Paragraph, Table, TableCell, TableLayoutType, TableRow, type TextRun, VerticalAlign, WidthType } from 'docx';
import type { Column, FindingBlock, KeyFiguresBlock, SignOffBlock, TableBlock } from '../../blocks.ts';
import { breakable, cellRuns, toned } from './inline.ts';
import { ink } from './styles.ts';

/** Twentieths of a point between A4's margins of 20 mm. */
export const TEXT_WIDTH = 9_638;
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const HAIR = { style: BorderStyle.SINGLE, size: 4, color: ink('line') } as const;
const HEAD = { style: BorderStyle.SINGLE, size: 8, color: ink('neutral') } as const;
const OPEN = { top: NONE, bottom: NONE, left: NONE, right: NONE } as const;

function cell(runs: readonly TextRun[], width: number, align: 'left' | 'right', bottom: typeof HAIR | typeof HEAD, keepNext = false): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    borders: { ...OPEN, bottom },
    verticalAlign: VerticalAlign.TOP,
    margins: { left: 70, right: 70 },
    children: [new Paragraph({ style: 'TableText', keepNext, alignment: align === 'right' ? AlignmentType.RIGHT : AlignmentType.LEFT, children: [...runs] })],
  });
}
/** Shares of the width: what the columns ask for, or what their kind needs. */
function widthsOf(columns: readonly Column[]): readonly number[] {
  const shares = columns.map(({ weight, align, format }) => weight ?? (align === 'right' || format === 'status' ? 1 : format === 'prose' ? 4 : 2));
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => Math.floor((share / sum) * TEXT_WIDTH));
}
/** Tables of so few rows stay on one page. */
const FEW_ROWS = 8;
/** @param leads what follows stays on the page of the last row, if there are few */
function grid(
  head: readonly { readonly title: string; readonly align: 'left' | 'right' }[],
  rows: readonly (readonly (readonly TextRun[])[])[],
  widths: readonly number[],
  leads = false,
): Table {
  const isKept = (at: number): boolean => (at === rows.length - 1 ? leads && rows.length <= FEW_ROWS : at === 0 || rows.length <= FEW_ROWS);
  const widthOf = (index: number): number => widths[index] ?? 1_000;
  const alignOf = (index: number): 'left' | 'right' => head[index]?.align ?? 'left';
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: [...widths],
    borders: { ...OPEN, insideHorizontal: NONE, insideVertical: NONE },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: head.map(({ title, align }, index) => cell([toned(title, undefined, true)], widthOf(index), align, HEAD, true)),
      }),
      // A page does not end with the head of a table and a single row of many.
      ...rows.map((row, at) => new TableRow({ cantSplit: true, children: row.map((runs, index) => cell(runs, widthOf(index), alignOf(index), HAIR, isKept(at))) })),
    ],
  });
}

export function table({ columns, rows }: TableBlock): Table {
  const cells = rows.map((row) => columns.map((column, index) => cellRuns(row[index] ?? { text: '' }, column)));
  return grid(columns, cells, widthsOf(columns));
}
export function plainTable(head: readonly string[], rows: readonly (readonly string[])[]): Table {
  const columns = head.map((title): Column => ({ title, align: 'left', format: 'text' }));
  return grid(
    columns,
    rows.map((row) => head.map((_, index) => [toned(row[index] ?? '', undefined)])),
    widthsOf(columns),
  );
}
export function objectsTable({ objects }: FindingBlock, head: readonly [string, string, string]): Table {
  const columns = head.map((title, index) => ({ title, align: index === 0 ? ('left' as const) : ('right' as const) }));
  return grid(
    columns,
    objects.map(({ name, observed, threshold }) => [[toned(breakable(name), undefined)], [toned(observed, undefined)], [toned(threshold, undefined)]]),
    [0.56, 0.22, 0.22].map((share) => Math.floor(share * TEXT_WIDTH)),
    true,
  );
}
/** Figures beside each other in rows of equal length: up to five, six as two rows of three. */
export function keyFigures({ figures }: KeyFiguresBlock): Table {
  const perRow = figures.length <= 5 ? Math.max(1, figures.length) : figures.length % 3 === 0 ? 3 : 4;
  const width = Math.floor(TEXT_WIDTH / perRow);
  const rows: TableRow[] = [];
  for (let from = 0; from < figures.length; from += perRow) {
    const row = figures.slice(from, from + perRow);
    rows.push(
      new TableRow({
        cantSplit: true,
        children: Array.from({ length: perRow }, (_, index) => {
          const figure = row[index];
          return new TableCell({
            width: { size: width, type: WidthType.DXA },
            borders: { top: HAIR, bottom: HAIR, left: HAIR, right: HAIR },
            margins: { top: 80, bottom: 80, left: 120, right: 120 },
            children: figure
              ? [
                  new Paragraph({ style: 'Small', children: [toned(figure.label, undefined)] }),
                  new Paragraph({
                    spacing: { after: 0 },
                    children: [toned(figure.value, figure.tone, true), ...(figure.unit === undefined ? [] : [toned(` ${figure.unit}`, 'unknown')])],
                  }),
                  new Paragraph({ style: 'Small', children: [toned(figure.note ?? '', undefined)] }),
                ]
              : [new Paragraph('')],
          });
        }),
      }),
    );
  }
  return new Table({ layout: TableLayoutType.FIXED, width: { size: TEXT_WIDTH, type: WidthType.DXA }, columnWidths: Array.from({ length: perRow }, () => width), rows });
}
/** Both sides beside each other, with lines to write on and room for the seal. */
export function signOff({ parties }: SignOffBlock): Table {
  const width = Math.floor(TEXT_WIDTH / Math.max(1, parties.length));
  const border = { style: BorderStyle.SINGLE, size: 6, color: ink('neutral') } as const;
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: parties.map(() => width),
    rows: [
      new TableRow({
        cantSplit: true,
        children: parties.map(
          ({ title, lines, seal }) =>
            new TableCell({
              width: { size: width, type: WidthType.DXA },
              borders: { top: border, bottom: border, left: border, right: border },
              margins: { top: 160, bottom: 160, left: 200, right: 200 },
              children: [
                new Paragraph({ children: [toned(title, undefined, true)] }),
                ...lines.map((line) => new Paragraph({ spacing: { before: 120, after: 120 }, children: [toned(`${line}  ____________________`, undefined)] })),
                new Paragraph({ spacing: { before: 900 }, alignment: AlignmentType.RIGHT, style: 'Note', children: [toned(seal, undefined)] }),
              ],
            }),
        ),
      }),
    ],
  });
}
