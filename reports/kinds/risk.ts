/** 《风险报告》: capacity, performance, security and stability risks with their remedies. */
import { methodOfChecks } from '../chapters/method.ts';
import { remarks } from '../chapters/remarks.ts';
import { riskConclusion, riskDetails, riskOverview, riskRegister } from '../chapters/risks.ts';
import { riskSignOff } from '../chapters/sign-off.ts';
import { comparisonList } from '../lists/comparison.ts';
import { listSheet } from '../lists/list.ts';
import { risksList } from '../lists/risks.ts';
import { findingsSheet } from '../sheets/findings.ts';
import type { ReportKind } from './kind.ts';

export const risk: ReportKind = {
  id: 'risk',
  title: { zh: '风险报告', en: 'Risk report' },
  front: [],
  body: [riskOverview, riskRegister, riskDetails, riskConclusion, remarks],
  back: [riskSignOff, methodOfChecks('risks')],
  sheets: [listSheet(risksList), findingsSheet, listSheet(comparisonList)],
};
