/** 《项目专家服务报告》: measured facts and what experts wrote, from assessment to acceptance. */
import { appendix } from '../chapters/appendix.ts';
import { expertAcceptance, expertAssessment, expertHealth, expertPerformance, expertRecommendations, expertRisks, expertSecurity } from '../chapters/expert.ts';
import { riskSignOff } from '../chapters/sign-off.ts';
import { forecastsList } from '../lists/forecasts.ts';
import { listSheet } from '../lists/list.ts';
import { calendarList } from '../lists/outlook.ts';
import { risksList } from '../lists/risks.ts';
import { checksSheet } from '../sheets/checks.ts';
import { findingsSheet } from '../sheets/findings.ts';
import { gatherersSheet } from '../sheets/gatherers.ts';
import { overviewSheet } from '../sheets/overview.ts';
import type { ReportKind } from './kind.ts';

export const expert: ReportKind = {
  id: 'expert',
  title: { zh: '项目专家服务报告', en: 'Expert service report' },
  front: [],
  body: [expertAssessment, expertHealth, expertRisks, expertPerformance, expertSecurity, expertRecommendations, expertAcceptance, riskSignOff],
  back: [appendix],
  sheets: [overviewSheet, listSheet(risksList), findingsSheet, listSheet(forecastsList), listSheet(calendarList), checksSheet, gatherersSheet],
};
