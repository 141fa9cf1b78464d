/** Findings as rows of a table. */

import type { Observed } from '../../../agent/wire/inspection.ts';
import { UNITS, type Unit } from '../../../agent/wire/vocabulary.ts';
import { formatObserved } from '../../../reports/format.ts';
import { breakable, html, type Markup } from '../../../reports/renderers/markup.ts';
import type { AppDeps } from '../../http/deps.ts';
import { zoneMinutes } from '../../notify/zoned-time.ts';
import type { ListedFinding } from '../../store/finding-list.ts';
import type { StoredFinding } from '../../store/finding-store.ts';
import { severityMark } from '../parts/marks.ts';
import { scopeWords } from '../parts/scope.ts';
import type { View } from '../view.ts';

/** A measured value as people read it. */
export function valueWords(view: View, value: unknown, unit: string, zone: string): string {
  const known: Unit = UNITS.find((one) => one === unit) ?? 'value';
  return formatObserved(value === null ? undefined : (value as Observed | undefined), known, view.locale, zoneMinutes(view.now, zone)); // the contract let nothing else in
}
export function findingPath({ clusterId, identity }: Pick<StoredFinding, 'clusterId' | 'identity'>): string {
  return `/clusters/${clusterId}/findings/${identity}`;
}

export interface FindingRowOptions {
  readonly zone: string;
  /** Names of clusters, where rows are of several. */
  readonly clusterName?: ((id: string) => string) | undefined;
}
export function findingRows(view: View, { checkTexts }: Pick<AppDeps, 'checkTexts'>, items: readonly ListedFinding[], { zone, clusterName }: FindingRowOptions): Markup {
  const heads = [
    view.t('严重程度', 'Severity'),
    view.t('问题', 'Finding'),
    ...(clusterName ? [view.t('集群', 'Cluster')] : []),
    view.t('对象', 'Object'),
    view.t('观测值', 'Observed'),
    view.t('阈值', 'Threshold'),
    view.t('首次发现', 'First seen'),
  ];
  const rows = items.map((one) => {
    const status = [
      one.goneAt !== null && html`<small>✓ ${view.t('已消除', 'gone')} ${view.ago(one.goneAt, zone)}</small>`,
      one.goneAt === null && one.unknownSince !== null && html`<small class="unknown">? ${view.t('目前无法检查', 'cannot be checked now')}</small>`,
      one.acceptedUntil !== null && html`<small>${view.t('已接受的风险', 'accepted risk')}</small>`,
    ];
    return html`<tr data-row><td class="t">${severityMark(view, one.severity)}</td><td class="name"><a href="${findingPath(one)}">${checkTexts(one.check)?.title[view.locale] ?? one.check}</a>${status}</td>${clusterName && html`<td>${clusterName(one.clusterId)}</td>`}<td>${breakable(scopeWords(one.scope, view.locale))}</td><td class="n" data-label="${view.t('观测值', 'Observed')}">${valueWords(view, one.observed, one.unit, zone)}</td><td class="n" data-label="${view.t('阈值', 'Threshold')}">${valueWords(view, one.threshold, one.unit, zone)}</td><td class="t" data-label="${view.t('首次发现', 'First seen')}">${view.ago(one.firstSeenAt, zone)}</td></tr>`;
  });
  const numeric = heads.length - 3;
  return html`<div class="scroll"><table class="stack"><thead><tr>${heads.map((head, index) => html`<th${(index === numeric || index === numeric + 1) && html` class="n"`}>${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
