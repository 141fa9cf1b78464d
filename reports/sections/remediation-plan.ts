/** Who does what until when: the plan that both sides agree on when they sign, and what the dates that people wrote are worth. */
import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import type { Block, Cell } from '../blocks.ts';
import { callout, figures, paragraph, words } from '../blocks.ts';
import { byUrgency, DAYS_TO_RESTORE, DAYS_TO_SOLVE, DAYS_TO_START, dueWords, isPressing, planOf, planTooLate, proposedAt, tooLateWords } from '../due-dates.ts';
import { type FindingGroup, groupByCheck, scopesInShort, titleOf } from '../findings.ts';
import { formatDate, plural, say } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { rowsShown, severityWords } from '../words.ts';

/** What both sides can agree on in one sitting, and sign on one page; the rest follows in the appendix. Critical problems are always in it. */
const PLANNED = 8;
/** Beyond so many, also critical ones are agreed on elsewhere. */
const MOST_PLANNED = 30;

/** What is only worth knowing is in the plan where it ends on a day. */
function toPlan(model: ReportModel, groups: readonly FindingGroup[]): readonly FindingGroup[] {
  return byUrgency(
    model,
    groups.filter((group) => group.severity !== 'info' || proposedAt(model, group) !== undefined),
  );
}
/** All that is critical, that ends or that somebody has promised to solve; and some of the rest. */
export function plannedOnPaper(model: ReportModel, groups: readonly FindingGroup[]): number {
  const planned = toPlan(model, groups);
  const pressing = planned.filter((group) => group.severity === 'critical' || isPressing(model, group)).length;
  return rowsShown(planned.length, Math.min(MOST_PLANNED, Math.max(PLANNED, pressing)));
}

/** Who does what until when: names and agreed days are written in by hand. What does not stand beside the signatures follows in the appendix. */
export function planBlocks(model: ReportModel, groups: readonly FindingGroup[], locale: Locale): readonly Block[] {
  const planned = toPlan(model, groups);
  if (planned.length === 0) return [];
  const most = plannedOnPaper(model, groups);
  const rest = planned.length - most;
  const title = say(locale, '整改计划（责任方与完成日期由双方商定后填写）', 'Remediation plan (owner and due date to be agreed by both parties)');
  return [
    planTable(model, planned, { title, from: 0, to: most }, locale),
    ...proposalBlocks(model, planned, locale),
    ...(rest > 0
      ? [
          paragraph(
            say(
              locale,
              `第 ${most + 1} 项起的 ${rest} 类问题列在附录“整改计划（续）”中，责任方与完成日期同样由双方填写。`,
              `${plural(rest, 'more issue')}, from no. ${most + 1} on, ${rest === 1 ? 'is' : 'are'} in the appendix "Remediation plan (continued)", with room for owner and date.`,
            ),
            'note',
          ),
        ]
      : []),
  ];
}
/** Rows of the appendix: of a large estate the workbook's list of risks has them all. */
const MOST_CONTINUED = 200;
/** What of the plan does not stand beside the signatures. */
export function continuedPlan(model: ReportModel, groups: readonly FindingGroup[], locale: Locale): readonly Block[] {
  const planned = toPlan(model, groups);
  const most = plannedOnPaper(model, groups);
  if (planned.length <= most) return [];
  const title = say(locale, `整改计划第 ${most + 1} 项起`, `Remediation plan from no. ${most + 1} on`);
  return [planTable(model, planned, { title, from: most, to: most + MOST_CONTINUED }, locale)];
}
/** Whether both sides have anything to write in. */
export function hasOpenPlan(model: ReportModel): boolean {
  return toPlan(model, groupByCheck(model)).some(({ check }) => isOpen(model, check));
}
function isOpen(model: ReportModel, check: string): boolean {
  const own = planOf(model, check);
  return own?.owner === undefined || own.dueAt === undefined;
}

function planTable(
  model: ReportModel,
  planned: readonly FindingGroup[],
  { title, from, to }: { readonly title: string; readonly from: number; readonly to: number },
  locale: Locale,
): Block {
  return {
    type: 'table',
    title,
    columns: [
      figures('#', 0.7),
      words(say(locale, '级别', 'Severity'), 'status', 2),
      words(say(locale, '问题', 'Problem'), 'text', 5),
      words(say(locale, '对象', 'Objects'), 'name', 7),
      words(say(locale, '建议完成', 'Proposed'), 'text', 2.4),
      words(say(locale, '责任方', 'Owner'), 'text', 2),
      words(say(locale, '计划完成', 'Agreed'), 'text', 2),
    ],
    rows: planned
      .slice(from, to)
      .map((group, index) => [
        { text: String(from + index + 1), value: from + index + 1 },
        { text: severityWords(group.severity, locale), tone: group.severity },
        { text: titleOf(model, group.check, locale) },
        { text: scopesInShort(model, group, locale) },
        { text: dueWords(model, group, locale), tone: 'neutral' },
        ...agreed(model, group.check),
      ]),
    total: from === 0 ? planned.length : planned.length - from,
    empty: '',
  };
}

/** Plans that end after what they should prevent. */
function tooLate(model: ReportModel, groups: readonly FindingGroup[], locale: Locale): readonly Block[] {
  const late = groups.flatMap((group) => {
    const consequence = planTooLate(model, group);
    if (!consequence) return [];
    const title = titleOf(model, group.check, locale);
    const words = tooLateWords(model, consequence, locale);
    return [say(locale, `“${title}”的计划完成日期${words}`, `the date planned for "${title}" is ${words}`)];
  });
  if (late.length === 0) return [];
  return [callout('warning', say(locale, '计划日期过晚', 'Planned too late'), say(locale, `${late.join('；')}。须提前。`, `Move forward: ${late.join('; ')}.`))];
}
/** Below a table of dates: which of the planned ones come too late, and what the computed ones are worth beside those that people wrote. */
export function proposalBlocks(model: ReportModel, groups: readonly FindingGroup[], locale: Locale): readonly Block[] {
  return groups.length === 0 ? [] : [...tooLate(model, groups, locale), paragraph(proposalNote(locale), 'note')];
}
function proposalNote(locale: Locale): string {
  const { critical, warning } = DAYS_TO_SOLVE;
  return say(
    locale,
    `“建议完成”由程序按级别（自首次列入报告起计：严重 ${critical} 天、风险 ${warning} 天，服务中断或节点不可用 ${DAYS_TO_RESTORE} 天，Pod 无法运行 ${DAYS_TO_START} 天）、到期日与容量走势推算，不是承诺；以双方约定的日期为准。`,
    `Proposed dates are computed from severity (from the first report that lists the issue: ${critical} days if critical, ${warning} for warnings, ${plural(DAYS_TO_RESTORE, 'day')} where service is interrupted or a node is unavailable, ${DAYS_TO_START} where pods do not run), end dates and capacity trends and are not a commitment; dates agreed by both parties prevail.`,
  );
}

/** Owner and day where both sides agreed on them; else room to write. */
function agreed({ plans, period }: ReportModel, check: string): readonly Cell[] {
  const own = plans?.find((one) => one.check === check);
  return [{ text: own?.owner ?? '' }, { text: own?.dueAt === undefined ? '' : formatDate(own.dueAt, period.zoneMinutes) }];
}

/** Nobody signs for a day that the report itself calls too late. */
export function lateWords(model: ReportModel, locale: Locale): string {
  if (!groupByCheck(model).some((group) => planTooLate(model, group))) return '';
  return say(locale, '标为“计划日期过晚”的日期不在认可之列，须先提前。', ' Dates marked "Planned too late" are not agreed to: they are to be moved forward first.');
}
/** Where both sides still have to write in who does what until when, said where they sign. */
export function withBlanks(meaning: Text, places: readonly Text[]): Text {
  if (places.length === 0) return meaning;
  return {
    zh: `${meaning.zh}；${places.map(({ zh }) => zh).join('、')}中空白的责任方与日期由双方在签字时填写`,
    en: `${meaning.en}; owners and dates still blank in ${places.map(({ en }) => en).join(' and in ')} are filled in by both when signing`,
  };
}
