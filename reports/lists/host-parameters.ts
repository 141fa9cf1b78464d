/** Kernel parameters and limits beside what the roles of each machine ask for. */
import type { Locale, Severity } from '../../agent/wire/vocabulary.ts';
import { textCell } from '../cells.ts';
import { formatQuantity, NO_VALUE, say } from '../format.ts';
import { known, type ParameterFacts, type ReportModel } from '../model.ts';
import { rolesWords } from '../role-words.ts';
import { verdictWords } from '../words.ts';
import type { List } from './list.ts';

export interface HostParameter extends ParameterFacts {
  readonly host: string;
}
const THP_WORDS = ['never', 'madvise', 'always'] as const;
const ORDER = ['fail', 'unknown', 'exempt', 'pass'] as const;

export const hostParametersList: List<HostParameter> = {
  id: 'host-parameters',
  title: { zh: '按主机角色的核心参数', en: 'Kernel parameters by host role' },
  sheet: { zh: '核心参数', en: 'Kernel parameters' },
  empty: { zh: '没有主机角色要求的参数。', en: 'No host role requires a parameter.' },
  pick({ hosts }) {
    const facts = hosts.flatMap(({ name, parameters }) => (parameters ? [{ name, parameters }] : []));
    const [first] = facts;
    if (!first) return undefined;
    if (facts.every(({ parameters }) => 'missing' in parameters)) return 'missing' in first.parameters ? first.parameters : undefined;
    const rows = facts
      .flatMap(({ name, parameters }) => (known(parameters)?.rows ?? []).map((row) => ({ ...row, host: name })))
      .toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
    return { value: { rows, total: rows.length } };
  },
  columns: [
    { title: { zh: '主机', en: 'Host' }, format: 'name', weight: 3, width: 26, cell: ({ host }) => textCell(host) },
    { title: { zh: '参数', en: 'Parameter' }, format: 'name', weight: 4.2, width: 32, cell: ({ parameter }) => textCell(parameter) },
    { title: { zh: '建议值', en: 'Advised' }, align: 'right', weight: 2.2, width: 18, cell: (row, model, locale) => textCell(boundWords(row, model, locale)) },
    { title: { zh: '当前值', en: 'Observed' }, align: 'right', weight: 2.2, width: 18, cell: (row, model, locale) => textCell(valueWords(row.observed, row, model, locale)) },
    { title: { zh: '结论', en: 'Verdict' }, format: 'status', weight: 2, width: 12, cell: ({ verdict, severity }, _model, locale) => stateCell(verdict, severity, locale) },
    {
      title: { zh: '要求方（主机角色）', en: 'Required by (host role)' },
      weight: 4.4,
      width: 44,
      cell: ({ askedBy }, _model, locale) => textCell(rolesWords(askedBy, locale)),
    },
  ],
};

/** Both bounds alike: a switch. */
function boundWords(row: HostParameter, model: ReportModel, locale: Locale): string {
  const { minimum, maximum } = row;
  const words = (value: number): string => (row.parameter === 'transparent_hugepage' ? (THP_WORDS[value] ?? NO_VALUE) : valueWords(value, row, model, locale));
  if (minimum !== undefined && minimum === maximum) return words(minimum);
  if (row.parameter === 'transparent_hugepage' && maximum !== undefined) return THP_WORDS.slice(0, maximum + 1).join(' / ');
  return [minimum === undefined ? [] : `≥ ${words(minimum)}`, maximum === undefined ? [] : `≤ ${words(maximum)}`].flat().join(say(locale, '，', ', '));
}
function valueWords(value: number | string | undefined, { unit }: HostParameter, { period }: ReportModel, locale: Locale): string {
  if (value === undefined) return NO_VALUE;
  if (typeof value === 'string') return value;
  return value >= Number.MAX_SAFE_INTEGER ? say(locale, '不限', 'unlimited') : formatQuantity(value, unit, locale, period.zoneMinutes);
}
function stateCell(verdict: ParameterFacts['verdict'], severity: Severity, locale: Locale) {
  if (verdict === 'exempt') return { text: say(locale, '– 豁免', '– Exempt'), tone: 'neutral' as const };
  return verdictWords(verdict, severity, locale);
}
