/** 《问题清单》: what people asked and reported, and what became of it. */
import { problemList, problemOverview } from '../chapters/incidents.ts';
import { methodOf } from '../chapters/method.ts';
import { remarks } from '../chapters/remarks.ts';
import { listSignOff } from '../chapters/sign-off.ts';
import { problemsList } from '../lists/incidents.ts';
import { listSheet } from '../lists/list.ts';
import type { ReportKind } from './kind.ts';

export const problems: ReportKind = {
  id: 'problems',
  title: { zh: '问题清单', en: 'Problem list' },
  front: [],
  body: [problemOverview, problemList, remarks],
  back: [listSignOff, methodOf('incidents')],
  sheets: [listSheet(problemsList)],
};
