import { AREA_TITLES, type Text, type Unit } from '../../agent/wire/vocabulary.ts';
import { checkOf, worstFirst } from '../findings.ts';
import { say } from '../format.ts';
import { observedWord } from '../observed-words.ts';
import { rolesWords } from '../role-words.ts';
import { yesNo } from '../service-words.ts';
import { sourceWords } from '../source-words.ts';
import { SEVERITY_MARKS, scopeKindWord } from '../words.ts';
import type { Sheet, SheetCell } from './sheet.ts';

/** Numbers stay bare, so that a sheet can calculate; a count and a plain value have no unit. */
const UNIT_WORDS: Readonly<Partial<Record<Unit, Text>>> = {
  percent: { zh: '%', en: '%' },
  bytes: { zh: 'GiB', en: 'GiB' },
  'bytes-per-second': { zh: 'MiB/s', en: 'MiB/s' },
  seconds: { zh: '秒', en: 's' },
  milliseconds: { zh: '毫秒', en: 'ms' },
  minutes: { zh: '分钟', en: 'min' },
  days: { zh: '天', en: 'days' },
  'per-second': { zh: '次/秒', en: 'per second' },
  'per-minute': { zh: '次/分钟', en: 'per minute' },
  ratio: { zh: '比值', en: 'ratio' },
  millicores: { zh: '毫核', en: 'millicores' },
  mbps: { zh: 'Mbit/s', en: 'Mbit/s' },
  celsius: { zh: '℃', en: '°C' },
  bits: { zh: '位', en: 'bits' },
};

/** Bytes are read by nobody; a moment is a moment. */
const PER: Readonly<Partial<Record<Unit, number>>> = { bytes: 2 ** 30, 'bytes-per-second': 2 ** 20 };
function figure(value: number, unit: Unit): SheetCell {
  return unit === 'unix-seconds' ? { at: value } : { value: value / (PER[unit] ?? 1), format: '#,##0.###' };
}

/** Every finding, one row an object; the measured values as numbers. */
export const findingsSheet: Sheet = {
  id: 'findings',
  title: { zh: '问题清单', en: 'Findings' },
  write(model, locale) {
    const measured = (value: string | number | boolean | undefined, unit: Unit): SheetCell => {
      if (typeof value === 'boolean') return yesNo(value, locale);
      return typeof value === 'number' ? figure(value, unit) : value === undefined ? undefined : observedWord(value, locale);
    };
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
        { title: say(locale, '要求方（主机角色）', 'Asked for by (roles of the machine)'), width: 26 },
        { title: say(locale, '影响', 'Why it matters'), width: 50 },
        { title: say(locale, '处置建议', 'Remedy'), width: 80 },
        { title: say(locale, '阈值来源', 'Source of the threshold'), width: 50 },
      ],
      rows: model.findings.toSorted(worstFirst).map(({ check, area, severity, scope, observed, threshold, unit, askedBy }) => {
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
          measured(observed, unit),
          measured(threshold, unit),
          UNIT_WORDS[unit]?.[locale],
          askedBy && rolesWords(askedBy, locale),
          text?.why?.[locale],
          text?.remedy[locale],
          sourceWords(text?.source, locale),
        ];
      }),
    };
  },
};
