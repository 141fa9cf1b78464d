/** 《事件清单》: every incident of the period and how it was answered. */
import { incidentList, incidentOverview, sla } from '../chapters/incidents.ts';
import { methodOf } from '../chapters/method.ts';
import { remarks } from '../chapters/remarks.ts';
import { listSignOff } from '../chapters/sign-off.ts';
import { incidentsList } from '../lists/incidents.ts';
import { listSheet } from '../lists/list.ts';
import { attainmentList } from '../lists/terms.ts';
import type { ReportKind } from './kind.ts';

export const events: ReportKind = {
  id: 'events',
  title: { zh: '事件清单', en: 'Incident list' },
  front: [],
  body: [incidentOverview, incidentList, sla, remarks],
  back: [listSignOff, methodOf('incidents')],
  sheets: [listSheet(incidentsList), listSheet(attainmentList)],
};
