/** 《故障报告》: one incident of the worst level; its timeline is the event log. */
import { faultActions, faultCause, faultClocks, faultImpact, faultOverview, faultTimeline, vacantFault } from '../chapters/fault.ts';
import { methodOf } from '../chapters/method.ts';
import { remarks } from '../chapters/remarks.ts';
import { faultSignOff } from '../chapters/sign-off.ts';
import { incidentsList } from '../lists/incidents.ts';
import { listSheet } from '../lists/list.ts';
import type { ReportKind } from './kind.ts';

export const fault: ReportKind = {
  id: 'fault',
  title: { zh: '故障报告', en: 'Incident report' },
  front: [],
  body: [faultOverview, faultImpact, faultTimeline, faultCause, faultActions, faultClocks, remarks],
  back: [faultSignOff, methodOf('incidents')],
  vacant: vacantFault,
  sheets: [listSheet(incidentsList)],
};
