/** /incidents: the list that support lives in, the incident, and what is done to one or many. */
import { z } from 'zod';
import { html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import { requireAssignee } from '../../access/assignees.ts';
import { requirePermission } from '../../access/command-rights.ts';
import { AppError } from '../../errors.ts';
import type { AppDeps } from '../../http/deps.ts';
import type { Api } from '../../http/endpoint.ts';
import { Id, IdParams, Search } from '../../http/values.ts';
import { titledRules } from '../../incident-search.ts';
import { assigneesAtWork, countIncidents } from '../../store/incident-counts.ts';
import type { IncidentFilter, IncidentSummary } from '../../store/incident-list.ts';
import { setSubscription } from '../../store/notification-store.ts';
import { userById } from '../../store/user-store.ts';
import { link } from '../html.ts';
import { addForm, addPage } from '../page.ts';
import { type Choices, field, filters, form, hidden, pages, select, tabs } from '../parts/forms.ts';
import { incidentPath, incidentTable } from '../parts/incident-rows.ts';
import { empty } from '../parts/marks.ts';
import { clusterChoices, customerChoices, placesOf } from '../parts/places.ts';
import type { View } from '../view.ts';
import { ActBody, commandOf, seenBy } from './incident-acts.ts';
import { bulkForm, bulkForms } from './incident-bulk.ts';
import { incidentPage } from './incident-page.ts';
import { newIncidentPages } from './new-incident.ts';

const PAGE = 50;
const SHOWN = ['todo', 'mine', 'unacknowledged', 'answered', 'due', 'breached', 'on-hold', 'resolved', 'all'] as const;
/** Half a shift: what somebody who takes over has to see. */
const SOON_HOURS = 4;
const ORDERS = ['urgent', 'worst', 'due', 'newest'] as const;
/** Of the filter by assignee: nobody has it. */
const NOBODY = 'nobody';
const chosen = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const Query = {
  show: chosen(z.enum(SHOWN)),
  order: chosen(z.enum(ORDERS)),
  customer: chosen(Id),
  cluster: chosen(Id),
  level: chosen(z.coerce.number().int().min(1).max(5)),
  kind: chosen(z.enum(['incident', 'problem'])),
  assignee: chosen(Id),
  q: Search,
  cursor: z.string().max(400).optional(),
};
type Asked = z.output<z.ZodObject<typeof Query>>;
const TO_DO = ['open', 'acknowledged', 'in-progress', 'on-hold', 'recovering'] as const;

export function incidentPages(api: Api, deps: AppDeps): void {
  const { incidents } = deps;
  addPage(api, { path: '/incidents', id: 'incidentsPage', summary: 'Page of incidents', permission: 'incident.read', query: Query }, async (view, { query }) => {
    const [shown, content] = await Promise.all([showTabs(deps, view, query), listContent(deps, view, query)]);
    return {
      title: view.t('事件', 'Incidents'),
      area: 'incidents',
      live: true,
      actions: html`<a class="button second" href="/calendar">${view.t('变更与维护日历', 'Changes and maintenance')}</a>${view.may('incident.create') && html`<a class="button" href="/incidents/new">${view.t('提交事件', 'Open an incident')}</a>`}`,
      tabs: shown,
      content,
    };
  });
  newIncidentPages(api, deps);
  bulkForms(api, deps);
  addPage(api, { path: '/incidents/:id', id: 'incidentPage', summary: 'Page of an incident', permission: 'incident.read', params: IdParams }, async (view, { params }) => {
    const internal = view.may('incident.internal');
    const detail = await incidents.detail(view.visibility, idOrNumber(params.id), { now: view.now, internal });
    return await incidentPage(deps, view, detail, await incidents.explain(view.visibility, detail.summary.id, view.now, internal));
  });
  addForm(
    api,
    { path: '/incidents/:id', id: 'incidentForm', summary: 'Form of an incident', permission: 'incident.answer', params: IdParams, body: ActBody },
    ({ params }) => `/incidents/${params.id}`,
    async ({ caller, principal, visibility, params, body, now }, view) => {
      const { summary } = await incidents.detail(visibility, idOrNumber(params.id), { now, internal: false });
      if (body.act === 'assign') requirePermission(principal, { kind: 'assign' });
      const name = body.act === 'assign' ? (await requireAssignee(deps.database.db, body.to ?? '', summary.customerId)).name : undefined;
      const of = body.act === 'cancel' && body.reason === 'duplicate' ? await originalOf(deps, view, summary, body.of) : undefined;
      const command = commandOf({ ...body, of }, name);
      requirePermission(principal, command);
      await incidents.command({ ...caller, incidentId: summary.id, command, ...seenBy(body, view.person.userId) }, now);
      return { to: incidentPath(summary) };
    },
  );
  for (const wants of [true, false])
    addForm(
      api,
      {
        path: `/incidents/:id/${wants ? 'subscribe' : 'unsubscribe'}`,
        id: wants ? 'subscribeForm' : 'unsubscribeForm',
        summary: wants ? 'Form to get every update' : 'Form to get no more updates',
        permission: 'incident.read',
        params: IdParams,
        body: z.strictObject({}),
      },
      ({ params }) => `/incidents/${params.id}`,
      async ({ visibility, params, now }, view) => {
        const { summary } = await incidents.detail(visibility, idOrNumber(params.id), { now, internal: false });
        const email = (await userById(deps.database.db, view.person.userId))?.email;
        if (!email) throw new AppError('conflict', 'the account has no e-mail address');
        await setSubscription(deps.database.db, summary.id, email, wants);
        return { to: incidentPath(summary), say: wants ? 'subscribed' : 'unsubscribed' };
      },
    );
}

function idOrNumber(text: string): string | number {
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}

/** Id of the incident that this one repeats, by the number that people know it by. @throws AppError `invalid`, at its field */
async function originalOf({ incidents }: AppDeps, { visibility, now }: View, own: IncidentSummary, text = ''): Promise<string> {
  const [, number] = /^#?(\d{1,9})$/.exec(text.trim()) ?? [];
  const refuse = (zh: string, en: string): AppError => new AppError('invalid', en, { details: { field: 'of' }, text: { zh, en } });
  if (number === undefined) throw refuse('请填写另一个事件的编号，例如 #12', 'enter the number of the other incident, like #12');
  if (Number(number) === own.number) throw refuse('这是事件自己的编号', 'that is the number of this incident itself');
  try {
    const { summary } = await incidents.detail(visibility, Number(number), { now, internal: false });
    if (summary.customerId === own.customerId) return summary.id;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
  }
  throw refuse(`该客户没有编号为 #${number} 的事件`, `this customer has no incident #${number}`);
}

async function showTabs({ database, checkTexts }: AppDeps, view: View, asked: Asked): Promise<Markup> {
  const { t } = view;
  const { show = 'todo', customer, cluster, level, kind, assignee, q } = asked;
  const soon = view.now + SOON_HOURS * 3_600_000;
  const titled = await titledRules(database.db, checkTexts, view.visibility, q);
  const counts = await countIncidents(database.db, view.visibility, { ...baseOf(asked), titled }, { now: view.now, person: view.person.userId, soon });
  const keep = { customer, cluster, level, kind, assignee, q };
  const isSupport = view.may('incident.work');
  const to = (one: (typeof SHOWN)[number]): string => link('/incidents', { ...keep, show: one === 'todo' ? undefined : one });
  return tabs(view, show, [
    ['todo', t('待处理', 'To do'), to('todo'), counts.todo],
    ...(isSupport ? [['mine', t('我的', 'Mine'), to('mine'), counts.mine] as const] : []),
    ['unacknowledged', t('待受理', 'Unacknowledged'), to('unacknowledged'), counts.unacknowledged],
    ...(isSupport ? [['answered', t('客户已回复', 'Customer answered'), to('answered')] as const] : []),
    ['due', t(`${SOON_HOURS} 小时内到期`, `Due within ${SOON_HOURS} h`), to('due'), counts.due],
    ['breached', t('已超时', 'Overdue'), to('breached'), counts.breached],
    ['on-hold', t('挂起', 'On hold'), to('on-hold'), counts.onHold],
    ['resolved', t('已解决', 'Resolved'), to('resolved')],
    ['all', t('全部', 'All'), to('all')],
  ]);
}
function baseOf({ customer, cluster, level, kind, assignee, q }: Asked): IncidentFilter {
  const whose = assignee === NOBODY ? { unassigned: true } : { assignee };
  return { customerId: customer, clusterId: cluster, kind, search: q, ...whose, ...(level !== undefined && { levels: [level as 1 | 2 | 3 | 4 | 5] }) };
}
function filterOf({ person, now }: View, asked: Asked): IncidentFilter {
  const base = baseOf(asked);
  const { show = 'todo' } = asked;
  switch (show) {
    case 'todo':
      return { ...base, states: TO_DO };
    case 'mine':
      return { ...base, states: TO_DO, assignee: person.userId };
    case 'unacknowledged':
      return { ...base, unacknowledged: true };
    case 'answered':
      return { ...base, states: TO_DO, answered: true };
    case 'due':
      return { ...base, states: TO_DO, dueBefore: now + SOON_HOURS * 3_600_000 };
    case 'breached':
      return { ...base, breached: true, states: TO_DO };
    case 'on-hold':
      return { ...base, states: ['on-hold'] };
    case 'resolved':
      return { ...base, states: ['resolved'] };
    case 'all':
      return base;
    default:
      return show satisfies never;
  }
}

async function listContent(deps: AppDeps, view: View, asked: Asked): Promise<Markup> {
  const { t, visibility, now, locale } = view;
  const { show, cursor, ...rest } = asked;
  const order = asked.order ?? (show === 'all' || show === 'resolved' ? 'newest' : show === 'due' ? 'due' : 'urgent');
  const titled = await titledRules(deps.database.db, deps.checkTexts, visibility, asked.q);
  const page = await deps.incidents.list(visibility, { ...filterOf(view, asked), titled }, { now, order, cursor, limit: PAGE });
  const keep = { show, ...rest };
  const head = filters(view, '/incidents', await fields(deps, view, asked, order), { show });
  if (page.items.length === 0)
    return html`${head}${empty(isFree(asked) ? t('没有待处理的事件。', 'No incident needs anybody.') : t('没有符合条件的事件。', 'No incident matches.'), html`<a href="/incidents?show=all">${t('查看全部', 'Show all')}</a>`)}`;
  const mayPick = view.may('incident.work');
  const act = (one: IncidentSummary): Part =>
    one.acknowledgedAt === undefined &&
    (one.state === 'open' || one.state === 'recovering') &&
    html`<div data-key="a">${form(view, incidentPath(one), html`${hidden('act', 'acknowledge')}${hidden('version', one.version)}`, t('受理', 'Acknowledge'), { plain: true })}</div>`;
  const table = await incidentTable(view, deps, page.items, placesOf(deps, visibility, locale), { pick: mayPick, act: mayPick ? act : undefined });
  return html`${head}${table}${pages(view, { first: cursor && link('/incidents', keep), next: page.next && link('/incidents', { ...keep, cursor: page.next }) })}${mayPick && bulkForm(view)}<span data-now="${now}"></span>`;
}
/** Nothing narrows the list: that it is empty is good news then, and only then. */
function isFree({ show = 'todo', order: _order, ...narrowing }: Asked): boolean {
  return show === 'todo' && Object.values(narrowing).every((one) => one === undefined);
}
async function fields(deps: AppDeps, view: View, asked: Asked, order: string): Promise<Part> {
  const { t, visibility } = view;
  const all = ['', t('全部', 'all')] as const;
  const customers = await customerChoices(deps, visibility);
  const clusters = asked.customer !== undefined || customers.length === 1 ? await clusterChoices(deps, visibility, asked.customer) : [];
  const working = view.may('incident.work') ? await assigneesAtWork(deps.database.db, visibility, view.now) : [];
  const orders: Choices = [
    ['urgent', t('最紧急', 'most urgent')],
    ['worst', t('级别', 'level')],
    ['due', t('时限', 'soonest due')],
    ['newest', t('最新', 'newest')],
  ];
  return [
    html`<div class="field grow">${field(t('搜索', 'Search'), 'q', { value: asked.q, type: 'search', max: 200, placeholder: t('编号、标题、对象…', 'number, title, object…') })}</div>`,
    customers.length > 1 && select(t('客户', 'Customer'), 'customer', [all, ...customers], asked.customer),
    clusters.length > 1 && select(t('集群', 'Cluster'), 'cluster', [all, ...clusters], asked.cluster),
    select(t('级别', 'Level'), 'level', [all, ...[1, 2, 3, 4, 5].map((one) => [String(one), String(one)] as const)], asked.level === undefined ? undefined : String(asked.level)),
    select(t('类型', 'Kind'), 'kind', [all, ['incident', t('故障', 'incident')], ['problem', t('问题与咨询', 'problem')]], asked.kind),
    working.length > 0 &&
      select(t('处理人', 'Assignee'), 'assignee', [all, [NOBODY, t('未分派', 'nobody')], ...working.map(({ id, name }) => [id, name] as const)], asked.assignee),
    select(t('排序', 'Order'), 'order', orders, order),
  ];
}
