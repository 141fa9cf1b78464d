/** Word's styles of a report: real headings, so that contents, navigation and the customer's own template work. */
import { AlignmentType, type IStylesOptions, LineRuleType } from 'docx';
import { LIGHT } from '../../palette.ts';

/** Without the `#`, as OOXML wants it. */
export function ink(name: keyof typeof LIGHT): string {
  return LIGHT[name].slice(1);
}
/** Never embedded: every Chinese Windows and Office has them. LibreOffice brings a font of Arial's widths, so that words and pages end where Word ends them. */
export const TEXT_FONT = { ascii: 'Arial', hAnsi: 'Arial', cs: 'Arial', eastAsia: '微软雅黑' } as const;

const heading = (size: number, before: number, after: number) => ({
  run: { font: TEXT_FONT, size, bold: true, color: ink('text') },
  paragraph: { spacing: { before, after }, keepNext: true },
});

export const STYLES: IStylesOptions = {
  default: {
    document: {
      run: { font: TEXT_FONT, size: 21, color: ink('text') },
      paragraph: { spacing: { after: 100, line: 290, lineRule: LineRuleType.AUTO } },
    },
    heading1: heading(32, 320, 160),
    heading2: heading(26, 240, 100),
    heading3: heading(22, 200, 100),
    title: { run: { font: TEXT_FONT, size: 52, bold: true, color: ink('text') }, paragraph: { spacing: { before: 2400, after: 240 } } },
  },
  paragraphStyles: [
    { id: 'Lead', name: 'Lead', basedOn: 'Normal', run: { size: 24 } },
    { id: 'Note', name: 'Note', basedOn: 'Normal', run: { size: 17, color: ink('muted') }, paragraph: { spacing: { after: 60, line: 260, lineRule: LineRuleType.AUTO } } },
    { id: 'TableText', name: 'Table Text', basedOn: 'Normal', run: { size: 17 }, paragraph: { spacing: { before: 30, after: 30, line: 260, lineRule: LineRuleType.AUTO } } },
    { id: 'TableTitle', name: 'Table Title', basedOn: 'Normal', run: { size: 20, bold: true }, paragraph: { spacing: { before: 200, after: 80 }, keepNext: true } },
    { id: 'TOC1', name: 'toc 1', basedOn: 'Normal', run: { size: 20 }, paragraph: { spacing: { before: 40, after: 20, line: 260, lineRule: LineRuleType.AUTO } } },
    {
      id: 'TOC2',
      name: 'toc 2',
      basedOn: 'Normal',
      run: { size: 19 },
      paragraph: { indent: { left: 240 }, spacing: { before: 0, after: 10, line: 250, lineRule: LineRuleType.AUTO } },
    },
    { id: 'CoverText', name: 'Cover Text', basedOn: 'Normal', run: { size: 22 } },
    { id: 'Small', name: 'Small', basedOn: 'Normal', run: { size: 15, color: ink('muted') }, paragraph: { alignment: AlignmentType.LEFT, spacing: { after: 0 } } },
  ],
};
