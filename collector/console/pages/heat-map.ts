/** Machines × checks: every machine of the cluster, the healthy too, by the checks that are worst on machines. */
import { SEVERITIES } from '../../../agent/wire/vocabulary.ts';
import { known } from '../../../reports/model.ts';
import { breakable, html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import { SEVERITY_MARKS } from '../../../reports/words.ts';
import type { AppDeps } from '../../http/deps.ts';
import type { StateModel } from '../../inspections/cluster-state.ts';
import { type HeatCell, type HeatCheck, type HeatNode, heatCells, heatChecks, heatNodes, type InspectedNode, inspectedNodes } from '../../store/finding-heat.ts';
import { NO_FINDINGS } from '../../store/finding-list.ts';
import { link } from '../html.ts';
import { pages } from '../parts/forms.ts';
import type { View } from '../view.ts';

const ROWS = 25;
const COLUMNS = 16;

interface Machine extends HeatNode {
  /** Why nothing is known of the machine itself; what the API server says of it is. */
  readonly blind: 'no-agent' | 'silent' | 'not-yet' | undefined;
}
/** @param after machines of the pages before */
export async function heatMap(
  deps: AppDeps,
  view: View,
  model: StateModel,
  { clusterId, after, areaTitle }: { readonly clusterId: string; readonly after: number; readonly areaTitle: (area: string) => string },
): Promise<Part> {
  const { db } = deps.database;
  const { t, visibility, now } = view;
  const [failing, ranked, inspected] = await Promise.all([
    heatChecks(db, visibility, clusterId, { now, limit: COLUMNS + 1 }),
    heatNodes(db, visibility, clusterId, now),
    inspectedNodes(db, visibility, clusterId),
  ]);
  const machines = machinesOf(ranked, inspected, model);
  if (machines.length === 0) return html`<p class="muted">${t('还没有机器的巡检结果。', 'No machine was inspected yet.')}</p>`;
  const checks = byArea(failing.slice(0, COLUMNS));
  const shown = machines.slice(after, after + ROWS);
  const cells = await heatCells(db, visibility, clusterId, { nodes: shown.map(({ node }) => node), checks: checks.map(({ check }) => check), now });
  const byPlace = new Map(cells.map((one) => [JSON.stringify([one.node, one.check]), one]));
  const title = (check: string): string => deps.checkTexts(check)?.title[view.locale] ?? check;
  const rows = shown.map(
    (one) =>
      html`<tr><th scope="row"><a href="${link(`/clusters/${clusterId}/findings`, { node: one.node })}">${breakable(one.node)}</a>${stateOf(view, one)}</th>${checks.map(
        ({ check }) => cell(view, byPlace.get(JSON.stringify([one.node, check])), one, { check, title: title(check), clusterId }),
      )}</tr>`,
  );
  const groups = [...Map.groupBy(checks, ({ area }) => area)];
  const heads = html`<tr><th rowspan="2" scope="col">${t('机器', 'Machine')}</th>${groups.map(([area, own]) => html`<th scope="colgroup" colspan="${own.length}" class="area">${areaTitle(area)}</th>`)}</tr><tr>${checks.map(({ check, nodes }) => html`<th scope="col" class="failing"><a href="${link(`/clusters/${clusterId}/findings`, { check })}" title="${t(`${nodes} 台机器`, `${nodes} machines`)}"><span>${title(check)}</span></a></th>`)}</tr>`;
  const healthy = machines.filter((one) => weight(one) === 0 && one.blind === undefined).length;
  const caption = t(
    `每格为该机器未通过该检查的问题数；第 ${after + 1} 至 ${after + shown.length} 台，共 ${machines.length} 台，其中 ${healthy} 台没有问题`,
    `each cell counts the findings of a check on a machine; machines ${after + 1} to ${after + shown.length} of ${machines.length}, ${healthy} of them without a finding`,
  );
  const more =
    failing.length > COLUMNS &&
    html`<p class="note">${t(`显示最严重的 ${COLUMNS} 项检查；`, `The ${COLUMNS} worst checks; `)}<a href="${link(`/clusters/${clusterId}/findings`, { by: 'check' })}">${t('全部检查项', 'all checks')} →</a></p>`;
  const at = (place: number): string => `${link(`/clusters/${clusterId}`, { machines: place === 0 ? undefined : place })}#machines`;
  return html`<div class="scroll" id="machines"><table class="heat"><caption>${caption}</caption><thead>${checks.length === 0 ? html`<tr><th scope="col">${t('机器', 'Machine')}</th></tr>` : heads}</thead><tbody>${rows}</tbody></table></div>${more}${pages(view, { first: after > 0 ? at(0) : undefined, next: after + ROWS < machines.length ? at(after + ROWS) : undefined })}`;
}

/** Every machine that anything is known of: the worst first, those without a finding by their names. */
function machinesOf(ranked: readonly HeatNode[], inspected: readonly InspectedNode[], model: StateModel): readonly Machine[] {
  const agents = new Map(inspected.map((one) => [one.node, one]));
  const names = new Set([
    ...ranked.map(({ node }) => node),
    ...[...agents.keys(), ...(known(model.cluster?.nodes)?.rows ?? []).map(({ name }) => name), ...model.hosts.map(({ name }) => name)].toSorted(),
  ]);
  const counts = new Map(ranked.map((one) => [one.node, one]));
  return [...names].map((node) => {
    const agent = agents.get(node);
    const blind = agent === undefined ? 'no-agent' : agent.silentSince !== null ? 'silent' : agent.lastInspectionAt === null ? 'not-yet' : undefined;
    return { ...(counts.get(node) ?? { ...NO_FINDINGS, node }), blind };
  });
}
function weight({ critical, warning, info }: HeatNode | HeatCheck): number {
  return critical * 10_000 + warning * 100 + info;
}
/** Areas by their worst check, checks of an area together. */
function byArea(checks: readonly HeatCheck[]): readonly HeatCheck[] {
  return [...Map.groupBy(checks, ({ area }) => area).values()].flat();
}
function stateOf({ t }: View, { blind, ...counts }: Machine): Markup {
  if (blind === 'silent') return html`<small class="warning">▲ ${t('代理失联', 'agent silent')}</small>`;
  if (blind === 'no-agent') return html`<small class="muted">? ${t('没有节点代理', 'no node agent')}</small>`;
  if (blind === 'not-yet') return html`<small class="muted">? ${t('尚未巡检', 'not inspected yet')}</small>`;
  return weight(counts) === 0 ? html`<small class="ok">✓ ${t('没有问题', 'no finding')}</small>` : html``;
}
function cell(
  view: View,
  counts: HeatCell | undefined,
  { node, blind }: Machine,
  { check, title, clusterId }: { readonly check: string; readonly title: string; readonly clusterId: string },
): Markup {
  const worst = counts && SEVERITIES.find((severity) => counts[severity] > 0);
  // Nothing found by nobody is not health.
  if (!counts || !worst) return html`<td class="muted">${blind === undefined ? '·' : '?'}</td>`;
  const { shape, word } = SEVERITY_MARKS[worst];
  return html`<td><a class="${worst}" href="${link(`/clusters/${clusterId}/findings`, { node, check })}" aria-label="${`${node}, ${title}: ${word[view.locale]} ${counts[worst]}`}">${shape} ${counts[worst]}</a></td>`;
}
