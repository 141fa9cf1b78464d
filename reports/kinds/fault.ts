/** 《故障报告》: one incident of the worst level; its timeline is the event log. */
import { faultActions, faultCause, faultClocks, faultImpact, faultOverview, faultTimeline, vacantFault } from '../chapters/fault.ts';
import { method } from '../chapters/method.ts';
import { remarks } from '../chapters/remarks.ts';
import { plainSignOff } from '../chapters/sign-off.ts';
import { incidentsList } from '../lists/incidents.ts';
import { listSheet } from '../lists/list.ts';
import type { ReportKind } from './kind.ts';

export const fault: ReportKind = {
  id: 'fault',
  title: { zh: '故障报告', en: 'Incident report' },
  front: [],
  body: [faultOverview, faultImpact, faultTimeline, faultCause, faultActions, faultClocks, remarks],
  back: [plainSignOff, method],
  vacant: vacantFault,
  sheets: [listSheet(incidentsList)],
};
