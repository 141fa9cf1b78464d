/** 《运维月报》: the nine parts that the service's acceptance standard lists, in its order. */
import { confirmation } from '../chapters/confirmation.ts';
import { costAnalysis } from '../chapters/costs.ts';
import { incidentList, problemList, sla } from '../chapters/incidents.ts';
import { methodOfChecks } from '../chapters/method.ts';
import { backupList, demandList } from '../chapters/records.ts';
import { riskRegister } from '../chapters/risks.ts';
import { runningState } from '../chapters/running-state.ts';
import { servicePlan } from '../chapters/service-plan.ts';
import { operationsSignOff } from '../chapters/sign-off.ts';
import { MANAGED_SHEETS } from '../sheets/managed.ts';
import type { ReportKind } from './kind.ts';

export const monthly: ReportKind = {
  id: 'monthly',
  title: { zh: '运维月报', en: 'Monthly operations report' },
  span: { days: 31, longer: { zh: '运维报告', en: 'Operations report' } },
  front: [],
  body: [servicePlan, runningState, problemList, incidentList, riskRegister, demandList, backupList, costAnalysis, sla],
  back: [confirmation, operationsSignOff, methodOfChecks('incidents', 'changes', 'risks', 'demands', 'backups', 'costs')],
  sheets: MANAGED_SHEETS,
};
