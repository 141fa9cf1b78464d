import type { Locale } from '../../agent/wire/vocabulary.ts';
import { assess, changesSentence, GRADE_TONES, GRADE_WORDS, stateSentence } from '../assessment.ts';
import type { Block } from '../blocks.ts';
import { callout, heading, paragraph } from '../blocks.ts';
import { scoreByArea } from '../charts/figures.ts';
import { findingsTable } from '../findings.ts';
import { say } from '../format.ts';
import { movedList } from '../lists/comparison.ts';
import { listTable } from '../lists/list.ts';
import { changesList } from '../lists/records.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';
import { forecastBlocks } from '../sections/outlook.ts';
import { severityOverTime, standingFigures, trendCharts } from '../sections/trends.ts';
import { unregisteredChanges } from '../sections/unregistered-changes.ts';
import type { Chapter } from './chapter.ts';
import { keyFigures } from './summary.ts';

/** How the resources ran in the period; inspections and changes in short. */
export const runningState: Chapter = {
  id: 'running-state',
  title: { zh: '资源运行状态', en: 'Resource status' },
  runsOn: true,
  write(model, locale) {
    const assessment = assess(model);
    return [
      callout(
        GRADE_TONES[assessment.grade],
        say(locale, `运行状态：${GRADE_WORDS[assessment.grade].zh}`, `State: ${GRADE_WORDS[assessment.grade].en}`),
        stateSentence(model, assessment, locale),
      ),
      { type: 'keyFigures', figures: keyFigures(model, assessment, locale) },
      paragraph(changesSentence(model, locale)),
      ...standingFigures(model, locale),
      ...moved(model, locale),
      { type: 'chart', chart: scoreByArea(model, locale) },
      ...severityOverTime(model, locale),
      ...trendCharts(model, ['availability', 'cpu', 'memory', 'disk'], locale),
      ...forecastBlocks(model, locale),
      heading(say(locale, '巡检与变更', 'Inspections and changes')),
      findingsTable(model, model.findings, say(locale, '巡检发现的问题', 'Issues found by inspections'), 'overall', locale),
      listTable(changesList, model, locale, 10),
      ...unregisteredChanges(model, locale),
    ];
  },
};

const MOST_MOVED = 12;
/** The rows behind the counts of the sentence before; nothing where nothing moved, or nothing can be compared: the sentence says so. */
function moved(model: ReportModel, locale: Locale): readonly Block[] {
  return known(movedList.pick(model))?.rows.length ? [listTable(movedList, model, locale, MOST_MOVED)] : [];
}
