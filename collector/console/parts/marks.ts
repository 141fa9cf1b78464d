/** States as they look everywhere: a shape and a word beside every colour. */
import { SEVERITIES, type Severity } from '../../../agent/wire/vocabulary.ts';
import { toneOfScore } from '../../../reports/charts/figures.ts';
import { formatNumber, NO_VALUE } from '../../../reports/format.ts';
import { html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import { OK_MARK, SEVERITY_MARKS, UNKNOWN_MARK } from '../../../reports/words.ts';
import { STATE_WORDS } from '../../notify/terms.ts';
import type { SeverityCounts } from '../../store/finding-list.ts';
import type { IncidentSummary } from '../../store/incident-list.ts';
import type { View } from '../view.ts';

export function severityMark({ locale }: View, severity: Severity): Markup {
  const { shape, word } = SEVERITY_MARKS[severity];
  return html`<span class="mark ${severity}"><span aria-hidden="true">${shape}</span> ${word[locale]}</span>`;
}

/** `■ 2 ▲ 5 ● 9`, each with its word for those who do not see shapes. */
export function countMarks({ locale }: View, counts: SeverityCounts): Markup {
  const shown = SEVERITIES.filter((severity) => counts[severity] > 0);
  if (shown.length === 0) return html`<span class="counts muted">—</span>`;
  return html`<span class="counts">${shown.map(
    (severity) =>
      html`<span class="${severity}" title="${SEVERITY_MARKS[severity].word[locale]}"><span aria-hidden="true">${SEVERITY_MARKS[severity].shape}</span><span class="hidden">${SEVERITY_MARKS[severity].word[locale]}</span> ${formatNumber(counts[severity])}</span>`,
  )}</span>`;
}
export function totalOf({ critical, warning, info }: SeverityCounts): number {
  return critical + warning + info;
}

/** Points with the state that they mean; below the green range it says so in words. */
export function scoreMark(view: View, score: number | null): Markup {
  const tone = toneOfScore(score);
  const { shape, word } = tone === 'critical' || tone === 'warning' ? SEVERITY_MARKS[tone] : tone === 'ok' ? OK_MARK : UNKNOWN_MARK;
  return html`<span class="score ${tone}"><span class="points">${score === null ? NO_VALUE : formatNumber(score)}</span> <span class="word"><span aria-hidden="true">${shape}</span> ${word[view.locale]}</span></span>`;
}
/** Coverage, with how much was not looked at. */
export function coverageWords(
  view: View,
  { coverage, checked, applicable }: { readonly coverage: number | null; readonly checked: number | null; readonly applicable: number | null },
): string {
  if (coverage === null) return view.t('尚未巡检', 'not inspected yet');
  const left = (applicable ?? 0) - (checked ?? 0);
  const percent = formatNumber(coverage);
  return left > 0 ? view.t(`覆盖率 ${percent} %，${left} 项未检查`, `coverage ${percent} %, ${left} not checked`) : view.t(`覆盖率 ${percent} %`, `coverage ${percent} %`);
}

/** State of an incident; an overdue one says so. */
export function incidentState({ locale }: View, { state, isBreached }: Pick<IncidentSummary, 'state' | 'isBreached'>): Markup {
  const late = isBreached && state !== 'closed' && state !== 'cancelled' && state !== 'resolved';
  return html`<span class="state ${state}">${STATE_WORDS[state]?.[locale] ?? state}</span>${late && html` <span class="mark critical late"><span aria-hidden="true">■</span> ${locale === 'zh' ? '已超时' : 'overdue'}</span>`}`;
}

export function demoTag(view: View, isDemo: boolean): Part {
  return isDemo && html`<span class="tag">${view.t('演示数据', 'demo data')}</span>`;
}
/** What there is not, and what to do now. */
export function empty(text: string, ...acts: readonly Part[]): Markup {
  return html`<div class="empty"><p>${text}</p>${acts.length > 0 && html`<p class="acts">${acts}</p>`}</div>`;
}
