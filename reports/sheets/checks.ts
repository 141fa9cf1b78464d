import { AREA_TITLES, AREAS } from '../../agent/wire/vocabulary.ts';
import { checkOf } from '../findings.ts';
import { say } from '../format.ts';
import { sourceWords } from '../source-words.ts';
import { problemVerdict, REASON_WORDS } from '../words.ts';
import type { Sheet } from './sheet.ts';

/** What every check said, with the reason of those that could not. */
export const checksSheet: Sheet = {
  id: 'checks',
  title: { zh: '检查明细', en: 'Checks' },
  write(model, locale) {
    return {
      columns: [
        { title: say(locale, '结论', 'Verdict'), width: 14 },
        { title: say(locale, '领域', 'Area'), width: 28 },
        { title: say(locale, '检查项', 'Check'), width: 44 },
        { title: say(locale, '标识', 'Id'), width: 36 },
        { title: say(locale, '原因', 'Reason'), width: 40 },
        { title: say(locale, '缺少的数据', 'Missing data'), width: 30 },
        { title: say(locale, '阈值来源', 'Source of the threshold'), width: 60 },
      ],
      rows: model.verdicts
        .toSorted((a, b) => AREAS.indexOf(a.area) - AREAS.indexOf(b.area) || (a.check < b.check ? -1 : 1))
        .map(({ check, area, verdict, severity, reason, missing }) => [
          problemVerdict(verdict, severity, locale),
          AREA_TITLES[area][locale],
          checkOf(model, check)?.title[locale] ?? check,
          check,
          reason && REASON_WORDS[reason][locale],
          missing?.join(', '),
          sourceWords(checkOf(model, check)?.source, locale),
        ]),
    };
  },
};
