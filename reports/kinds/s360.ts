/** The inspection report: six fixed chapters of the S360 service, with a summary before and an appendix behind. */
import { appendix } from '../chapters/appendix.ts';
import { applications } from '../chapters/applications.ts';
import { overallAssessment } from '../chapters/assessment.ts';
import { controlPlane } from '../chapters/control-plane.ts';
import { overall } from '../chapters/overall.ts';
import { planContinued } from '../chapters/plan-continued.ts';
import { requests } from '../chapters/requests.ts';
import { summary } from '../chapters/summary.ts';
import { workers } from '../chapters/workers.ts';
import { comparisonList } from '../lists/comparison.ts';
import { differencesList } from '../lists/differences.ts';
import { forecastsList } from '../lists/forecasts.ts';
import { incidentsList, problemsList } from '../lists/incidents.ts';
import { listSheet } from '../lists/list.ts';
import { instancesList } from '../lists/middleware.ts';
import { namespacesList } from '../lists/namespaces.ts';
import { calendarList, lifecyclesList } from '../lists/outlook.ts';
import { backupsList, demandsList } from '../lists/records.ts';
import { risksList } from '../lists/risks.ts';
import { attainmentList } from '../lists/terms.ts';
import { checksSheet } from '../sheets/checks.ts';
import { findingsSheet } from '../sheets/findings.ts';
import { gatherersSheet } from '../sheets/gatherers.ts';
import { nodesSheet } from '../sheets/nodes.ts';
import { overviewSheet } from '../sheets/overview.ts';
import type { ReportKind } from './kind.ts';

export const s360: ReportKind = {
  id: 's360',
  title: { zh: '主动巡检报告', en: 'Proactive inspection report' },
  front: [summary],
  body: [overall, controlPlane, workers, applications, requests, overallAssessment],
  back: [planContinued, appendix],
  sheets: [
    overviewSheet,
    findingsSheet,
    listSheet(risksList),
    listSheet(comparisonList),
    nodesSheet,
    listSheet(differencesList),
    listSheet(namespacesList),
    listSheet(instancesList),
    listSheet(incidentsList),
    listSheet(problemsList),
    listSheet(attainmentList),
    listSheet(demandsList),
    listSheet(backupsList),
    listSheet(calendarList),
    listSheet(lifecyclesList),
    listSheet(forecastsList),
    checksSheet,
    gatherersSheet,
  ],
};
