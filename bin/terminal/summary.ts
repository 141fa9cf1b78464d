/** What a person sees at the end of `xunjian inspect`: state, the worst findings with their remedy, the files. */
import { stripVTControlCharacters, styleText } from 'node:util';
import { CHECKS } from '../../agent/checks/index.ts';
import type { Inspection } from '../../agent/inspection.ts';
import type { Finding, Scope } from '../../agent/wire/inspection.ts';
import { type Locale, SEVERITIES, type Severity } from '../../agent/wire/vocabulary.ts';
import { countWords, formatNumber, formatObserved, plural } from '../../reports/format.ts';
import { askedByWords } from '../../reports/role-words.ts';
import { scopeKindWord } from '../../reports/words.ts';
import { MESSAGES } from './messages.ts';

const SHOWN = 8;
const SHAPES: Readonly<Record<Severity, string>> = { critical: '■', warning: '▲', info: '●' };
const COLOURS: Readonly<Record<Severity, 'red' | 'yellow' | 'cyan'>> = { critical: 'red', warning: 'yellow', info: 'cyan' };

/** Lines to print. @param colour whether the terminal shows colour */
export function summaryLines(inspection: Inspection, locale: Locale, colour: boolean): string[] {
  const { score, coverage, findings, accepted, expired } = inspection;
  const total = score.total === null ? MESSAGES.noScore[locale] : locale === 'zh' ? `${MESSAGES.score.zh} ${score.total}` : `${MESSAGES.score.en} ${score.total}`;
  const groups = groupByCheck(findings);
  const more = new Set(inspection.verdicts.filter(({ atLeast }) => atLeast).map(({ check }) => check));
  const open = SEVERITIES.map((severity) => `${SHAPES[severity]} ${MESSAGES.severity[severity][locale]} ${countsOf(severity, groups, more, locale)}`).join('  ');
  const stopped = inspection.interrupted ? [MESSAGES.interrupted[locale]] : [];
  const lines = ['', ...stopped, `${total}  ${MESSAGES.coverage[locale]} ${coverage.percent} %  ${coverage.unknown.length} ${MESSAGES.unchecked[locale]}  ${open}`, ''];
  if (groups.length === 0) lines.push(coverage.checked === 0 ? MESSAGES.noAnswers[locale] : MESSAGES.noFindings[locale]);
  for (const group of groups.slice(0, SHOWN)) lines.push(...groupLines(group, more.has(group[0].check), locale, colour));
  if (groups.length > SHOWN) lines.push(`${MESSAGES.more[locale]} ${groups.length - SHOWN} ${MESSAGES.moreFindings[locale]}`);
  if (accepted.length > 0) lines.push(`${MESSAGES.accepted[locale]}: ${accepted.length}`);
  for (const { check, owner, expires } of expired) lines.push(`${MESSAGES.expired[locale]}: ${check} (${safe(owner)}, ${expires})`);
  return lines;
}

function groupByCheck(findings: readonly Finding[]): (readonly [Finding, ...Finding[]])[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const group = groups.get(finding.check);
    if (group) group.push(finding);
    else groups.set(finding.check, [finding]);
  }
  return [...groups.values()];
}

/** The report's words: kinds of problem by their worst place, then all places. */
function countsOf(severity: Severity, groups: readonly (readonly [Finding, ...Finding[]])[], more: ReadonlySet<string>, locale: Locale): string {
  const kinds = groups.filter(([worst]) => worst.severity === severity);
  if (kinds.length === 0) return '0';
  const places = groups.flat().filter((one) => one.severity === severity).length;
  const atLeast = kinds.some(([{ check }]) => more.has(check));
  return locale === 'zh'
    ? `${formatNumber(kinds.length)} 类 ${countWords(places, atLeast, 'zh')} 处`
    : `${plural(kinds.length, 'kind')} in ${atLeast ? 'at least ' : ''}${plural(places, 'place')}`;
}

/** Minutes east of UTC here; times in findings are shown in the reader's zone. */
const zoneMinutes = -new Date().getTimezoneOffset();

function groupLines([worst, ...others]: readonly [Finding, ...Finding[]], hasMore: boolean, locale: Locale, colour: boolean): string[] {
  const check = CHECKS.find(({ id }) => id === worst.check);
  const word = `${SHAPES[worst.severity]} ${MESSAGES.severity[worst.severity][locale]}`;
  const head = `${colour ? styleText(COLOURS[worst.severity], word) : word}  ${check?.title[locale] ?? worst.check}  [${worst.check}]`;
  const value = worst.observed === undefined ? '' : `  ${MESSAGES.observed[locale]} ${formatObserved(worst.observed, worst.unit, locale, zoneMinutes)}`;
  const limit = worst.threshold === undefined ? '' : `  ${MESSAGES.threshold[locale]} ${formatObserved(worst.threshold, worst.unit, locale, zoneMinutes)}`;
  const rest = others.length === 0 && !hasMore ? '' : ` (+${countWords(others.length, hasMore, locale)})`;
  return [
    head,
    `    ${scopeText(worst.scope, locale)}${askedByWords(worst.askedBy, locale)}${rest}${value}${limit}`,
    `    ${MESSAGES.remedy[locale]}: ${check?.remedy[locale] ?? ''}`,
  ];
}

/** `Deployment shop/web`, `挂载点 /var (node-1)`. */
function scopeText({ kind, node, namespace, name }: Scope, locale: Locale): string {
  const path = namespace === undefined ? name : `${namespace}/${name}`;
  return safe(`${scopeKindWord(kind, locale)} ${path}${node === undefined ? '' : ` (${node})`}`);
}
/** Names come from outside: no control sequences on the user's terminal. */
function safe(text: string): string {
  const clean = stripVTControlCharacters(text).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
  return clean.length > 120 ? `${clean.slice(0, 119)}…` : clean;
}
