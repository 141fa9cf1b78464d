/** The first sheet of a workbook: whose it is, of which time, how it stands, and what its other sheets hold. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { coverFacts } from '../cover-facts.ts';
import { countBySeverity, groupByCheck } from '../findings.ts';
import { countWords, formatZone, plural, say } from '../format.ts';
import type { ReportKind } from '../kinds/kind.ts';
import type { ReportModel } from '../model.ts';
import { markedTitle, readinessFacts, readinessOf, titleOfReport } from '../readiness.ts';
import { severityWords } from '../words.ts';
import { overviewSheet } from './overview.ts';
import type { SheetCell } from './sheet.ts';

/** A workbook without any sheet is none: Excel offers to repair it. This one is always there. */
export interface AboutWorkbook {
  readonly name: string;
  readonly title: string;
  readonly facts: readonly (readonly [string, SheetCell])[];
  readonly listsTitle: string;
  /** Sheets by name, with how many rows they have or why they are not there. */
  readonly lists: readonly { readonly name: string; readonly holds: string; readonly isThere: boolean }[];
}

export function aboutWorkbook(kind: ReportKind, model: ReportModel, locale: Locale): AboutWorkbook {
  const readiness = readinessOf(kind, model);
  return {
    name: say(locale, '说明', 'About'),
    title: markedTitle(titleOfReport(kind, model)[locale], readiness, locale),
    facts: [
      ...readinessFacts(readiness, locale),
      ...coverFacts(model, locale),
      ...(kind.sheets.includes(overviewSheet) ? standing(model, locale) : []),
      [
        say(locale, '时间', 'Times'),
        say(locale, `均为 ${formatZone(model.period.zoneMinutes)}；时长为 小时:分:秒`, `all in ${formatZone(model.period.zoneMinutes)}; durations as hours:minutes:seconds`),
      ],
    ],
    listsTitle: say(locale, '工作表', 'Sheets'),
    lists: kind.sheets.map((sheet) => {
      const { length } = sheet.write(model, locale).rows;
      const rows = say(locale, `${countWords(length, false, locale)} 行`, plural(length, 'row'));
      return { name: sheet.title[locale], holds: length > 0 ? rows : (sheet.none?.(model, locale) ?? say(locale, '无', 'none')), isThere: length > 0 };
    }),
  };
}

/** What the report says in figures. */
function standing(model: ReportModel, locale: Locale): readonly (readonly [string, SheetCell])[] {
  const counts = countBySeverity(groupByCheck(model));
  const { score, coverage } = model;
  return [
    [say(locale, '得分', 'Score'), score.total ?? say(locale, '无', 'none')],
    [say(locale, '覆盖率', 'Coverage'), { value: coverage.percent, format: '0.0" %"' }],
    [say(locale, '适用检查项', 'Checks that apply'), coverage.applicable],
    [say(locale, '已检查', 'Checked'), coverage.checked],
    ...(['critical', 'warning', 'info'] as const).map((severity): readonly [string, SheetCell] => [
      severityWords(severity, locale),
      counts[severity].atLeast ? countWords(counts[severity].findings, true, locale) : counts[severity].findings,
    ]),
  ];
}
