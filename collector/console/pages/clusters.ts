/** /clusters: all of them worst first, and each with its score explained, trend, heat map and worst findings. */
import { z } from 'zod';
import type { Finding } from '../../../agent/wire/inspection.ts';
import { AREA_TITLES, type Area, type Reason, SEVERITIES } from '../../../agent/wire/vocabulary.ts';
import { scoreByArea, scoreOverTime } from '../../../reports/charts/figures.ts';
import { formatNumber } from '../../../reports/format.ts';
import type { ReportModel } from '../../../reports/model.ts';
import { html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import { REASON_WORDS } from '../../../reports/words.ts';
import type { AppDeps } from '../../http/deps.ts';
import type { Api } from '../../http/endpoint.ts';
import { Id, IdParams, Search } from '../../http/values.ts';
import type { StateModel } from '../../inspections/cluster-state.ts';
import { listTiles } from '../../store/cluster-state-store.ts';
import { type FindingGroupRow, groupFindings, listFindingPage } from '../../store/finding-list.ts';
import { countIncidents } from '../../store/incident-counts.ts';
import { link } from '../html.ts';
import { addPage } from '../page.ts';
import { figure } from '../parts/charts.ts';
import { disclosure, field, filters, pages, select } from '../parts/forms.ts';
import { incidentTable } from '../parts/incident-rows.ts';
import { empty, severityMark, totalOf } from '../parts/marks.ts';
import { customerChoices, placesOf } from '../parts/places.ts';
import { tilesOf } from '../parts/tiles.ts';
import type { View } from '../view.ts';
import { type ClusterFrame, clusterPage, frameOf } from './cluster-frame.ts';
import { findingRows } from './finding-rows.ts';
import { heatMap } from './heat-map.ts';
import { inspectButton, inspectProgress } from './inspect-now.ts';

const PAGE = 60;
const WORST = 10;
const FIRST = 5;

export function clusterPages(api: Api, deps: AppDeps): void {
  addPage(
    api,
    {
      path: '/clusters',
      id: 'clustersPage',
      summary: 'Page of clusters',
      permission: 'cluster.read',
      query: { customer: Id.or(z.literal('')).optional(), q: Search, cursor: z.string().max(400).optional() },
    },
    async (view, { query: { customer, q, cursor } }) => {
      const customerId = customer === '' ? undefined : customer;
      const found = await listTiles(deps.database.db, view.visibility, { customerId, search: q, cursor, limit: PAGE });
      const customers = await customerChoices(deps, view.visibility);
      const chosen = { customer: customerId, q };
      const choose = html`${field(view.t('搜索集群或客户', 'Search cluster or customer'), 'q', { value: q, type: 'search', max: 100 })}${customers.length > 1 && select(view.t('客户', 'Customer'), 'customer', [['', view.t('全部', 'all')], ...customers], customerId)}`;
      const list =
        found.items.length > 0
          ? html`<h2 class="hidden">${view.t('集群列表', 'List of clusters')}</h2>${tilesOf(view, found.items)}`
          : empty(
              view.t('没有符合条件的集群。', 'No cluster matches.'),
              view.may('cluster.write') && html`<a class="button" href="/admin/connect">${view.t('接入集群', 'Connect a cluster')}</a>`,
            );
      return {
        title: view.t('集群', 'Clusters'),
        area: 'clusters',
        live: true,
        about: view.t('最差的在前；得分与覆盖率并列', 'worst first; score beside coverage'),
        actions: html`<a class="button second" href="/findings">${view.t('全部问题', 'All findings')}</a>${view.may('cluster.write') && html`<a class="button" href="/admin/connect">${view.t('接入集群', 'Connect a cluster')}</a>`}`,
        content: html`${filters(view, '/clusters', choose)}${list}${pages(view, { first: cursor && link('/clusters', chosen), next: found.next && link('/clusters', { ...chosen, cursor: found.next }) })}`,
      };
    },
  );
  addPage(
    api,
    {
      path: '/clusters/:id',
      id: 'clusterPage',
      summary: 'Page of a cluster',
      permission: 'cluster.read',
      params: IdParams,
      query: { machines: z.coerce.number().int().min(0).max(10_000).optional() },
    },
    async (view, { params, query }) => {
      const frame = await frameOf(deps, view, params.id);
      const progress = await deps.inspectNow.progress(view.visibility, params.id, view.now);
      const content = html`${inspectProgress(view, progress, frame.zone, frame.customer.demo)}${frame.state ? await overview(deps, view, frame, frame.state.model, query.machines ?? 0) : notInspected(view, frame)}`;
      const page = clusterPage(view, frame, 'overview', content);
      return { ...page, actions: html`${inspectButton(view, params.id, progress)}${page.actions}` };
    },
  );
}

export function notInspected(view: View, { cluster }: ClusterFrame): Markup {
  return empty(
    view.t('还没有巡检结果。安装代理后，首次巡检会立即开始。', 'Nothing was inspected yet. Once an agent is installed, the first inspection begins at once.'),
    view.may('token.write') && html`<a class="button" href="/admin/clusters/${cluster.id}">${view.t('安装命令', 'Install command')}</a>`,
  );
}

async function overview(deps: AppDeps, view: View, { cluster, zone }: ClusterFrame, model: StateModel, after: number): Promise<Markup> {
  const { db } = deps.database;
  const { visibility, now, locale } = view;
  const [areas, heat, worst, active, counts] = await Promise.all([
    groupFindings(db, visibility, { clusterId: cluster.id }, 'area', { now }),
    heatMap(deps, view, model, { clusterId: cluster.id, after, areaTitle: (area) => titleOfArea(view, area) }),
    listFindingPage(db, visibility, { clusterId: cluster.id }, { now, limit: WORST }),
    deps.incidents.list(visibility, { clusterId: cluster.id, states: ['open', 'acknowledged', 'in-progress', 'on-hold', 'recovering'] }, { now, order: 'urgent', limit: FIRST }),
    countIncidents(db, visibility, { clusterId: cluster.id }, { now, person: view.person.userId, soon: now }),
  ]);
  const drawn = withSeverities(model, areas);
  const trend = scoreOverTime(drawn, locale);
  const total = areas.reduce((sum, one) => sum + totalOf(one), 0);
  const findings =
    worst.items.length === 0
      ? html`<p class="ok">✓ ${view.t('没有未处理的问题；未检查的项目见下。', 'No open finding; what was not checked stands below.')}</p>`
      : findingRows(view, deps, worst.items, { zone });
  return html`${active.items.length > 0 && html`<h2>${view.t('事件', 'Incidents')}<small>${view.t(`最紧急的在前，显示 ${active.items.length}，共 ${counts.todo}`, `most urgent first, ${active.items.length} of ${counts.todo}`)}</small></h2>${await incidentTable(view, deps, active.items, placesOf(deps, visibility, locale))}${counts.todo > active.items.length && html`<p><a href="${link('/incidents', { cluster: cluster.id })}">${view.t('全部事件', 'All incidents')} →</a></p>`}`}
<h2>${view.t('最严重的问题', 'Worst findings')}<small>${view.t(`显示 ${worst.items.length}，共 ${total}`, `${worst.items.length} of ${total}`)}</small></h2>${findings}${total > worst.items.length && html`<p><a href="/clusters/${cluster.id}/findings">${view.t('全部问题', 'All findings')} →</a></p>`}
<div class="columns"><section><h2>${view.t('得分如何得出', 'Where the score comes from')}</h2>${explanation(deps, view, model, cluster.id)}</section><section>${trend && html`<h2>${view.t('趋势', 'Trend')}</h2>${await figure(trend)}`}<h2>${view.t('各领域', 'Areas')}</h2>${await figure(scoreByArea(drawn, locale))}</section></div>
<h2>${view.t('机器与检查项', 'Machines by check')}</h2>${heat}
${notChecked(view, deps, model)}`;
}

/** The state keeps no findings: of those that the store has now, an area's worst is all that its colour needs. */
function withSeverities(model: StateModel, areas: readonly FindingGroupRow[]): ReportModel {
  const findings = areas.flatMap((row) => SEVERITIES.filter((severity) => row[severity] > 0).map((severity) => ({ area: row.key, severity }) as Finding));
  return { ...model, findings, accepted: [], checks: [], changes: { missing: 'no-history' } };
}

function explanation({ checkTexts }: AppDeps, view: View, { score, coverage, scoreShares }: StateModel, clusterId: string): Markup {
  const { t } = view;
  const { total, uncapped, levers } = score;
  if (total === null) return html`<p>${t('没有任何检查得到结果，因此没有得分。', 'No check was answered, so there is no score.')}</p>`;
  const share =
    scoreShares &&
    t(
      `每个未通过的检查扣去剩余分数的一部分：严重 ${scoreShares.critical} %，风险 ${scoreShares.warning} %，关注 ${scoreShares.info} %。`,
      `Every failing check takes a share of what is left: critical ${scoreShares.critical} %, warning ${scoreShares.warning} %, notice ${scoreShares.info} %.`,
    );
  const cap =
    uncapped !== null && uncapped > total
      ? t(
          `按问题计为 ${uncapped} 分，但只检查了 ${formatNumber(coverage.percent)} %，得分不超过覆盖率：${total} 分。`,
          `By its findings it is ${uncapped}, but only ${formatNumber(coverage.percent)} % was checked, and a score never exceeds coverage: ${total}.`,
        )
      : t(
          `得分 ${total}；适用的 ${coverage.applicable} 项检查中有 ${coverage.checked} 项得到结果。`,
          `The score is ${total}; ${coverage.checked} of ${coverage.applicable} checks that apply were answered.`,
        );
  const rows = levers.map(
    ({ check, points }) =>
      html`<tr><td class="name"><a href="${link(`/clusters/${clusterId}/findings`, { check })}">${checkTexts(check)?.title[view.locale] ?? check}</a></td><td class="n">+${formatNumber(points)}</td></tr>`,
  );
  return html`<p>${cap} ${share}</p>${rows.length > 0 && html`<table><thead><tr><th>${t('解决哪一项最能提高得分', 'What raises the score most')}</th><th class="n">${t('分', 'points')}</th></tr></thead><tbody>${rows}</tbody></table>`}`;
}

export function titleOfArea({ locale }: View, area: string): string {
  return Object.hasOwn(AREA_TITLES, area) ? AREA_TITLES[area as Area][locale] : area;
}

function notChecked(view: View, { checkTexts }: AppDeps, { verdicts }: StateModel): Part {
  if (verdicts.length === 0)
    return html`<h2>${view.t('未检查的项目', 'Not checked')}</h2><p class="ok">✓ ${view.t('适用的检查全部得到结果。', 'Every check that applies was answered.')}</p>`;
  const reasons = [...Map.groupBy(verdicts, ({ reason }) => reason ?? 'failed')].toSorted(([, a], [, b]) => b.length - a.length);
  return html`<h2>${view.t('未检查的项目', 'Not checked')}<small>${verdicts.length}</small></h2><p class="muted">${view.t('缺少数据不算正常。', 'Missing data is never a pass.')}</p>${reasons.map(
    ([reason, own]) =>
      disclosure(
        `${REASON_WORDS[reason as Reason]?.[view.locale] ?? reason} · ${own.length}`,
        html`<ul>${own.map(({ check, severity }) => html`<li>${checkTexts(check)?.title[view.locale] ?? check} <small>${severityMark(view, severity)}</small></li>`)}</ul>`,
      ),
  )}`;
}
