/** Clusters at a glance: the score never without its coverage. */

import { toneOfScore } from '../../../reports/charts/figures.ts';
import { plural } from '../../../reports/format.ts';
import { html, type Markup } from '../../../reports/renderers/markup.ts';
import type { ClusterTile } from '../../store/cluster-state-store.ts';
import type { View } from '../view.ts';
import { countMarks, coverageWords, demoTag, scoreMark } from './marks.ts';

export function tilesOf(view: View, tiles: readonly ClusterTile[]): Markup {
  return html`<ul class="tiles">${tiles.map((one) => tileOf(view, one))}</ul>`;
}
function tileOf(view: View, one: ClusterTile): Markup {
  const { t } = view;
  const facts = [
    one.incidents > 0 &&
      html`<span>${t(`事件 ${one.incidents}`, plural(one.incidents, 'incident'))}${one.breached > 0 && html`${t('，', ', ')}<strong class="critical">${t(`${one.breached} 个超时`, `${one.breached} overdue`)}</strong>`}</span>`,
    one.silent > 0 && html`<span class="warning">▲ ${t(`${one.silent} 个代理失联`, `${one.silent} silent`)}</span>`,
    one.agents === 0 && html`<span>${t('尚未接入代理', 'no agent yet')}</span>`,
  ].filter(Boolean);
  return html`<li class="tile ${toneOfScore(one.score)}"><h3><a href="/clusters/${one.id}">${one.name}</a></h3><span class="muted">${one.customer} ${demoTag(view, one.demo)}</span>${scoreMark(view, one.score)}<span class="muted">${coverageWords(view, one)}</span>${countMarks(view, one.findings)}${facts.length > 0 && html`<span class="facts">${facts}</span>`}<small>${one.asOf !== null && html`${t('巡检于', 'inspected')} ${view.ago(one.asOf, one.zone)}`}</small></li>`;
}
