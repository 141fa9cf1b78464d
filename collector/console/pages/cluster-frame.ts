/** What every page about one cluster has in common: name, score with coverage, tabs. */

import { html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import type { AppDeps } from '../../http/deps.ts';
import { type ClusterState, clusterState } from '../../inspections/cluster-state.ts';
import type { Cluster, Customer } from '../../store/fleet-store.ts';
import type { Page } from '../layout.ts';
import { form, hidden, tabs } from '../parts/forms.ts';
import { coverageWords, demoTag, scoreMark } from '../parts/marks.ts';
import type { View } from '../view.ts';

export interface ClusterFrame {
  readonly cluster: Cluster;
  readonly customer: Customer;
  readonly zone: string;
  /** Nothing before the first inspection. */
  readonly state: ClusterState | undefined;
}
export type ClusterTab = 'overview' | 'findings' | 'capacity' | 'calendar' | 'inventory' | 'compare' | 'agents';

/** @throws AppError `not-found` */
export async function frameOf({ fleet, database: { db }, assemble, version }: AppDeps, view: View, id: string): Promise<ClusterFrame> {
  const cluster = await fleet.cluster(view.visibility, id);
  const customer = await fleet.customer(view.visibility, cluster.customerId);
  const state = await clusterState({ db, assemble, version }, view.visibility, id, view.now);
  return { cluster, customer, zone: cluster.zone ?? customer.zone, state };
}

export function clusterPage(view: View, { cluster, customer, zone, state }: ClusterFrame, tab: ClusterTab, content: Part, title?: string): Page {
  const { score, coverage, period } = state?.model ?? {};
  const base = `/clusters/${cluster.id}`;
  const about: Markup = html`<span>${customer.name} ${demoTag(view, customer.demo)}</span>${scoreMark(view, score?.total ?? null)}<span>${coverageWords(view, { coverage: coverage?.percent ?? null, checked: coverage?.checked ?? null, applicable: coverage?.applicable ?? null })}</span>${period && html`<span>${view.t('巡检于', 'inspected')} ${view.ago(period.asOf * 1_000, zone)}</span>`}`;
  return {
    title: title ?? cluster.name,
    area: 'clusters',
    site: zone,
    trail: [
      [view.t('集群', 'Clusters'), '/clusters'],
      [cluster.name, base],
    ],
    about,
    actions: state && exportButton(view, { customerId: cluster.customerId, clusterId: cluster.id }),
    tabs: tabs(view, tab, [
      ['overview', view.t('概况', 'Overview'), base],
      ['findings', view.t('问题', 'Findings'), `${base}/findings`],
      ['capacity', view.t('容量', 'Capacity'), `${base}/capacity`],
      ['calendar', view.t('到期日历', 'Calendar'), `${base}/calendar`],
      ['inventory', view.t('清单', 'Inventory'), `${base}/inventory`],
      ['compare', view.t('对比', 'Compare'), `${base}/compare`],
      ['agents', view.t('代理', 'Agents'), `${base}/agents`],
    ]),
    content,
    live: tab === 'overview' || tab === 'agents',
  };
}

/** The inspection report in the reader's language, in the formats that are signed and mailed. */
export function exportButton(
  view: View,
  { customerId, clusterId, second = false }: { readonly customerId: string; readonly clusterId: string | null; readonly second?: boolean },
): Part {
  if (!view.may('report.create')) return undefined;
  const formats = (['docx', 'pdf', 'xlsx', 'html'] as const).map((format) => hidden(`format-${format}`, '1'));
  return form(
    view,
    '/reports',
    html`${hidden('customer', customerId)}${clusterId !== null && hidden('cluster', clusterId)}${hidden('kind', 's360')}${hidden(`locale-${view.locale}`, '1')}${formats}`,
    view.t('导出巡检报告', 'Export the report'),
    { second },
  );
}
