import { AREA_TITLES } from '../../agent/wire/vocabulary.ts';
import { say } from '../format.ts';
import type { Sheet } from './sheet.ts';

/** How every area stands. */
export const overviewSheet: Sheet = {
  id: 'overview',
  title: { zh: '领域得分', en: 'Areas' },
  write({ score }, locale) {
    return {
      columns: [
        { title: say(locale, '领域', 'Area'), width: 28 },
        { title: say(locale, '得分', 'Score'), width: 12, format: '0.##' },
        { title: say(locale, '通过', 'Passed'), width: 12 },
        { title: say(locale, '未通过', 'Failed'), width: 12 },
        { title: say(locale, '未检查', 'Not checked'), width: 16 },
        { title: say(locale, '不适用', 'Not applicable'), width: 18 },
      ],
      rows: score.areas.map(({ area, score: points, passed, failed, unknown, notApplicable }) => [
        AREA_TITLES[area][locale],
        points ?? undefined,
        passed,
        failed,
        unknown,
        notApplicable,
      ]),
    };
  },
};
