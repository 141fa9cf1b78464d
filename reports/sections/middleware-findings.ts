/** What the checks of middleware found, in the vendor's four groups and by instance. A check that names no group is about configuration. */
import type { CheckVerdict, Finding } from '../../agent/wire/inspection.ts';
import { type Locale, SEVERITIES } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import { callout, figures, paragraph, words } from '../blocks.ts';
import type { CheckGroup } from '../facts/middleware.ts';
import { checkOf, scopeWords, titleOf } from '../findings.ts';
import { formatObserved, NO_VALUE, plural, say } from '../format.ts';
import { limitWords } from '../limits.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';
import { citedWords } from '../source-words.ts';
import { REASON_WORDS, severityWords } from '../words.ts';

/** The area of checks that are about middleware; a run may have none of them. */
export function isMiddleware({ area }: Pick<Finding, 'area'>): boolean {
  return String(area) === 'middleware';
}
/** Whether the instances' own items hold the checks already, one by one: then they are not told a second time. */
export function areItems({ middleware }: Pick<ReportModel, 'middleware'>): boolean {
  return (known(middleware)?.rows ?? []).some(({ items }) => items.some(({ check }) => check !== undefined));
}
function groupOf(model: ReportModel, check: string): CheckGroup {
  return checkOf(model, check)?.group ?? 'configuration';
}
const MOST_ROWS = 40;
const MOST_GAPS = 10;

export function middlewareFindings(model: ReportModel, groups: readonly CheckGroup[], title: string, locale: Locale): readonly Block[] {
  if (areItems(model)) return [];
  const isOwn = (row: CheckVerdict | Finding): boolean => isMiddleware(row) && groups.includes(groupOf(model, row.check));
  const verdicts = model.verdicts.filter((verdict) => isOwn(verdict) && verdict.verdict !== 'not-applicable');
  const findings = model.findings.filter(isOwn).toSorted(byInstance);
  if (verdicts.length === 0 && findings.length === 0) return [];
  const count = (verdict: CheckVerdict['verdict']): number => verdicts.filter((row) => row.verdict === verdict).length;
  const gaps = verdicts.filter(({ verdict }) => verdict === 'unknown');
  return [
    paragraph(
      say(
        locale,
        `${title}：${verdicts.length} 个检查项，正常 ${count('pass')} 项，有问题 ${count('fail')} 项，未检查 ${gaps.length} 项。`,
        `${title}: ${plural(verdicts.length, 'check')}, ${count('pass')} OK, ${count('fail')} with issues, ${gaps.length} not checked.`,
      ),
    ),
    ...(findings.length > 0 ? [findingRows(model, findings, title, locale)] : []),
    ...(gaps.length > 0
      ? [
          callout(
            'unknown',
            say(locale, `${gaps.length} 个检查项没有结果`, `${plural(gaps.length, 'check')} returned no result`),
            gaps
              .slice(0, MOST_GAPS)
              .map(({ check, reason }) => `${titleOf(model, check, locale)}${say(locale, '（', ' (')}${REASON_WORDS[reason ?? 'failed'][locale]}${say(locale, '）', ')')}`)
              .join(say(locale, '；', '; ')),
          ),
        ]
      : []),
  ];
}
/** An instance's problems stand together, its worst first. */
function byInstance(one: Finding, other: Finding): number {
  return (
    compare(one.scope.namespace ?? '', other.scope.namespace ?? '') ||
    compare(one.scope.name, other.scope.name) ||
    SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
    compare(one.check, other.check)
  );
}
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function findingRows(model: ReportModel, findings: readonly Finding[], title: string, locale: Locale): Block {
  const { zoneMinutes } = model.period;
  return {
    type: 'table',
    title: say(locale, `${title}：各实例的问题`, `${title}: problems by instance`),
    columns: [
      words(say(locale, '实例', 'Instance'), 'name', 4),
      words(say(locale, '级别', 'Severity'), 'status', 2),
      words(say(locale, '问题', 'Problem'), 'text', 5),
      { ...figures(say(locale, '当前值', 'Observed'), 2.2), format: 'name' },
      { ...figures(say(locale, '标准', 'Limit'), 2.2), format: 'name' },
      words(say(locale, '依据', 'Source'), 'text', 4.6),
    ],
    rows: findings
      .slice(0, MOST_ROWS)
      .map(({ check, scope, severity, observed, threshold, unit }) => [
        { text: scopeWords(model, scope, locale) },
        { text: severityWords(severity, locale), tone: severity },
        { text: titleOf(model, check, locale) },
        { text: formatObserved(observed, unit, locale, zoneMinutes) },
        { text: limitWords({ check, threshold, observed, unit }, locale, zoneMinutes) },
        { text: citedWords(checkOf(model, check)?.source, locale) ?? NO_VALUE },
      ]),
    total: findings.length,
    empty: '',
  };
}
