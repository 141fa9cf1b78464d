/** The shape of a kind of report: a name and its parts in order. A new kind is one file and one line of the registry. */
import type { Text } from '../../agent/wire/vocabulary.ts';
import type { Chapter } from '../chapters/chapter.ts';
import type { ReportModel } from '../model.ts';
import type { Sheet } from '../sheets/sheet.ts';

export interface ReportKind {
  /** Stable: in commands, schedules and addresses. */
  readonly id: string;
  readonly title: Text;
  /** Kinds named after a span of the calendar: how many days it has at most, and what a report of a longer period is called. */
  readonly span?: { readonly days: number; readonly longer: Text } | undefined;
  readonly front: readonly Chapter[];
  /** Numbered. */
  readonly body: readonly Chapter[];
  readonly back: readonly Chapter[];
  /** Why there is nothing to sign, where a report of this kind is about something that did not happen. */
  vacant?(model: ReportModel): Text | undefined;
  /** Worksheets of the workbook, in order; those without rows are left out. */
  readonly sheets: readonly Sheet[];
}
