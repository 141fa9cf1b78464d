/** /findings and /clusters/:id/findings: filter, group, sort, search; the address says it all. */
import { z } from 'zod';
import { AREAS, SEVERITIES } from '../../../agent/wire/vocabulary.ts';
import { formatNumber } from '../../../reports/format.ts';
import { html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import { SEVERITY_MARKS } from '../../../reports/words.ts';
import type { AppDeps } from '../../http/deps.ts';
import type { Api } from '../../http/endpoint.ts';
import { Id, IdParams, line, Search } from '../../http/values.ts';
import {
  checksFound,
  countFindings,
  FINDING_GROUPS,
  FINDING_ORDERS,
  FINDING_STATES,
  type FindingFilter,
  type FindingGroup,
  type FindingGroupRow,
  groupFindings,
  listFindingPage,
} from '../../store/finding-list.ts';
import { link } from '../html.ts';
import { addPage } from '../page.ts';
import { type Choices, field, filters, pages, select } from '../parts/forms.ts';
import { countMarks, empty, totalOf } from '../parts/marks.ts';
import { clusterChoices, customerChoices } from '../parts/places.ts';
import type { View } from '../view.ts';
import { clusterPage, frameOf } from './cluster-frame.ts';
import { titleOfArea } from './clusters.ts';
import { findingRows } from './finding-rows.ts';

const PAGE = 50;
const GROUPS = 100;
const DAY_MS = 86_400_000;
const DEFAULT_ZONE = 'Asia/Shanghai';

/** What a form sends empty was not chosen. */
const chosen = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const Filter = {
  severity: chosen(z.enum(SEVERITIES)),
  area: chosen(z.enum(AREAS)),
  check: chosen(z.string().regex(/^[a-z0-9-]{1,100}$/)),
  node: chosen(line(253)),
  namespace: chosen(line(253)),
  state: chosen(z.enum(FINDING_STATES)),
  since: chosen(z.coerce.number().int().min(1).max(400)),
  q: Search,
  by: chosen(z.enum(FINDING_GROUPS)),
  order: chosen(z.enum(FINDING_ORDERS)),
  cursor: z.string().max(2_000).optional(),
};
const FleetFilter = { ...Filter, customer: chosen(Id), cluster: chosen(Id) };
type Asked = z.output<z.ZodObject<typeof FleetFilter>>;

export function findingsPages(api: Api, deps: AppDeps): void {
  addPage(api, { path: '/findings', id: 'findingsPage', summary: 'Page of findings of all clusters', permission: 'finding.read', query: FleetFilter }, async (view, { query }) => {
    const names = new Map<string, string>(await clusterChoices(deps, view.visibility));
    const nameOf = async (ids: readonly string[]): Promise<void> => {
      for (const id of ids) if (!names.has(id)) names.set(id, (await deps.fleet.cluster(view.visibility, id)).name);
    };
    const content = await listContent(deps, view, query, { path: '/findings', zone: DEFAULT_ZONE, names, nameOf, customers: await customerChoices(deps, view.visibility) });
    return { title: view.t('问题', 'Findings'), area: 'clusters', trail: [[view.t('集群', 'Clusters'), '/clusters']], content };
  });
  addPage(
    api,
    { path: '/clusters/:id/findings', id: 'clusterFindingsPage', summary: 'Page of findings of a cluster', permission: 'finding.read', params: IdParams, query: Filter },
    async (view, { params, query }) => {
      const frame = await frameOf(deps, view, params.id);
      const content = await listContent(deps, view, { ...query, cluster: params.id, customer: undefined }, { path: `/clusters/${params.id}/findings`, zone: frame.zone });
      return clusterPage(view, frame, 'findings', content);
    },
  );
}

interface Where {
  readonly path: string;
  readonly zone: string;
  /** Names of clusters, where the list is of several. */
  readonly names?: Map<string, string>;
  readonly nameOf?: (ids: readonly string[]) => Promise<void>;
  readonly customers?: Choices;
}

async function listContent(deps: AppDeps, view: View, asked: Asked, where: Where): Promise<Markup> {
  const { db } = deps.database;
  const { visibility, now } = view;
  const known = await checksKnown(deps, view, asked.cluster);
  const filter = filterOf(deps, view, asked, known);
  const { by, order, cursor, ...rest } = asked;
  const keep = { ...rest, ...(where.names === undefined && { cluster: undefined }), by, order };
  const listed = by === undefined ? listFindingPage(db, visibility, filter, { now, order, cursor, limit: PAGE }) : undefined;
  const [counts, found] = await Promise.all([countFindings(db, visibility, filter, now), listed]);
  const total = totalOf(counts);
  const head = html`${filters(view, where.path, fields(deps, view, asked, known, where), { node: asked.node, namespace: asked.namespace, since: asked.since === undefined ? undefined : String(asked.since) })}${chips(view, asked, where.path, keep)}<p>${countMarks(view, counts)} ${view.t(`共 ${formatNumber(total)} 项`, `${formatNumber(total)} in all`)}</p>`;
  if (total === 0) return html`${head}${empty(view.t('没有符合条件的问题。', 'No finding matches.'), html`<a href="${where.path}">${view.t('清除筛选', 'Clear the filter')}</a>`)}`;
  if (by !== undefined) {
    const groups = await groupFindings(db, visibility, filter, by, { now, limit: GROUPS });
    if (by === 'cluster') await where.nameOf?.(groups.map(({ key }) => key));
    return html`${head}${groupTable(deps, view, groups, by, { ...keep, by: undefined }, where)}`;
  }
  if (!found) return head;
  await where.nameOf?.(found.items.map(({ clusterId }) => clusterId));
  const clusterName = where.names && ((id: string) => where.names?.get(id) ?? '');
  return html`${head}${findingRows(view, deps, found.items, { zone: where.zone, clusterName })}${pages(view, { first: cursor && link(where.path, keep), next: found.next && link(where.path, { ...keep, cursor: found.next }) })}`;
}

/** Choices of a field: a minute old is fresh enough, and counting them anew is the dearest part of the page. */
const FRESH_MS = 60_000;
const MOST_KEPT = 500;
const choices = new Map<string, { readonly at: number; readonly checks: Promise<readonly string[]> }>();
function checksKnown({ database }: AppDeps, { visibility, now }: View, cluster: string | undefined): Promise<readonly string[]> {
  const key = JSON.stringify([visibility, cluster]);
  const kept = choices.get(key);
  if (kept && now - kept.at < FRESH_MS && now >= kept.at) return kept.checks;
  if (choices.size >= MOST_KEPT) choices.clear();
  const checks = checksFound(database.db, visibility, cluster);
  choices.set(key, { at: now, checks });
  checks.catch(() => choices.delete(key));
  return checks;
}
function filterOf({ checkTexts }: AppDeps, { now, locale }: View, asked: Asked, known: readonly string[]): FindingFilter {
  const { customer, cluster, severity, area, check, node, namespace, state, since, q } = asked;
  const words = (q ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const checks = words.length === 0 ? [] : known.filter((id) => words.every((word) => (checkTexts(id)?.title[locale] ?? '').toLowerCase().includes(word)));
  return {
    ...{ customerId: customer, clusterId: cluster, severity, area, check, node, namespace, state, search: q, checks },
    since: since === undefined ? undefined : now - since * DAY_MS,
  };
}

function fields({ checkTexts }: AppDeps, view: View, asked: Asked, known: readonly string[], { names, customers }: Where): Part {
  const { t } = view;
  const all = ['', t('全部', 'all')] as const;
  const states: Choices = [
    ['', t('未处理', 'open')],
    ['accepted', t('已接受的风险', 'accepted risks')],
    ['doubt', t('目前无法检查', 'cannot be checked now')],
    ['gone', t('已消除', 'gone')],
    ['all', t('全部', 'all')],
  ];
  const orders: Choices = [
    ['', t('最严重', 'worst first')],
    ['newest', t('最新', 'newest')],
    ['oldest', t('最久', 'oldest')],
    ['object', t('对象', 'by object')],
  ];
  const groups: Choices = [
    ['', t('不分组', 'no groups')],
    ['check', t('检查项', 'check')],
    ['node', t('机器', 'machine')],
    ['namespace', t('命名空间', 'namespace')],
    ['area', t('领域', 'area')],
    ...(names ? [['cluster', t('集群', 'cluster')] as const] : []),
  ];
  const titled = known.map((id) => [id, checkTexts(id)?.title[view.locale] ?? id] as const).toSorted(([, a], [, b]) => a.localeCompare(b, view.locale));
  return [
    html`<div class="field grow">${field(t('搜索', 'Search'), 'q', { value: asked.q, type: 'search', max: 100, placeholder: t('标题、节点、命名空间…', 'title, node, namespace…') })}</div>`,
    names && names.size > 1 && select(t('集群', 'Cluster'), 'cluster', [all, ...names], asked.cluster),
    customers && customers.length > 1 && select(t('客户', 'Customer'), 'customer', [all, ...customers], asked.customer),
    select(t('严重程度', 'Severity'), 'severity', [all, ...SEVERITIES.map((one) => [one, SEVERITY_MARKS[one].word[view.locale]] as const)], asked.severity),
    select(t('领域', 'Area'), 'area', [all, ...AREAS.map((one) => [one, titleOfArea(view, one)] as const)], asked.area),
    select(t('检查项', 'Check'), 'check', [all, ...titled], asked.check),
    select(t('状态', 'State'), 'state', states, asked.state),
    select(t('分组', 'Group by'), 'by', groups, asked.by),
    select(t('排序', 'Order'), 'order', orders, asked.order),
  ];
}
/** Filters that no field shows, each with a way out. */
function chips(view: View, { node, namespace, since }: Asked, path: string, keep: Readonly<Record<string, string | number | undefined>>): Part {
  const shown = [
    node !== undefined && html`<a class="tag" href="${link(path, { ...keep, node: undefined })}">${view.t('机器', 'Machine')}: ${node} ✕</a>`,
    namespace !== undefined && html`<a class="tag" href="${link(path, { ...keep, namespace: undefined })}">${view.t('命名空间', 'Namespace')}: ${namespace} ✕</a>`,
    since !== undefined && html`<a class="tag" href="${link(path, { ...keep, since: undefined })}">${view.t(`最近 ${since} 天新增`, `new in the last ${since} d`)} ✕</a>`,
  ].filter((one) => one !== false);
  return shown.length > 0 && html`<p class="acts">${shown}</p>`;
}

function groupTable(
  { checkTexts }: AppDeps,
  view: View,
  groups: readonly FindingGroupRow[],
  by: FindingGroup,
  keep: Readonly<Record<string, string | number | undefined>>,
  { path, zone, names }: Where,
): Markup {
  const title = (key: string): string => {
    if (key === '') return view.t('（不属于任何一个）', '(none)');
    if (by === 'check') return checkTexts(key)?.title[view.locale] ?? key;
    if (by === 'area') return titleOfArea(view, key);
    return by === 'cluster' ? (names?.get(key) ?? key) : key;
  };
  const rows = groups.map((one) => {
    const name = title(one.key);
    const words = one.key === '' ? html`${name}` : html`<a href="${link(path, { ...keep, [by]: one.key })}">${name}</a>`;
    return html`<tr data-row><td>${countMarks(view, one)}</td><td class="name">${words}</td><td class="n">${totalOf(one)}</td><td class="t">${view.ago(one.oldestAt, zone)}</td></tr>`;
  });
  return html`<div class="scroll"><table class="stack"><caption>${view.t(`显示 ${groups.length} 组`, `${groups.length} groups`)}</caption><thead><tr><th>${view.t('严重程度', 'Severity')}</th><th>${view.t('分组', 'Group')}</th><th class="n">${view.t('数量', 'Count')}</th><th>${view.t('最早', 'Oldest')}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
