/** Chapters of the daily inspection report: short, and about what changed. */
import { assess, changesSentence, GRADE_TONES, GRADE_WORDS, stateSentence } from '../assessment.ts';
import type { Block } from '../blocks.ts';
import { callout, paragraph } from '../blocks.ts';
import { scoreByArea } from '../charts/figures.ts';
import type { ComparedFinding } from '../facts/period.ts';
import type { FindingGroup } from '../findings.ts';
import { findingBlock, findingsTable, groupByCheck, noProblems } from '../findings.ts';
import { plural, say } from '../format.ts';
import { comparisonList } from '../lists/comparison.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';
import { optionalTable } from '../sections/optional.ts';
import { gravePatches } from '../sections/patches.ts';
import { severityOverTime, standingFigures } from '../sections/trends.ts';
import { rowsShown } from '../words.ts';
import { unknownChecks, verdictsByArea } from './appendix.ts';
import type { Chapter } from './chapter.ts';
import { keyFigures } from './summary.ts';

export const dailyOverview: Chapter = {
  id: 'daily-overview',
  title: { zh: '概览', en: 'Overview' },
  runsOn: true,
  write(model, locale) {
    const assessment = assess(model);
    return [
      paragraph(stateSentence(model, assessment, locale), 'lead'),
      { type: 'keyFigures', figures: keyFigures(model, assessment, locale) },
      paragraph(changesSentence(model, locale)),
      ...standingFigures(model, locale),
      ...severityOverTime(model, locale),
    ];
  },
};

export const inspectionResults: Chapter = {
  id: 'inspection-results',
  title: { zh: '资源巡检结果', en: 'Results by resource' },
  runsOn: true,
  write: (model, locale) => [
    { type: 'chart', chart: scoreByArea(model, locale) },
    verdictsByArea(model, locale),
    findingsTable(model, model.findings, say(locale, '发现的问题', 'Problems found'), 'overall', locale),
    ...gravePatches(model, locale),
  ],
};

/** Most problems in full on a daily page. */
const MOST_IN_FULL = 10;
export const abnormalities: Chapter = {
  id: 'abnormalities',
  title: { zh: '异常明细', en: 'Abnormalities in detail' },
  runsOn: true,
  write(model, locale) {
    const urgent = freshFirst(model, groupByCheck(model));
    if (urgent.length === 0) return [noProblems(model, locale)];
    const shown = rowsShown(urgent.length, MOST_IN_FULL);
    const rest = urgent.length - shown;
    return [
      ...optionalTable(comparisonList, model, locale, 10),
      ...urgent.slice(0, shown).map((group): Block => findingBlock(model, group, locale)),
      ...(rest > 0
        ? [
            paragraph(
              say(
                locale,
                `另有 ${rest} 类严重或风险级问题未在此展开；含关注级在内的全部问题见工作簿“问题清单”。`,
                `${plural(rest, 'further critical issue or warning', 'further critical issues or warnings')} not shown here; all findings, including notices, are in the "Findings" sheet of the workbook.`,
              ),
              'note',
            ),
          ]
        : []),
    ];
  },
};

/** What is to be followed up today stands before what was known yesterday; both worst first. */
function freshFirst(model: ReportModel, groups: readonly FindingGroup[]): readonly FindingGroup[] {
  const fresh = new Set(freshOf(model)?.map(({ finding }) => finding.check));
  return groups.filter(({ severity }) => severity !== 'info').toSorted((one, other) => Number(fresh.has(other.check)) - Number(fresh.has(one.check)));
}
/** New or worse since the inspection before, and no mere notice. */
function freshOf(model: ReportModel): readonly ComparedFinding[] | undefined {
  return known(model.comparison)?.findings.filter(({ standing, finding }) => (standing === 'new' || standing === 'worse') && finding.severity !== 'info');
}

export const notInspected: Chapter = {
  id: 'not-inspected',
  title: { zh: '未巡检项', en: 'Not inspected' },
  runsOn: true,
  write: (model, locale) => unknownChecks(model, locale),
};

export const dailyConclusion: Chapter = {
  id: 'daily-conclusion',
  title: { zh: '结论', en: 'Conclusion' },
  runsOn: true,
  write(model, locale) {
    const assessment = assess(model);
    const fresh = freshOf(model)?.length;
    const news =
      fresh === undefined
        ? say(locale, '没有上次巡检可比，不能说明哪些是新增。', 'There is no earlier inspection, so new issues cannot be identified.')
        : fresh === 0
          ? say(locale, '已检查的部分没有新增或加重的风险。', 'The checks that ran found no new or worsening risk.')
          : say(locale, `新增或加重 ${fresh} 项，需当日跟进。`, `${plural(fresh, 'risk is', 'risks are')} new or worsening: follow up today.`);
    return [
      callout(
        GRADE_TONES[assessment.grade],
        say(locale, `今日结论：${GRADE_WORDS[assessment.grade].zh}`, `Today: ${GRADE_WORDS[assessment.grade].en}`),
        `${stateSentence(model, assessment, locale)}${say(locale, '', ' ')}${news}`,
      ),
    ];
  },
};
