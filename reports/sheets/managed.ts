/** Worksheets that the reports of a managed service share: one data set, one workbook. */
import { comparisonList } from '../lists/comparison.ts';
import { idleNodesList, orphanedVolumesList, oversizedList, workloadCostsList } from '../lists/costs.ts';
import { forecastsList } from '../lists/forecasts.ts';
import { incidentsList, problemsList } from '../lists/incidents.ts';
import { listSheet } from '../lists/list.ts';
import { namespacesList } from '../lists/namespaces.ts';
import { backupsList, changesList, demandsList } from '../lists/records.ts';
import { risksList } from '../lists/risks.ts';
import { attainmentList, goalsList } from '../lists/terms.ts';
import { checksSheet } from './checks.ts';
import { findingsSheet } from './findings.ts';
import { overviewSheet } from './overview.ts';
import type { Sheet } from './sheet.ts';

export const MANAGED_SHEETS: readonly Sheet[] = [
  overviewSheet,
  listSheet(comparisonList),
  listSheet(problemsList),
  listSheet(incidentsList),
  listSheet(risksList),
  listSheet(changesList),
  listSheet(demandsList),
  listSheet(backupsList),
  listSheet(attainmentList),
  listSheet(goalsList),
  listSheet(namespacesList),
  listSheet(workloadCostsList),
  listSheet(idleNodesList),
  listSheet(orphanedVolumesList),
  listSheet(oversizedList),
  listSheet(forecastsList),
  findingsSheet,
  checksSheet,
];
