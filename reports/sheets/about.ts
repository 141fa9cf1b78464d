/** The first sheet of a workbook that has lists alone: whose lists they are, of which time, and why one is not there. */
import { coverFacts } from '../cover-facts.ts';
import { countWords, plural, say } from '../format.ts';
import type { ReportKind } from '../kinds/kind.ts';
import type { Sheet, SheetCell } from './sheet.ts';

/** A workbook without any sheet is none: Excel offers to repair it. This one always has rows. */
export function aboutSheet(kind: Pick<ReportKind, 'title' | 'sheets'>): Sheet {
  return {
    id: 'about',
    title: { zh: '说明', en: 'About' },
    write(model, locale) {
      const lists = kind.sheets.map((sheet): readonly SheetCell[] => {
        const { length } = sheet.write(model, locale).rows;
        return [
          sheet.title[locale],
          length > 0 ? say(locale, `${countWords(length, false, locale)} 行`, plural(length, 'row')) : (sheet.none?.(model, locale) ?? say(locale, '无', 'none')),
        ];
      });
      return {
        columns: [
          { title: kind.title[locale], width: 28 },
          { title: say(locale, '内容', 'Content'), width: 80 },
        ],
        rows: [...coverFacts(model, locale), ...lists],
      };
    },
  };
}
