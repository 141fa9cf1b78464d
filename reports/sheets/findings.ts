import { AREA_TITLES } from '../../agent/wire/vocabulary.ts';
import { checkOf, worstFirst } from '../findings.ts';
import { say } from '../format.ts';
import { sourceWords } from '../source-words.ts';
import { SEVERITY_MARKS, scopeKindWord } from '../words.ts';
import type { Sheet, SheetCell } from './sheet.ts';

/** Every finding, one row an object; the measured values as numbers. */
export const findingsSheet: Sheet = {
  id: 'findings',
  title: { zh: '问题清单', en: 'Findings' },
  write(model, locale) {
    const measured = (value: string | number | boolean | undefined): SheetCell => (typeof value === 'boolean' ? String(value) : value);
    return {
      columns: [
        { title: say(locale, '级别', 'Severity'), width: 11 },
        { title: say(locale, '领域', 'Area'), width: 16 },
        { title: say(locale, '问题', 'Problem'), width: 36 },
        { title: say(locale, '检查项', 'Check'), width: 30 },
        { title: say(locale, '对象类型', 'Kind'), width: 14 },
        { title: say(locale, '命名空间', 'Namespace'), width: 18 },
        { title: say(locale, '节点', 'Node'), width: 20 },
        { title: say(locale, '对象', 'Object'), width: 36 },
        { title: say(locale, '观测值', 'Observed'), width: 16 },
        { title: say(locale, '阈值', 'Threshold'), width: 14 },
        { title: say(locale, '单位', 'Unit'), width: 12 },
        { title: say(locale, '处置建议', 'Remedy'), width: 80 },
        { title: say(locale, '阈值来源', 'Source of the threshold'), width: 50 },
      ],
      rows: model.findings.toSorted(worstFirst).map(({ check, area, severity, scope, observed, threshold, unit }) => {
        const text = checkOf(model, check);
        const mark = SEVERITY_MARKS[severity];
        return [
          { text: `${mark.shape} ${mark.word[locale]}`, tone: severity },
          AREA_TITLES[area][locale],
          text?.title[locale] ?? check,
          check,
          scopeKindWord(scope.kind, locale),
          scope.namespace,
          scope.node,
          scope.name,
          measured(observed),
          measured(threshold),
          unit,
          text?.remedy[locale],
          sourceWords(text?.source, locale),
        ];
      }),
    };
  },
};
