/** /: what is the state, what must be done first, what changed; live. */
import { formatNumber, plural } from '../../../reports/format.ts';
import { html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import type { AppDeps } from '../../http/deps.ts';
import type { Api } from '../../http/endpoint.ts';
import { titleOf } from '../../incident-news.ts';
import { type FleetPulse, fleetPulse, listTiles, silentAgentsOf } from '../../store/cluster-state-store.ts';
import { countFindings, type FindingGroupRow, groupFindings, type SeverityCounts } from '../../store/finding-list.ts';
import type { IncidentSummary } from '../../store/incident-list.ts';
import { link } from '../html.ts';
import type { Page } from '../layout.ts';
import { addPage } from '../page.ts';
import { answeredOf, dueWords, incidentPath, objectOf } from '../parts/incident-rows.ts';
import { countMarks, demoTag, empty, severityMark, totalOf } from '../parts/marks.ts';
import { type PlaceOf, placesOf } from '../parts/places.ts';
import { remedyParts } from '../parts/remedy.ts';
import { tilesOf } from '../parts/tiles.ts';
import type { View } from '../view.ts';
import { agentRole } from '../words/audit-words.ts';

const DAY_MS = 86_400_000;
const TILES = 48;
const FIRST = 3;
const LISTED = 6;
/** States that somebody has something to do in. */
const TO_DO = ['open', 'acknowledged', 'in-progress', 'on-hold', 'recovering'] as const;

export function overviewPages(api: Api, deps: AppDeps): void {
  addPage(api, { path: '/', id: 'overviewPage', summary: 'Page of the fleet', permission: 'cluster.read' }, async (view) => await overview(deps, view));
}

async function overview(deps: AppDeps, view: View): Promise<Page> {
  const { database, incidents } = deps;
  const { db } = database;
  const { visibility, now } = view;
  const yesterday = now - DAY_MS;
  const [pulse, tiles, worst, due, fresh, gone, groups, silent] = await Promise.all([
    fleetPulse(db, visibility),
    listTiles(db, visibility, { limit: TILES }),
    incidents.list(visibility, { states: TO_DO }, { now, order: 'urgent', limit: FIRST }),
    // What is over its time already stands above: it must not hide what can still be kept.
    incidents.list(visibility, { states: TO_DO, dueFrom: now }, { now, order: 'due', limit: LISTED }),
    countFindings(db, visibility, { since: yesterday }, now),
    countFindings(db, visibility, { state: 'gone', goneSince: yesterday }, now),
    groupFindings(db, visibility, { since: yesterday }, 'check', { now, limit: LISTED }),
    silentAgentsOf(db, visibility, LISTED),
  ]);
  const title = view.t('总览', 'Overview');
  if (pulse.clusters === 0) return { title, area: 'overview', content: firstSteps(view), live: true };
  const placeOf = placesOf(deps, visibility, view.locale);
  const clusters = html`<h2>${view.t('集群', 'Clusters')}<small>${view.t(`最差的在前，显示 ${tiles.items.length}，共 ${pulse.clusters}`, `worst first, ${tiles.items.length} of ${pulse.clusters}`)}</small></h2>${tilesOf(view, tiles.items)}${tiles.next && html`<p><a href="/clusters">${view.t('全部集群', 'All clusters')} →</a></p>`}`;
  return {
    title,
    area: 'overview',
    live: true,
    about: stateSentence(view, pulse),
    actions: view.may('report.create') && html`<a class="button second" href="/reports/new">${view.t('生成报告', 'Make a report')}</a>`,
    content: html`<span data-now="${now}"></span>${await firstThings(deps, view, worst.items, placeOf)}${clusters}<div class="columns"><section><h2>${view.t('即将到期', 'About to breach')}</h2>${await dueList(deps, view, due.items, { placeOf, breached: pulse.breached })}</section><section>${changes(deps, view, fresh, gone, groups)}${silentList(view, silent, pulse)}</section></div>`,
  };
}

function stateSentence(view: View, { clusters, customers, incidents, unacknowledged, breached, silent, agents }: FleetPulse): Markup {
  const part = (count: number, zh: string, en: string, tone: string, path: string): Part =>
    count > 0 && html`<a class="${tone}" href="${path}">${tone === 'critical' ? '■ ' : tone === 'warning' ? '▲ ' : ''}${view.t(zh, en)}</a>`;
  return html`<span>${view.t(`${customers} 个客户，${clusters} 个集群，${agents} 个代理`, `${plural(customers, 'customer')}, ${plural(clusters, 'cluster')}, ${plural(agents, 'agent')}`)}</span>${part(incidents, `${incidents} 个事件未解决`, `${plural(incidents, 'incident')} open`, '', '/incidents')}${part(breached, `${breached} 个已超时`, `${breached} overdue`, 'critical', '/incidents?show=breached')}${part(unacknowledged, `${unacknowledged} 个待受理`, `${unacknowledged} unacknowledged`, 'warning', '/incidents?show=unacknowledged')}${part(silent, `${silent} 个代理失联`, `${plural(silent, 'agent')} silent`, 'warning', '/admin/agents?silent=true')}`;
}

/** At most three, each with what to do. */
async function firstThings({ checkTexts, database }: AppDeps, view: View, items: readonly IncidentSummary[], placeOf: PlaceOf): Promise<Part> {
  if (items.length === 0) return html`<p class="lead ok">✓ ${view.t('没有待处理的事件。', 'No incident needs anybody.')}</p>`;
  const answered = await answeredOf(view, database.db, items);
  const rows: Markup[] = [];
  for (const one of items) {
    const place = await placeOf(one);
    const remedy = checkTexts(one.rule)?.remedy[view.locale];
    rows.push(
      html`<tr data-row><td class="t">${place.level}<small>${severityMark(view, one.severity)}</small></td><td class="name"><a href="${incidentPath(one)}">${titleOf(checkTexts, one)[view.locale]}</a><small>${objectOf(view, one)} · ${place.customer} ${place.cluster} ${demoTag(view, place.isDemo)}</small>${answered(one)}</td><td>${remedy === undefined ? '' : remedyParts(remedy, one.scope).parts}</td><td class="t">${dueWords(view, one, place.zone)}${one.isBreached && (one.nextDueAt ?? view.now) >= view.now && html`<span class="mark critical late"><span aria-hidden="true">■</span> ${view.t('已超时', 'overdue')}</span>`}</td></tr>`,
    );
  }
  const heads = [view.t('级别', 'Level'), view.t('问题', 'What'), view.t('处置建议', 'Remedy'), view.t('时限', 'Due')];
  return html`<h2>${view.t('先做这些', 'Do these first')}</h2><div class="scroll"><table class="stack"><thead><tr>${heads.map((head) => html`<th>${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

async function dueList(
  deps: AppDeps,
  view: View,
  items: readonly IncidentSummary[],
  { placeOf, breached }: { readonly placeOf: PlaceOf; readonly breached: number },
): Promise<Part> {
  const late = breached > 0 && html`<p><a class="critical" href="/incidents?show=breached">■ ${view.t(`另有 ${breached} 个已超时`, `${breached} overdue besides`)} →</a></p>`;
  if (items.length === 0) return html`${late}<p class="muted">${view.t('没有将要到期的时限。', 'No clock is about to run out.')}</p>`;
  const rows: Markup[] = [];
  for (const one of items) {
    const place = await placeOf(one);
    rows.push(
      html`<tr data-row><td class="t">${dueWords(view, one, place.zone)}</td><td class="name"><a href="${incidentPath(one)}">${titleOf(deps.checkTexts, one)[view.locale]}</a><small>${place.customer} ${place.cluster}</small></td><td class="t">${place.level}</td></tr>`,
    );
  }
  return html`${late}<table class="stack"><thead><tr><th>${view.t('时限', 'Due')}</th><th>${view.t('事件', 'Incident')}</th><th>${view.t('级别', 'Level')}</th></tr></thead><tbody>${rows}</tbody></table><p><a href="/incidents?order=due">${view.t('按时限查看全部', 'All by due time')} →</a></p>`;
}

function changes({ checkTexts }: AppDeps, view: View, fresh: SeverityCounts, gone: SeverityCounts, groups: readonly FindingGroupRow[]): Markup {
  const rows = groups.map(
    ({ key, ...counts }) =>
      html`<tr data-row><td>${countMarks(view, counts)}</td><td class="name"><a href="${link('/findings', { check: key, since: '1' })}">${checkTexts(key)?.title[view.locale] ?? key}</a></td></tr>`,
  );
  const words = view.t(
    `新增 ${formatNumber(totalOf(fresh))} 项问题，消除 ${formatNumber(totalOf(gone))} 项。`,
    `${plural(totalOf(fresh), 'new problem')}, ${formatNumber(totalOf(gone))} gone.`,
  );
  return html`<h2>${view.t('最近 24 小时的变化', 'Changed in the last 24 hours')}</h2><p>${words}</p>${rows.length > 0 && html`<table><thead><tr><th>${view.t('新增', 'New')}</th><th>${view.t('检查项', 'Check')}</th></tr></thead><tbody>${rows}</tbody></table><p><a href="/findings?since=1">${view.t('全部新增', 'All new ones')} →</a></p>`}`;
}

function silentList(view: View, items: Awaited<ReturnType<typeof silentAgentsOf>>, { silent: total, agents }: FleetPulse): Part {
  const title = view.t('失联的代理', 'Silent agents');
  if (items.length === 0 && agents === 0) return undefined;
  if (items.length === 0)
    return html`<h2>${title}</h2><p class="ok">✓ ${view.t(`没有，${agents} 个代理都有心跳。`, `None: ${agents === 1 ? 'the one agent is' : `all ${formatNumber(agents)} agents are`} heard.`)}</p>`;
  const rows = items.map(
    (one) => html`<tr><td>${one.node ?? agentRole(one.role, view.locale)}<small>${one.cluster}</small></td><td class="t">${view.ago(one.silentSince, one.zone)}</td></tr>`,
  );
  return html`<h2>${title}<small>${items.length} / ${total}</small></h2><p class="muted">${view.t('失联不等于正常：它们的问题既不会消失也不会更新。', 'Silence is not health: what they found stays, and nothing new is seen.')}</p><table><thead><tr><th>${view.t('代理', 'Agent')}</th><th>${view.t('最后心跳', 'Last heartbeat')}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function firstSteps(view: View): Markup {
  const { customerId, serves } = view.person;
  if (customerId === null && serves !== 'all' && serves.length === 0)
    return empty(
      view.t(
        '您的账号还没有分配任何客户。请支持中心的管理员在“管理 → 用户”中打开您的账号，选择服务的客户。',
        "Your account serves no customer yet. Ask the support centre's administrator to choose them under Administration, Users, on your page.",
      ),
    );
  if (!view.may('cluster.write')) return empty(view.t('还没有接入任何集群。请联系支持中心的管理员。', "No cluster is connected yet. Ask the support centre's administrator."));
  return html`<section class="empty"><h2>${view.t('接入第一个集群', 'Connect the first cluster')}</h2><ol><li>${view.t('登记客户与合同', 'Enter the customer and its contract')}</li><li>${view.t('登记集群并复制安装命令', 'Enter the cluster and copy the install command')}</li><li>${view.t('在集群中运行该命令；问题会在一分钟内出现在这里', 'Run it at the cluster: what is found appears here within a minute')}</li></ol><p class="acts"><a class="button" href="/admin/connect">${view.t('开始', 'Begin')}</a></p></section>`;
}
