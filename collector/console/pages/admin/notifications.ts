/** /admin/notifications: targets with a test, routes, and what could not be sent. */
import { z } from 'zod';
import { html, type Markup, type Part } from '../../../../reports/renderers/markup.ts';
import { requireSeen } from '../../../access/visibility.ts';
import { AppError } from '../../../errors.ts';
import type { AppDeps } from '../../../http/deps.ts';
import type { Api } from '../../../http/endpoint.ts';
import { Email, Id, IdParams, line } from '../../../http/values.ts';
import type { RouteRules } from '../../../notify/route.ts';
import { TARGET_KINDS, type TargetKindName } from '../../../notify/targets/registry.ts';
import { testTarget } from '../../../notify/test-target.ts';
import type { Route } from '../../../store/route-store.ts';
import type { Target } from '../../../store/target-store.ts';
import { userById } from '../../../store/user-store.ts';
import { NOTHING } from '../../html.ts';
import { addForm, addPage, type Outcome } from '../../page.ts';
import { type Choices, checkbox, disclosure, field, form, hidden, select } from '../../parts/forms.ts';
import { empty } from '../../parts/marks.ts';
import { customerChoices } from '../../parts/places.ts';
import type { View } from '../../view.ts';
import { AUDIENCE_WORDS } from '../../words/incident-words.ts';
import { adminPage } from './frame.ts';
import { rotaForms } from './rotas.ts';
import { KIND_TITLES, TARGET_FIELDS, targetOf } from './target-fields.ts';

const HOME = '/admin/notifications';
const DEFAULT_ZONE = 'Asia/Shanghai';
const AUDIENCES = ['customer', 'customer-representative', 'support', 'assignee', 'duty-manager'] as const;
const chosen = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const TargetForm = z.object({ kind: z.enum(TARGET_KINDS), name: line(100), customer: chosen(Id) }).catchall(z.string().max(8_000));
const RouteForm = z.strictObject({
  target: Id,
  rota: chosen(Id),
  customer: chosen(Id),
  worst: z.coerce.number().int().min(1).max(5),
  ...Object.fromEntries(AUDIENCES.map((one) => [`to-${one}`, z.literal('1').optional()])),
});
type RouteGiven = { readonly target: string; readonly rota?: string | undefined; readonly customer?: string | undefined; readonly worst: number } & Readonly<
  Record<string, string | number | undefined>
>;

export function notificationPages(api: Api, deps: AppDeps): void {
  const { targets, routes } = deps;
  addPage(api, { path: HOME, id: 'notificationsPage', summary: 'Page of targets and routes', permission: 'target.read' }, async (view) => {
    const { t } = view;
    const [known, rules, customers] = await Promise.all([targets.list(view.visibility), routes.list(view.visibility), customerChoices(deps, view.visibility)]);
    const rotas = view.may('rota.read') ? await deps.rotas.list() : [];
    const names = new Map(customers);
    const content = html`<h2>${t('目标', 'Targets')}</h2>${targetTable(view, known, names)}${view.may('target.write') && newTargets(view, customers)}
<h2>${t('路由：谁被告知什么', 'Routes: who is told what')}</h2>${routeTable(view, rules, known, rotas, names)}${view.may('target.write') && known.length > 0 && newRoute(view, known, rotas, customers)}${await stuck(deps, view, known)}`;
    return adminPage(view, 'notifications', t('通知', 'Notifications'), content, { site: DEFAULT_ZONE });
  });
  targetForms(api, deps);
  routeForms(api, deps);
  rotaForms(api, deps);
}

function targetTable(view: View, targets: readonly Target[], names: ReadonlyMap<string, string>): Part {
  const { t, locale } = view;
  if (targets.length === 0)
    return empty(
      t('没有目标：事件不会通知任何人。请在下面添加邮箱、Webhook 或群机器人。', 'No target: nobody is told of incidents. Add a mailbox, a webhook or a chat robot below.'),
    );
  const rows = targets.map((one) => {
    const state = one.error
      ? html`<span class="mark warning">▲ ${t('最近失败', 'failed lately')}</span><small>${one.error[locale]} · ${view.ago(one.error.at, DEFAULT_ZONE)}</small>`
      : !one.enabled
        ? t('已停用', 'off')
        : one.workedAt === undefined
          ? html`<span class="muted">○ ${t('从未试过，请先测试', 'never tried: test it')}</span>`
          : html`<span class="ok">✓ ${t('可用', 'works')}</span><small>${view.ago(one.workedAt, DEFAULT_ZONE)}</small>`;
    const acts =
      view.may('target.write') &&
      html`<div class="actions">${form(view, `${HOME}/targets/${one.id}/test`, one.kind === 'email' ? field(t('测试邮件发给', 'Test mail to'), 'recipient', { type: 'email', max: 254 }) : NOTHING, t('测试', 'Test'), { class: 'inline' })}${form(view, `${HOME}/targets/${one.id}/remove`, NOTHING, t('删除', 'Remove'), { danger: true, confirm: t(`删除目标“${one.name}”及其路由？`, `Remove the target "${one.name}" with its routes?`) })}</div>`;
    return html`<tr data-row id="target-${one.id}"><td class="name">${one.name}<small>${KIND_TITLES[one.kind as TargetKindName]?.[locale] ?? one.kind}</small></td><td>${one.customerId === null ? t('支持中心', 'the centre') : names.get(one.customerId)}</td><td>${state}</td><td>${acts}</td></tr>`;
  });
  return html`<div class="scroll"><table class="stack"><thead><tr><th>${t('目标', 'Target')}</th><th>${t('属于', 'Of')}</th><th>${t('状态', 'State')}</th><th><span class="hidden">${t('操作', 'Acts')}</span></th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
function ownerField(view: View, customers: Choices): Part {
  const { t, person } = view;
  if (person.customerId !== null) return hidden('customer', person.customerId);
  return select(t('属于', 'Of'), 'customer', [['', t('支持中心', 'the centre')], ...customers]);
}
function newTargets(view: View, customers: Choices): Markup {
  const { t, locale } = view;
  const kinds = TARGET_KINDS.map((kind) =>
    disclosure(
      KIND_TITLES[kind][locale],
      form(
        view,
        `${HOME}/targets`,
        [hidden('kind', kind), field(t('名称', 'Name'), 'name', { required: true, max: 100 }), ownerField(view, customers), ...TARGET_FIELDS[kind].map((one) => one.draw(view))],
        t('新增', 'Add it'),
        { class: 'grid' },
      ),
    ),
  );
  return disclosure(t('新增目标…', 'A new target…'), html`${kinds}`);
}

function targetForms(api: Api, { database, targets, allowedNetworks }: AppDeps): void {
  addForm(
    api,
    { path: `${HOME}/targets`, id: 'newTargetForm', summary: 'Form of a new target', permission: 'target.write', body: TargetForm },
    () => HOME,
    async ({ visibility, caller, body, now }, view) => {
      const { kind, name, customer, ...given } = body;
      const customerId = customer ?? null;
      requireOwner(view, visibility, customerId);
      const { config, secrets } = targetOf(kind, given as Readonly<Record<string, string>>);
      await targets.create({ customerId, kind, name, config, secrets }, caller.actor, now);
      return { to: HOME, say: 'created' };
    },
  );
  addForm(
    api,
    {
      path: `${HOME}/targets/:id/test`,
      id: 'testTargetForm',
      summary: 'Form to test a target',
      permission: 'target.write',
      params: IdParams,
      body: z.strictObject({ recipient: chosen(Email) }),
      perMinute: 10,
    },
    () => HOME,
    async ({ visibility, caller, params, body, now }): Promise<Outcome> => {
      const { id } = await targets.get(params.id, visibility);
      const { target, secrets } = await targets.open(id);
      const asker = (await userById(database.db, caller.actor.id ?? ''))?.email;
      const result = await testTarget({ ...target, secrets }, { now, recipient: body.recipient, asker, allowedNetworks });
      await targets.noteTest(id, result, now);
      // Why it failed stands in the target's line, in either language.
      return { to: `${HOME}#target-${id}`, say: result.ok ? 'test-sent' : 'test-failed' };
    },
  );
  addForm(
    api,
    { path: `${HOME}/targets/:id/remove`, id: 'removeTargetForm', summary: 'Form to remove a target', permission: 'target.write', params: IdParams, body: z.strictObject({}) },
    () => HOME,
    async ({ visibility, caller, params, now }) => {
      await targets.remove(params.id, visibility, caller.actor, now);
      return { to: HOME, say: 'removed' };
    },
  );
}
/** A customer's own, or the centre's for who sees everything. */
function requireOwner(view: View, visibility: View['visibility'], customerId: string | null): void {
  requireSeen(visibility, customerId, 'customer');
  if (customerId === null && view.person.customerId !== null) throw new AppError('forbidden', "the centre's targets are the centre's");
}

type Rotas = Awaited<ReturnType<AppDeps['rotas']['list']>>;
function routeTable(view: View, routes: readonly Route[], targets: readonly Target[], rotas: Rotas, names: ReadonlyMap<string, string>): Part {
  const { t, locale } = view;
  if (routes.length === 0) return empty(t('没有路由：先添加目标，再在此说明哪些事件告知谁。', 'There is no route: add a target first, then say here which incidents it is told.'));
  const rows = routes.map((one) => {
    const { audiences, levels, topics } = one.rules as RouteRules;
    const end =
      view.may('target.write') && form(view, `${HOME}/routes/${one.id}/remove`, NOTHING, t('删除', 'Remove'), { plain: true, confirm: t('删除这条路由？', 'Remove this route?') });
    return html`<tr><td>${audiences.map((who) => AUDIENCE_WORDS[who]?.[locale] ?? who).join(t('、', ', '))}<small>${one.customerId === null ? t('所有客户', 'every customer') : names.get(one.customerId)}</small></td><td>${levels ? t(`级别 ${levels.join('、')}`, `levels ${levels.join(', ')}`) : t('全部级别', 'every level')}${topics && html`<small>${topics.join(', ')}</small>`}</td><td>${targets.find(({ id }) => id === one.targetId)?.name}${one.rotaId !== undefined && html`<small>${t('值班表', 'rota')} ${rotas.find(({ id }) => id === one.rotaId)?.name}</small>`}</td><td>${end}</td></tr>`;
  });
  return html`<div class="scroll"><table><thead><tr><th>${t('告知谁', 'Who')}</th><th>${t('什么', 'What')}</th><th>${t('经由', 'By')}</th><th><span class="hidden">${t('操作', 'Acts')}</span></th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
function newRoute(view: View, targets: readonly Target[], rotas: Rotas, customers: Choices): Markup {
  const { t, locale } = view;
  const content = [
    select(
      t('目标', 'Target'),
      'target',
      targets.map(({ id, name }) => [id, name] as const),
    ),
    rotas.length > 0 && select(t('值班表（可空）', 'Rota (may be empty)'), 'rota', [['', '—'], ...rotas.map(({ id, name }) => [id, name] as const)]),
    ownerField(view, customers),
    select(t('级别', 'Levels'), 'worst', [
      ['5', t('全部', 'every level')],
      ['1', t('仅 1 级', 'level 1 only')],
      ['2', t('1 至 2 级', 'levels 1 and 2')],
      ['3', t('1 至 3 级', 'levels 1 to 3')],
    ]),
    html`<fieldset class="options"><legend>${t('告知谁', 'Who is told')}</legend>${AUDIENCES.map((one) => checkbox(AUDIENCE_WORDS[one]?.[locale] ?? one, `to-${one}`))}</fieldset>`,
  ];
  return disclosure(t('新增路由…', 'A new route…'), form(view, `${HOME}/routes`, content, t('新增', 'Add it'), { class: 'grid' }));
}
function routeForms(api: Api, { routes }: AppDeps): void {
  addForm(
    api,
    { path: `${HOME}/routes`, id: 'newRouteForm', summary: 'Form of a new route', permission: 'target.write', body: RouteForm },
    () => HOME,
    async ({ visibility, caller, body, now }, view) => {
      const given = body as RouteGiven;
      const audiences = AUDIENCES.filter((one) => given[`to-${one}`] === '1');
      if (audiences.length === 0)
        throw new AppError('invalid', 'say who is told', { details: { field: 'to-customer' }, text: { zh: '至少选择一方', en: 'choose at least one of them' } });
      const customerId = given.customer ?? null;
      requireOwner(view, visibility, customerId);
      const levels = ([1, 2, 3, 4, 5] as const).filter((one) => one <= given.worst);
      const rules: RouteRules = { audiences, ...(levels.length < 5 && { levels }) };
      await routes.save({ customerId, targetId: given.target, ...(given.rota !== undefined && { rotaId: given.rota }), rules, position: 0 }, visibility, caller.actor, now);
      return { to: HOME, say: 'created' };
    },
  );
  addForm(
    api,
    { path: `${HOME}/routes/:id/remove`, id: 'removeRouteForm', summary: 'Form to remove a route', permission: 'target.write', params: IdParams, body: z.strictObject({}) },
    () => HOME,
    async ({ visibility, caller, params, now }) => {
      await routes.remove(params.id, visibility, caller.actor, now);
      return { to: HOME, say: 'removed' };
    },
  );
}

/** Messages that were given up. */
async function stuck({ notifications }: AppDeps, view: View, targets: readonly Target[]): Promise<Part> {
  const { t } = view;
  const dead = await notifications.list(view.visibility, { state: 'dead', limit: 50 });
  if (dead.length === 0) return undefined;
  const rows = dead.map(
    (one) =>
      html`<tr><td class="t">${view.time(one.createdAt, DEFAULT_ZONE)}</td><td>${targets.find(({ id }) => id === one.targetId)?.name}<small>${one.message.recipient}</small></td><td>${one.incidentId !== undefined && html`<a href="/incidents/${one.incidentId}">${one.message.topic}</a>`}</td><td>${one.error}</td></tr>`,
  );
  return html`<h2>${t('已放弃的消息', 'Messages that were given up')}<small>${dead.length}</small></h2><div class="scroll"><table><thead><tr><th>${t('时间', 'When')}</th><th>${t('发给', 'To')}</th><th>${t('事件', 'Incident')}</th><th>${t('原因', 'Why')}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
