/** The inspection report: six fixed chapters of the S360 service, with a summary before and an appendix behind. */
import type { Text } from '../../agent/wire/vocabulary.ts';
import { appendix } from '../chapters/appendix.ts';
import { applications } from '../chapters/applications.ts';
import { overallAssessment } from '../chapters/assessment.ts';
import type { Chapter } from '../chapters/chapter.ts';
import { controlPlane } from '../chapters/control-plane.ts';
import { overall } from '../chapters/overall.ts';
import { requests } from '../chapters/requests.ts';
import { summary } from '../chapters/summary.ts';
import { workers } from '../chapters/workers.ts';
import { checksSheet } from '../sheets/checks.ts';
import { findingsSheet } from '../sheets/findings.ts';
import { gatherersSheet } from '../sheets/gatherers.ts';
import { nodesSheet } from '../sheets/nodes.ts';
import { overviewSheet } from '../sheets/overview.ts';
import type { Sheet } from '../sheets/sheet.ts';

/** A kind of report: its name and its chapters in order. Only `body` is numbered. */
export interface ReportKind {
  readonly id: string;
  readonly title: Text;
  readonly front: readonly Chapter[];
  readonly body: readonly Chapter[];
  readonly back: readonly Chapter[];
  /** Worksheets of the workbook, in order. */
  readonly sheets: readonly Sheet[];
}

export const inspection: ReportKind = {
  id: 'inspection',
  title: { zh: '主动巡检报告', en: 'Proactive inspection report' },
  front: [summary],
  body: [overall, controlPlane, workers, applications, requests, overallAssessment],
  back: [appendix],
  sheets: [overviewSheet, findingsSheet, nodesSheet, checksSheet, gatherersSheet],
};
