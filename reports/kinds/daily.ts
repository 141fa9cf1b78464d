/** 《巡检报告》 of a managed service: every (working) day, short, about what changed. */
import { abnormalities, dailyConclusion, dailyOverview, inspectionResults, notInspected } from '../chapters/daily.ts';
import { methodOfScore } from '../chapters/method.ts';
import { remarks } from '../chapters/remarks.ts';
import { plainSignOff } from '../chapters/sign-off.ts';
import { comparisonList } from '../lists/comparison.ts';
import { listSheet } from '../lists/list.ts';
import { checksSheet } from '../sheets/checks.ts';
import { findingsSheet } from '../sheets/findings.ts';
import { gatherersSheet } from '../sheets/gatherers.ts';
import { overviewSheet } from '../sheets/overview.ts';
import type { ReportKind } from './kind.ts';

export const daily: ReportKind = {
  id: 'daily',
  title: { zh: '巡检报告', en: 'Daily inspection report' },
  span: { days: 1, longer: { zh: '巡检报告', en: 'Inspection report' } },
  front: [],
  body: [dailyOverview, inspectionResults, abnormalities, notInspected, dailyConclusion, remarks],
  back: [plainSignOff, methodOfScore],
  sheets: [overviewSheet, findingsSheet, listSheet(comparisonList), checksSheet, gatherersSheet],
};
