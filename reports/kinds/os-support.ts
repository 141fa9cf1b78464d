/** Support of third-party operating systems: lifecycles, fixes to push, who does what. */
import { methodOf } from '../chapters/method.ts';
import { osConclusion } from '../chapters/os-conclusion.ts';
import { osBaseline, osDefects, osLifecycle, osResponsibilities, osScope, osUrgent } from '../chapters/os-support.ts';
import { plainSignOff } from '../chapters/sign-off.ts';
import { differencesList } from '../lists/differences.ts';
import { incidentsList, problemsList } from '../lists/incidents.ts';
import { listSheet } from '../lists/list.ts';
import { lifecyclesList } from '../lists/outlook.ts';
import { advisoriesList, packagesList, systemsList } from '../lists/systems.ts';
import { responsibilitiesList } from '../lists/terms.ts';
import { checksSheet } from '../sheets/checks.ts';
import { findingsSheet } from '../sheets/findings.ts';
import type { ReportKind } from './kind.ts';

export const osSupport: ReportKind = {
  id: 'os-support',
  title: { zh: '操作系统支持与补丁推送报告', en: 'Operating system support and patch report' },
  front: [],
  body: [osScope, osLifecycle, osDefects, osBaseline, osUrgent, osResponsibilities, osConclusion, plainSignOff],
  back: [methodOf('systems', 'incidents')],
  sheets: [
    listSheet(systemsList),
    listSheet(advisoriesList),
    listSheet(packagesList),
    listSheet(differencesList),
    listSheet(lifecyclesList),
    listSheet(incidentsList),
    listSheet(problemsList),
    listSheet(responsibilitiesList),
    findingsSheet,
    checksSheet,
  ],
};
