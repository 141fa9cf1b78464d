/** The further pages of a cluster: capacity, dates to come, inventory, two moments compared, agents. */

import { z } from 'zod';
import { hostFactBlocks, nodesTable } from '../../../reports/chapters/facts.ts';
import { clusterBlocks } from '../../../reports/chapters/overall.ts';
import { formatBytes, formatNumber } from '../../../reports/format.ts';
import { comparisonList, consecutiveReports } from '../../../reports/lists/comparison.ts';
import { differencesList } from '../../../reports/lists/differences.ts';
import { forecastsList } from '../../../reports/lists/forecasts.ts';
import { instancesList } from '../../../reports/lists/middleware.ts';
import { namespacesList } from '../../../reports/lists/namespaces.ts';
import { calendarList, lifecyclesList } from '../../../reports/lists/outlook.ts';
import { backupsList } from '../../../reports/lists/records.ts';
import { systemsList } from '../../../reports/lists/systems.ts';
import { known, type ReportModel } from '../../../reports/model.ts';
import { printableModel } from '../../../reports/printable.ts';
import { html, type Part } from '../../../reports/renderers/markup.ts';
import { comparedWords } from '../../../reports/sections/differences.ts';
import { severityOverTime, standingFigures, trendCharts } from '../../../reports/sections/trends.ts';
import { type Agent, listAgents, retireAgent } from '../../fleet/agents.ts';
import type { AppDeps } from '../../http/deps.ts';
import type { Api } from '../../http/endpoint.ts';
import { Id, IdParams } from '../../http/values.ts';
import type { StateModel } from '../../inspections/cluster-state.ts';
import { compareStates } from '../../inspections/compare-states.ts';
import { NothingToReport } from '../../reports/make-report.ts';
import { inspectionMoments } from '../../store/snapshot-store.ts';
import { link, NOTHING } from '../html.ts';
import { addForm, addPage } from '../page.ts';
import { blocksMarkup, listMarkup } from '../parts/blocks.ts';
import { type Choices, disclosure, field, form, pages, select } from '../parts/forms.ts';
import { empty } from '../parts/marks.ts';
import type { View } from '../view.ts';
import { agentRole } from '../words/audit-words.ts';
import { type ClusterTab, clusterPage, frameOf } from './cluster-frame.ts';
import { notInspected } from './clusters.ts';

/** Machines whose facts are shown in full; a larger cluster has its table of nodes. */
const MOST_HOSTS = 12;
const AGENTS = 100;

export function clusterTabPages(api: Api, deps: AppDeps): void {
  const tab = (id: ClusterTab, summary: string, draw: (view: View, model: StateModel) => Promise<Part>): void =>
    addPage(
      api,
      { path: `/clusters/:id/${id}`, id: `cluster${id[0]?.toUpperCase()}${id.slice(1)}Page`, summary, permission: 'cluster.read', params: IdParams },
      async (view, { params }) => {
        const frame = await frameOf(deps, view, params.id);
        return clusterPage(view, frame, id, frame.state ? await draw(view, frame.state.model) : notInspected(view, frame));
      },
    );
  tab('capacity', 'Page of capacity and forecast of a cluster', capacity);
  tab('calendar', 'Page of dates to come of a cluster', calendar);
  tab('inventory', 'Page of what a cluster consists of', inventory);
  comparePage(api, deps);
  agentPages(api, deps);
}

/** Lists ask for the whole document; they read the parts that the state keeps. */
function whole(model: StateModel): ReportModel {
  return { ...model, findings: [], accepted: [], checks: [], changes: { missing: 'no-history' } };
}

async function capacity(view: View, model: StateModel): Promise<Part> {
  const charts = trendCharts(whole(model), ['disk', 'inodes', 'memory', 'cpu', 'etcd-database', 'pods', 'network'], view.locale);
  return html`${await listMarkup(view, forecastsList, whole(model))}<h2>${view.t('最近 30 天', 'The last 30 days')}</h2>${await blocksMarkup(view, charts)}${await blocksMarkup(view, severityOverTime(whole(model), view.locale))}`;
}
/** What somebody plans for now; certificates of a whole cluster often share one date years away. */
const NEAR_SECONDS = 180 * 86_400;
const nearList: typeof calendarList = { ...calendarList, empty: { zh: '未来 180 天内没有到期的。', en: 'Nothing falls due within 180 days.' } };

async function datesToCome(view: View, model: ReportModel): Promise<Part> {
  const dates = known(model.calendar);
  const until = model.period.asOf + NEAR_SECONDS;
  const later = dates?.rows.filter(({ dueAt }) => dueAt > until) ?? [];
  if (!dates || later.length === 0) return await listMarkup(view, calendarList, model);
  const of = (rows: typeof dates.rows, total: number): ReportModel => ({ ...model, calendar: { value: { rows, total } } });
  const near = dates.rows.filter(({ dueAt }) => dueAt <= until);
  return html`${await listMarkup(view, nearList, of(near, near.length))}${disclosure(
    view.t(`180 天之后：${formatNumber(dates.total - near.length)} 项`, `Later than 180 days: ${formatNumber(dates.total - near.length)}`),
    await listMarkup(view, calendarList, of(later, dates.total - near.length)),
  )}`;
}
async function calendar(view: View, model: StateModel): Promise<Part> {
  return html`${await datesToCome(view, whole(model))}${await listMarkup(view, lifecyclesList, whole(model))}${await listMarkup(view, backupsList, whole(model))}`;
}
async function inventory(view: View, model: StateModel): Promise<Part> {
  const { t, locale } = view;
  const nodes = known(model.cluster?.nodes);
  const hosts = model.hosts.slice(0, MOST_HOSTS);
  return html`${model.cluster && (await blocksMarkup(view, clusterBlocks(model.cluster, whole(model), locale)))}
${nodes && (await blocksMarkup(view, [nodesTable(nodes.rows, nodes.total, t('节点', 'Nodes'), t('没有节点。', 'No nodes.'), locale)]))}
${model.differences && html`${await listMarkup(view, differencesList, whole(model))}<p class="note">${comparedWords(whole(model), locale)}</p>`}${await listMarkup(view, namespacesList, whole(model))}${await listMarkup(view, instancesList, whole(model))}${await listMarkup(view, systemsList, whole(model))}
${hosts.length > 0 && html`<h2>${t('机器', 'Machines')}<small>${t(`显示 ${hosts.length}，共 ${model.hosts.length}`, `${hosts.length} of ${model.hosts.length}`)}</small></h2>${await Promise.all(hosts.map(async (host) => html`<details class="disclosure"><summary>${host.name}</summary>${await blocksMarkup(view, hostFactBlocks(host, locale))}</details>`))}`}`;
}

const Moment = z.union([z.literal(''), z.iso.datetime({ local: true, offset: false })]).optional();
const DAY_MS = 86_400_000;

function comparePage(api: Api, deps: AppDeps): void {
  addPage(
    api,
    {
      path: '/clusters/:id/compare',
      id: 'clusterComparePage',
      summary: 'Page of two moments of a cluster compared',
      permission: 'cluster.read',
      params: IdParams,
      query: { before: Moment, after: Moment },
    },
    async (view, { params, query }) => {
      const frame = await frameOf(deps, view, params.id);
      const { t, now } = view;
      const at = (given: string | undefined, otherwise: number): number => (given === undefined || given === '' ? otherwise : view.moment(given, frame.zone));
      const local = (moment: number): string => view.local(moment, frame.zone);
      const before = at(query.before, now - 7 * DAY_MS);
      const after = at(query.after, now);
      const moments = await inspectionMoments(deps.database.db, view.visibility, params.id);
      /** Inspections that are kept, and the moment that is looked at if it is none of theirs. */
      const momentChoices = (chosen: number): Choices => {
        const listed = moments.map((moment) => [local(moment), view.clock(moment - 60_000, frame.zone)] as const);
        return listed.some(([value]) => value === local(chosen))
          ? listed
          : [[local(chosen), t(`${view.clock(chosen, frame.zone)}（此刻之前）`, `before ${view.clock(chosen, frame.zone)}`)], ...listed];
      };
      const action = `/clusters/${params.id}/compare`;
      const one = (content: Part): Part => html`<form method="get" action="${action}" class="filters">${content}<button>${t('对比', 'Compare')}</button></form>`;
      const choice = (label: string, name: string, moment: number): Part => html`<div class="field whole">${select(label, name, momentChoices(moment), local(moment))}</div>`;
      const listed = one([choice(t('较早', 'Earlier'), 'before', before), choice(t('较晚', 'Later'), 'after', after)]);
      const typed = one([
        field(t('较早', 'Earlier'), 'before', { type: 'datetime-local', value: local(before), required: true }),
        field(t('较晚', 'Later'), 'after', { type: 'datetime-local', value: local(after), required: true }),
      ]);
      const choose = html`${listed}${disclosure(t('其他时刻…', 'Another moment…'), typed)}<p class="note">${t('每个时刻取各代理当时最新的一次巡检；原始巡检保留 30 天。', 'Of each moment the newest inspection of every agent counts; inspections are kept for 30 days.')}</p>`;
      return clusterPage(view, frame, 'compare', html`${choose}${frame.state && (await compared(deps, view, frame.cluster, { before, after }))}`);
    },
  );
}
/** The same as in a report, but of two inspections: no report was before. */
const twoMoments: typeof comparisonList = {
  ...comparisonList,
  title: { zh: '两个时刻之间的变化', en: 'What changed between the two' },
  empty: { zh: '两个时刻都没有发现问题。', en: 'Neither moment has a finding.' },
  columns: comparisonList.columns.filter((column) => column !== consecutiveReports),
};
async function compared(
  { database: { db }, assemble, checkTexts }: AppDeps,
  view: View,
  cluster: Parameters<typeof compareStates>[1],
  moments: Parameters<typeof compareStates>[2],
): Promise<Part> {
  const { t, locale } = view;
  if (moments.before >= moments.after)
    return html`<p class="notice bad" role="alert">■ ${t('较早的时刻必须在较晚的时刻之前。', 'The earlier moment has to lie before the later one.')}</p>`;
  try {
    const model = printableModel(await compareStates({ db, assemble }, cluster, moments));
    const titled = model.checks.length > 0 ? model : { ...model, checks: checksOf(model, checkTexts) };
    return html`${await blocksMarkup(view, standingFigures(titled, locale))}${await listMarkup(view, twoMoments, titled)}`;
  } catch (error) {
    if (error instanceof NothingToReport) return empty(t('其中一个时刻没有可用的巡检。', 'One of the two moments has no inspection that is still kept.'));
    throw error;
  }
}
function checksOf(model: ReportModel, checkTexts: AppDeps['checkTexts']): ReportModel['checks'] {
  const severities = new Map((known(model.comparison)?.findings ?? []).map(({ finding }) => [finding.check, finding]));
  return [...severities.values()].flatMap(({ check, area, severity }) => {
    const texts = checkTexts(check);
    return texts ? [{ id: check, area, severity, title: texts.title, why: texts.why, remedy: texts.remedy }] : [];
  });
}

const AgentParams = z.strictObject({ id: Id, agent: z.string().regex(/^[0-9a-f]{32}$/) });

function agentPages(api: Api, deps: AppDeps): void {
  addPage(
    api,
    {
      path: '/clusters/:id/agents',
      id: 'clusterAgentsPage',
      summary: 'Page of agents of a cluster',
      permission: 'agent.read',
      params: IdParams,
      query: { cursor: z.string().max(400).optional() },
    },
    async (view, { params, query: { cursor } }) => {
      const frame = await frameOf(deps, view, params.id);
      const found = await listAgents(deps.database.db, view.visibility, { clusterId: params.id, after: cursor, limit: AGENTS + 1 });
      const shown = found.slice(0, AGENTS);
      const last = found.length > AGENTS ? shown.at(-1) : undefined;
      const path = `/clusters/${params.id}/agents`;
      const list = shown.length === 0 ? notInspected(view, frame) : agentTable(view, shown, frame.zone);
      return clusterPage(view, frame, 'agents', html`${list}${pages(view, { first: cursor && path, next: last && link(path, { cursor: `${last.clusterId}|${last.agent}` }) })}`);
    },
  );
  addForm(
    api,
    {
      path: '/clusters/:id/agents/:agent/retire',
      id: 'retireAgentForm',
      summary: 'Form to take an agent out of service',
      permission: 'agent.retire',
      params: AgentParams,
      body: z.strictObject({}),
    },
    ({ params }) => `/clusters/${params.id}/agents`,
    async ({ caller, params, now }) => {
      await retireAgent(deps.database, caller, params.id, params.agent, now);
      return { to: `/clusters/${params.id}/agents`, say: 'done' };
    },
  );
}

export function agentTable(view: View, agents: readonly Agent[], zone: string, nameOf?: (clusterId: string) => string): Part {
  const { t } = view;
  const rows = agents.map((one) => {
    const { outbox, skewMs, silentSince } = one;
    const state =
      silentSince === null
        ? html`<span class="ok">✓ ${t('正常', 'heard of')}</span>`
        : html`<span class="mark warning">▲ ${t('失联', 'silent')}</span><small>${view.ago(silentSince, zone)}</small>`;
    const waits =
      outbox !== null &&
      html`${formatNumber(outbox.items)} · ${formatBytes(outbox.bytes)}${Object.values(outbox.dropped).some((count) => count > 0) && html`<small class="warning">▲ ${t('有丢弃', 'some were dropped')}</small>`}`;
    const retire =
      view.may('agent.retire') &&
      form(view, `/clusters/${one.clusterId}/agents/${one.agent}/retire`, NOTHING, t('停用', 'Retire'), {
        plain: true,
        confirm: t(
          `停用代理 ${one.node ?? one.agent}？它的失联不再是问题，它发现的问题也不再跟踪。`,
          `Retire the agent of ${one.node ?? one.agent}? Its silence is no trouble any more, and its findings are followed no longer.`,
        ),
      });
    return html`<tr data-row><td class="name">${one.node ?? agentRole(one.role, view.locale)}${one.node !== null && html`<small>${agentRole(one.role, view.locale)}</small>`}</td>${nameOf && html`<td>${nameOf(one.clusterId)}</td>`}<td class="t">${state}</td><td class="t">${view.ago(one.lastHeartbeatAt, zone)}</td><td class="t">${view.ago(one.lastInspectionAt, zone)}</td><td class="n">${waits}</td><td class="n">${skewMs === null ? '' : `${formatNumber(Math.round(skewMs / 100) / 10)} s`}</td><td>${one.version}</td><td>${retire}</td></tr>`;
  });
  const heads = [t('机器', 'Machine'), ...(nameOf ? [t('集群', 'Cluster')] : []), t('状态', 'State'), t('最后心跳', 'Heartbeat'), t('最近巡检', 'Inspected')];
  return html`<div class="scroll"><table class="stack"><thead><tr>${heads.map((head) => html`<th>${head}</th>`)}<th class="n">${t('待发送', 'Waiting to be sent')}</th><th class="n">${t('时钟偏差', 'Clock')}</th><th>${t('版本', 'Version')}</th><th><span class="hidden">${t('操作', 'Acts')}</span></th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
