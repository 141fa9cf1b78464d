/** 《变更清单》: planned windows and what became of them. */
import { methodOf } from '../chapters/method.ts';
import { changeList, changeReview } from '../chapters/records.ts';
import { remarks } from '../chapters/remarks.ts';
import { changeSignOff } from '../chapters/sign-off.ts';
import { listSheet } from '../lists/list.ts';
import { changesList } from '../lists/records.ts';
import type { ReportKind } from './kind.ts';

export const changes: ReportKind = {
  id: 'changes',
  title: { zh: '变更清单', en: 'Change list' },
  front: [],
  body: [changeList, changeReview, remarks],
  back: [changeSignOff, methodOf('changes')],
  sheets: [listSheet(changesList)],
};
