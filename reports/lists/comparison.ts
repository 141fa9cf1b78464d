import { NO_EARLIER } from '../assessment.ts';
import { countCell, dateCell, severityCell, textCell } from '../cells.ts';
import type { ComparedFinding } from '../facts/period.ts';
import { scopeWords, titleOf } from '../findings.ts';
import { known } from '../model.ts';
import { standingCell } from '../service-words.ts';
import type { List, ListColumn } from './list.ts';

const DAY = 86_400;
const STANDING_ORDER = ['worse', 'new', 'open', 'better', 'gone'] as const;
/**
 * A comparison of two moments that are no reports has no such column. Beside an inspection, or a first report, each finding would be in its
 * first: "still open" and "1 report" beside an age of half a year contradict each other, so it is told only where one is in several.
 */
export const consecutiveReports: ListColumn<ComparedFinding> = {
  ...{ title: { zh: '连续报告次数', en: 'Consecutive reports' }, align: 'right', weight: 1.8, width: 14, optional: true },
  cell: ({ reports }, { comparison }) => countCell(known(comparison)?.findings.some((one) => one.reports > 1) ? reports : undefined),
};
/** Findings beside the previous report, or the inspections before, those that became worse first. */
export const comparisonList: List<ComparedFinding> = {
  id: 'comparison',
  title: { zh: '与上次相比的变化', en: 'Changes since the previous inspection' },
  sheet: { zh: '与上次对比', en: 'Comparison' },
  empty: { zh: '两次都没有发现问题。', en: 'Neither report has findings.' },
  missing: { 'no-history': NO_EARLIER },
  pick({ comparison }) {
    if (!comparison || 'missing' in comparison) return comparison;
    const rank = { critical: 0, warning: 1, info: 2 } as const;
    const rows = comparison.value.findings.toSorted(
      (a, b) => STANDING_ORDER.indexOf(a.standing) - STANDING_ORDER.indexOf(b.standing) || rank[a.finding.severity] - rank[b.finding.severity] || a.firstSeenAt - b.firstSeenAt,
    );
    return { value: { rows, total: rows.length } };
  },
  columns: [
    { title: { zh: '变化', en: 'Change' }, format: 'status', weight: 2, width: 14, cell: ({ standing }, _model, locale) => standingCell(standing, locale) },
    { title: { zh: '级别', en: 'Severity' }, format: 'status', weight: 2, width: 12, cell: ({ finding }, _model, locale) => severityCell(finding.severity, locale) },
    { title: { zh: '问题', en: 'Problem' }, weight: 5, width: 40, cell: ({ finding }, model, locale) => textCell(titleOf(model, finding.check, locale)) },
    { title: { zh: '对象', en: 'Object' }, format: 'name', weight: 5, width: 36, cell: ({ finding }, model, locale) => textCell(scopeWords(model, finding.scope, locale)) },
    { title: { zh: '首次发现', en: 'First seen' }, weight: 2.4, width: 14, cell: ({ firstSeenAt }, model) => dateCell(firstSeenAt, model) },
    {
      title: { zh: '已存在（天）', en: 'Age (days)' },
      align: 'right',
      weight: 1.8,
      width: 12,
      cell: ({ firstSeenAt, goneAt }, { period }) => countCell(Math.max(0, Math.floor(((goneAt ?? period.asOf) - firstSeenAt) / DAY))),
    },
    consecutiveReports,
    { title: { zh: '标识', en: 'Check' }, width: 30, cell: ({ finding }) => textCell(finding.check) },
  ],
};

/** What moved, for a report about more than one day: what is new, worse or gone. The workbook holds the rest too. */
export const movedList: List<ComparedFinding> = {
  ...comparisonList,
  title: { zh: '较上次新增、加重与消除的问题', en: 'New, worse and resolved since the previous report' },
  pick(model) {
    const picked = comparisonList.pick(model);
    if (!picked || 'missing' in picked) return picked;
    // Of few rows none is for a notice while a critical problem has none.
    const rows = (['critical', 'warning', 'info'] as const)
      .flatMap((severity) => picked.value.rows.filter(({ finding, standing }) => finding.severity === severity && (standing === 'new' || standing === 'worse')))
      .concat(picked.value.rows.filter(({ standing }) => standing === 'gone'));
    return { value: { rows, total: rows.length } };
  },
};
