/** Word's styles of a report: real headings, so that contents, navigation and the customer's own template work. */
import { AlignmentType, type IStylesOptions, LineRuleType } from 'docx';
import type { Locale } from '../../../agent/wire/vocabulary.ts';
import { LIGHT } from '../../palette.ts';

/** Without the `#`, as OOXML wants it. */
export function ink(name: keyof typeof LIGHT): string {
  return LIGHT[name].slice(1);
}
/** Never embedded: every Chinese Windows and Office has them. LibreOffice brings a font of Arial's widths, so that words and pages end where Word ends them. */
export const TEXT_FONT = { ascii: 'Arial', hAnsi: 'Arial', cs: 'Arial', eastAsia: '微软雅黑' } as const;

/**
 * Heights of lines in twentieths of a point, fixed as Chinese official documents fix them: programs that show Chinese in another font would
 * otherwise make each line higher or lower, and pages would not end where the contents say.
 */
const LINES = {
  zh: {
    text: 330,
    note: 250,
    appendix: 280,
    table: 250,
    dense: 210,
    lead: 380,
    title: 760,
    heading1: 480,
    heading2: 400,
    heading3: 340,
    caption: 310,
    contents: 280,
    cover: 350,
    small: 220,
  },
  en: {
    text: 285,
    note: 215,
    appendix: 240,
    table: 215,
    dense: 185,
    lead: 330,
    title: 680,
    heading1: 420,
    heading2: 350,
    heading3: 310,
    caption: 270,
    contents: 250,
    cover: 320,
    small: 190,
  },
} as const satisfies Record<Locale, Record<string, number>>;
/** Pictures are as high as they are. */
export const FREE_LINE = { line: 240, lineRule: LineRuleType.AUTO } as const;

export function stylesOf(locale: Locale): IStylesOptions {
  const lines = LINES[locale];
  const exact = (name: keyof typeof lines) => ({ line: lines[name], lineRule: LineRuleType.EXACT });
  const heading = (level: 1 | 2 | 3, size: number, before: number, after: number) => ({
    run: { font: TEXT_FONT, size, bold: true, color: ink('text') },
    paragraph: { spacing: { before, after, ...exact(`heading${level}`) }, keepNext: true },
  });
  return {
    default: {
      document: {
        run: { font: TEXT_FONT, size: 21, color: ink('text'), language: { value: 'en-GB', eastAsia: 'zh-CN' } },
        paragraph: { spacing: { after: 100, ...exact('text') } },
      },
      heading1: heading(1, 32, 320, 160),
      heading2: heading(2, 26, 240, 100),
      heading3: heading(3, 22, 200, 100),
      title: { run: { font: TEXT_FONT, size: 52, bold: true, color: ink('text') }, paragraph: { spacing: { before: 2400, after: 240, ...exact('title') } } },
      caption: {
        run: { size: 20, bold: true, italics: false, color: ink('text') },
        paragraph: { spacing: { before: 200, after: 80, ...exact('caption') }, keepNext: true },
      },
    },
    paragraphStyles: [
      { id: 'Lead', name: 'Lead', basedOn: 'Normal', run: { size: 24 }, paragraph: { spacing: exact('lead') } },
      { id: 'Note', name: 'Note', basedOn: 'Normal', run: { size: 17, color: ink('muted') }, paragraph: { spacing: { after: 60, ...exact('note') } } },
      { id: 'Appendix', name: 'Appendix', basedOn: 'Normal', run: { size: 18 }, paragraph: { spacing: { after: 80, ...exact('appendix') } } },
      { id: 'TableText', name: 'Table Text', basedOn: 'Normal', run: { size: 17 }, paragraph: { spacing: { before: 30, after: 30, ...exact('table') } } },
      // The line of a picture is as high as the picture: programs differ on what text that is not there would need below it.
      { id: 'TableDense', name: 'Table Text Dense', basedOn: 'Normal', run: { size: 14 }, paragraph: { spacing: { before: 30, after: 30, ...exact('dense') } } },
      { id: 'Figure', name: 'Figure', basedOn: 'Normal', run: { size: 2 }, paragraph: { alignment: AlignmentType.CENTER, keepNext: true, spacing: { after: 60, ...FREE_LINE } } },
      { id: 'TOCHeading', name: 'TOC Heading', basedOn: 'Normal', run: { size: 26, bold: true }, paragraph: { spacing: { after: 120, ...exact('heading2') }, keepNext: true } },
      { id: 'TOC1', name: 'toc 1', basedOn: 'Normal', run: { size: 20 }, paragraph: { spacing: { before: 40, after: 20, ...exact('contents') } } },
      { id: 'TOC2', name: 'toc 2', basedOn: 'Normal', run: { size: 19 }, paragraph: { indent: { left: 240 }, spacing: { before: 0, after: 10, ...exact('contents') } } },
      { id: 'CoverText', name: 'Cover Text', basedOn: 'Normal', run: { size: 22 }, paragraph: { spacing: exact('cover') } },
      {
        id: 'Small',
        name: 'Small',
        basedOn: 'Normal',
        run: { size: 15, color: ink('muted') },
        paragraph: { alignment: AlignmentType.LEFT, spacing: { after: 0, ...exact('small') } },
      },
      // Between a table and what has no room of its own above it; at the end of a page it takes next to nothing.
      { id: 'PageStart', name: 'Page Start', basedOn: 'Normal', run: { size: 2 }, paragraph: { spacing: { before: 0, after: 0, line: 20, lineRule: LineRuleType.EXACT } } },
      { id: 'Gap', name: 'Gap', basedOn: 'Normal', run: { size: 2 }, paragraph: { spacing: { before: 0, after: 120, line: 20, lineRule: LineRuleType.EXACT } } },
    ],
  };
}
