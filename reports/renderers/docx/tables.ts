/** Tables as Word's own: the head repeats on every page, no row is split, hairlines only. */
import { AlignmentType, BorderStyle, Paragraph, Table, TableCell, TableLayoutType, TableRow, type TextRun, VerticalAlign, WidthType } from 'docx';
import type { Column, FindingBlock, KeyFigure, KeyFiguresBlock, SignOffBlock, TableBlock } from '../../blocks.ts';
import { breakable, cellRuns, toned } from './inline.ts';
import { ink } from './styles.ts';

/** Twentieths of a point between A4's margins of 20 mm. */
export const TEXT_WIDTH = 9_638;
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const HAIR = { style: BorderStyle.SINGLE, size: 4, color: ink('line') } as const;
const HEAD = { style: BorderStyle.SINGLE, size: 8, color: ink('neutral') } as const;
const OPEN = { top: NONE, bottom: NONE, left: NONE, right: NONE } as const;

/**
 * Types of a table: their ems, the room beside the text of a cell, and that between a figure and the words of the next column, which would otherwise
 * read as one; in twentieths of a point.
 */
const TYPES = { usual: { style: 'TableText', em: 170, beside: 70, afterFigure: 120 }, dense: { style: 'TableDense', em: 140, beside: 50, afterFigure: 100 } } as const;
type TableType = (typeof TYPES)[keyof typeof TYPES];
/** Ems of the table's type that one line of a column has. */
function roomOf(width: number, { em, beside }: TableType = TYPES.usual): number {
  return (width - 2 * beside) / em;
}

interface Place {
  readonly width: number;
  readonly align: 'left' | 'right';
  /** The column before it is aligned to the right. */
  readonly afterFigure: boolean;
  readonly type: TableType;
}
function cell(runs: readonly TextRun[], { width, align, afterFigure, type }: Place, isHead: boolean, keepNext: boolean): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    borders: { ...OPEN, bottom: isHead ? HEAD : HAIR },
    verticalAlign: isHead ? VerticalAlign.BOTTOM : VerticalAlign.TOP,
    margins: { left: align === 'left' && afterFigure ? type.afterFigure : type.beside, right: type.beside },
    children: [new Paragraph({ style: type.style, keepNext, alignment: align === 'right' ? AlignmentType.RIGHT : AlignmentType.LEFT, children: [...runs] })],
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
/** Of a longer table no page begins or ends with fewer rows than these. */
const ROWS_TOGETHER = 2;
/** @param leads what follows stays on the page of the last row, if there are few */
function grid(
  head: readonly Pick<Column, 'title' | 'align'>[],
  rows: readonly (readonly (readonly TextRun[])[])[],
  widths: readonly number[],
  { leads = false, type = TYPES.usual }: { readonly leads?: boolean; readonly type?: TableType } = {},
): Table {
  const last = rows.length - 1;
  const isKept = (at: number): boolean => {
    if (at === last) return leads && rows.length <= FEW_ROWS;
    return rows.length <= FEW_ROWS || at < ROWS_TOGETHER - 1 || at > last - ROWS_TOGETHER;
  };
  const places = head.map(({ align }, index): Place => ({ width: widths[index] ?? 1_000, align, afterFigure: head[index - 1]?.align === 'right', type }));
  const rowOf = (cells: readonly (readonly TextRun[])[], isHead: boolean, keepNext: boolean): TableRow =>
    new TableRow({ tableHeader: isHead, cantSplit: true, children: places.map((place, index) => cell(cells[index] ?? [], place, isHead, keepNext)) });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: [...widths],
    borders: { ...OPEN, insideHorizontal: NONE, insideVertical: NONE },
    rows: [
      rowOf(
        head.map(({ title }) => [toned(title, undefined, true)]),
        true,
        true,
      ),
      ...rows.map((row, at) => rowOf(row, false, isKept(at))),
    ],
  });
}

export function table({ columns, rows, dense }: TableBlock): Table {
  const type = dense ? TYPES.dense : TYPES.usual;
  const widths = widthsOf(columns);
  const cells = rows.map((row) => columns.map((column, index) => cellRuns(row[index] ?? { text: '' }, column, roomOf(widths[index] ?? 1_000, type))));
  return grid(columns, cells, widths, { type });
}
/** @param weights shares of the width, by column */
export function plainTable(head: readonly string[], rows: readonly (readonly string[])[], weights: readonly number[]): Table {
  const columns = head.map((title, index): Column => ({ title, align: 'left', format: 'text', weight: weights[index] }));
  const widths = widthsOf(columns);
  return grid(
    columns,
    rows.map((row) => widths.map((width, index) => [toned(breakable(row[index] ?? '', roomOf(width)), undefined)])),
    widths,
  );
}
export function objectsTable({ objects }: FindingBlock, head: readonly [string, string, string]): Table {
  const columns = head.map((title, index) => ({ title, align: index === 0 ? ('left' as const) : ('right' as const) }));
  const widths = [0.56, 0.22, 0.22].map((share) => Math.floor(share * TEXT_WIDTH));
  return grid(
    columns,
    objects.map(({ name, observed, threshold }) => [name, observed, threshold].map((text, index) => [toned(breakable(text, roomOf(widths[index] ?? 1_000)), undefined)])),
    widths,
    { leads: true },
  );
}
/** Figures beside each other in rows of equal length: up to five, six as two rows of three. */
export function keyFigures({ figures }: KeyFiguresBlock): Table {
  const perRow = figures.length <= 5 ? Math.max(1, figures.length) : figures.length % 3 === 0 ? 3 : 4;
  const width = Math.floor(TEXT_WIDTH / perRow);
  const rows: TableRow[] = [];
  for (let from = 0; from < figures.length; from += perRow) {
    const row = figures.slice(from, from + perRow);
    const isNoted = row.some(({ note }) => note !== undefined && note !== '');
    const keepNext = from + perRow < figures.length;
    rows.push(
      new TableRow({
        cantSplit: true,
        children: Array.from(
          { length: perRow },
          (_, index) =>
            new TableCell({
              width: { size: width, type: WidthType.DXA },
              borders: { top: HAIR, bottom: HAIR, left: HAIR, right: HAIR },
              margins: { top: 80, bottom: 80, left: 120, right: 120 },
              children: figureLines(row[index], isNoted, keepNext),
            }),
        ),
      }),
    );
  }
  return new Table({ layout: TableLayoutType.FIXED, width: { size: TEXT_WIDTH, type: WidthType.DXA }, columnWidths: Array.from({ length: perRow }, () => width), rows });
}
function figureLines(figure: KeyFigure | undefined, isNoted: boolean, keepNext: boolean): Paragraph[] {
  if (!figure) return [new Paragraph({ keepNext })];
  const { label, value, unit, note = '', tone } = figure;
  return [
    new Paragraph({ style: 'Small', keepNext, children: [toned(label, undefined)] }),
    new Paragraph({ keepNext, spacing: { after: 0 }, children: [toned(value, tone, true), ...(unit === undefined ? [] : [toned(`\u00a0${unit}`, 'unknown')])] }),
    ...(isNoted ? [new Paragraph({ style: 'Small', keepNext, children: [toned(note, undefined)] })] : []),
  ];
}
/** A company's seal is round and about 40 mm wide: it may lie over the date, not over the name. */
const SEAL_ROOM = 1_500;
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
                new Paragraph({ spacing: { before: SEAL_ROOM }, alignment: AlignmentType.RIGHT, style: 'Note', children: [toned(seal, undefined)] }),
              ],
            }),
        ),
      }),
    ],
  });
}
