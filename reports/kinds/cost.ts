/** 《成本报告》: requests against use, what lies idle, what could be saved. */

import { costForecast } from '../chapters/cost-forecast.ts';
import { costAdvice, costByNamespace, costByWorkload, costOverview, idleResources } from '../chapters/costs.ts';
import { methodOf } from '../chapters/method.ts';
import { remarks } from '../chapters/remarks.ts';
import { plainSignOff } from '../chapters/sign-off.ts';
import { idleNodesList, orphanedVolumesList, oversizedList, workloadCostsList } from '../lists/costs.ts';
import { listSheet } from '../lists/list.ts';
import { namespacesList } from '../lists/namespaces.ts';
import type { ReportKind } from './kind.ts';

export const cost: ReportKind = {
  id: 'cost',
  title: { zh: '成本报告', en: 'Cost report' },
  front: [],
  body: [costOverview, costByNamespace, costByWorkload, idleResources, costAdvice, costForecast, remarks],
  back: [plainSignOff, methodOf('costs')],
  sheets: [listSheet(namespacesList), listSheet(workloadCostsList), listSheet(idleNodesList), listSheet(orphanedVolumesList), listSheet(oversizedList)],
};
