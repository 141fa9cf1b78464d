/** 《需求清单》: what users ask for and when it comes. */
import { methodOf } from '../chapters/method.ts';
import { demandList } from '../chapters/records.ts';
import { remarks } from '../chapters/remarks.ts';
import { listSignOff } from '../chapters/sign-off.ts';
import { listSheet } from '../lists/list.ts';
import { demandsList } from '../lists/records.ts';
import type { ReportKind } from './kind.ts';

export const demands: ReportKind = {
  id: 'demands',
  title: { zh: '需求清单', en: 'Request list' },
  front: [],
  body: [demandList, remarks],
  back: [listSignOff, methodOf('demands')],
  sheets: [listSheet(demandsList)],
};
