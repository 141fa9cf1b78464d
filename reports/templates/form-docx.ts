/** A form as a Word document, for those who print it or send it on. */
import { BorderStyle, Document, Footer, HeadingLevel, Packer, PageNumber, Paragraph, ShadingType, Table, TableCell, TableRow, TextRun, WidthType } from 'docx';
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { settledOffice } from '../archive.ts';
import { ink, stylesOf } from '../renderers/docx/styles.ts';
import { type Form, type FormItem, GROUP_TITLES, markOf } from './form.ts';
import { unitWords } from './form-xlsx.ts';

const MADE_AT = 1_767_225_600;
/** Percent of the width. */
const WIDTHS = [23, 22, 17, 25, 13] as const;
/** Lines to write on, not walls. */
const LINE = { style: BorderStyle.SINGLE, size: 4, color: ink('neutral') } as const;
const BORDERS = { top: LINE, bottom: LINE, left: LINE, right: LINE, insideHorizontal: LINE, insideVertical: LINE } as const;

export async function formDocx(form: Form, locale: Locale): Promise<Uint8Array> {
  const groups = Map.groupBy(form.items, ({ group }) => group);
  const head = locale === 'zh' ? ['检查项', '填写值', '单位或选项', '检查方法', '建议值'] : ['Item', 'Answer', 'Unit or choice', 'How to find out', 'Advised'];
  const body = [...groups].flatMap(([group, items]) => [
    new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(GROUP_TITLES[group][locale])] }),
    new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      borders: BORDERS,
      // A group is filled in on one page.
      rows: [row(head, true, true), ...items.map((item, at) => row(cellsOf(item, locale), false, at < items.length - 1))],
    }),
  ]);
  const document = new Document({
    title: form.title[locale],
    creator: 'xunjian',
    description: markOf(form),
    styles: stylesOf(locale),
    sections: [
      {
        properties: { page: { size: { width: 11_906, height: 16_838 }, margin: { top: 1_134, bottom: 1_134, left: 1_000, right: 1_000, footer: 567 } } },
        footers: { default: footOf(form, locale) },
        children: [
          // The title of a report has the upper third of a cover to itself; a form begins at the top.
          new Paragraph({ heading: HeadingLevel.TITLE, spacing: { before: 0, after: 160 }, children: [new TextRun(form.title[locale])] }),
          new Paragraph({ style: 'Lead', children: [new TextRun(form.intro[locale])] }),
          ...body,
        ],
      },
    ],
  });
  return settledOffice(new Uint8Array(await Packer.toBuffer(document)), MADE_AT);
}
function footOf({ title }: Form, locale: Locale): Footer {
  const children = [title[locale], '\t', PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES];
  return new Footer({ children: [new Paragraph({ style: 'Small', tabStops: [{ type: 'right', position: 9_900 }], children: [new TextRun({ children })] })] });
}
function cellsOf({ label, required, kind, unit, choices, how, advised }: FormItem, locale: Locale): readonly string[] {
  return [`${label[locale]}${required ? ' *' : ''}`, '', unitWords(kind, unit, choices, locale), how?.[locale] ?? '', advised?.[locale] ?? ''];
}
function row(texts: readonly string[], isHead: boolean, keepNext: boolean): TableRow {
  return new TableRow({
    tableHeader: isHead,
    cantSplit: true,
    children: texts.map(
      (text, index) =>
        new TableCell({
          width: { size: WIDTHS[index] ?? 20, type: WidthType.PERCENTAGE },
          ...(isHead && { shading: { type: ShadingType.CLEAR, fill: ink('soft'), color: 'auto' } }),
          children: [new Paragraph({ style: 'TableText', keepNext, children: [new TextRun({ text, bold: isHead })] })],
        }),
    ),
  });
}
