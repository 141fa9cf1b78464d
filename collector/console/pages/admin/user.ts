/** /admin/users/:id: one account: its role, whom it serves, a new link, letting in and shutting out. */
import { z } from 'zod';
import { html, type Markup, type Part } from '../../../../reports/renderers/markup.ts';
import { ADMINISTRATORS, isCustomerRole, ROLES } from '../../../access/principal.ts';
import { AppError, notFound } from '../../../errors.ts';
import type { AppDeps } from '../../../http/deps.ts';
import { type Api, personOf } from '../../../http/endpoint.ts';
import { setupUrl } from '../../../http/routes/user-routes.ts';
import { Id, IdParams } from '../../../http/values.ts';
import { type User, visibleUser } from '../../../store/user-store.ts';
import { NOTHING } from '../../html.ts';
import type { Page } from '../../layout.ts';
import { ONCE_PATH, type Once } from '../../once.ts';
import { addForm, addPage } from '../../page.ts';
import { checkbox, copyable, form, select } from '../../parts/forms.ts';
import { customerChoices } from '../../parts/places.ts';
import type { View } from '../../view.ts';
import { ROLE_WORDS, SLOT_WORDS, USER_STATE_WORDS } from '../../words/role-words.ts';
import { adminPage } from './frame.ts';

const DEFAULT_ZONE = 'Asia/Shanghai';
/** `role`, or `role.primary` and `role.backup` of a customer's administrators. */
export const RoleChoice = z.string().regex(/^[a-z-]{1,40}(?:\.(?:primary|backup))?$/);
/** Whom support staff serve: everybody, or each customer by a box of its own. */
const SERVE = /^serve-(.+)$/;
const ChangeRole = z.object({ role: RoleChoice, all: z.literal('1').optional() }).catchall(z.string().max(20));

export function userPage(api: Api, deps: AppDeps): void {
  const { accounts, database } = deps;
  const back = ({ params }: { readonly params: { readonly id: string } }): string => userPath(params.id);
  addPage(api, { path: '/admin/users/:id', id: 'userPage', summary: 'Page of a user', permission: 'user.read', params: IdParams }, async (view, { params }) => {
    const user = await visibleUser(database.db, view.visibility, params.id);
    if (!user) throw notFound('user');
    return await pageOf(deps, view, user);
  });
  for (const [act, id, summary] of [
    ['approve', 'approveUserForm', 'Form to let somebody in'],
    ['disable', 'disableUserForm', 'Form to shut somebody out'],
    ['enable', 'enableUserForm', 'Form to let somebody in again'],
  ] as const)
    addForm(
      api,
      {
        path: `/admin/users/:id/${act}`,
        id,
        summary,
        permission: 'user.write',
        params: IdParams,
        body: z.strictObject({}),
      },
      back,
      async ({ principal, params, now }) => {
        await accounts[act](personOf(principal), params.id, now);
        return { to: userPath(params.id), say: 'saved' };
      },
    );
  addForm(
    api,
    {
      path: '/admin/users/:id/role',
      id: 'changeRoleForm',
      summary: 'Form to change a role',
      permission: 'user.write',
      params: IdParams,
      body: ChangeRole,
      names: { administrator: 'role', serves: 'all' },
    },
    back,
    async ({ principal, params, body, now }) => {
      const { role, administrator } = roleOf(body.role);
      const served = Object.keys(body).flatMap((name) => SERVE.exec(name)?.[1] ?? []);
      const serves = servesOf(
        role,
        body.all,
        served.map((one) => Id.parse(one)),
      );
      await accounts.changeRole(personOf(principal), params.id, { role, administrator, serves }, now);
      return { to: userPath(params.id), say: 'saved' };
    },
  );
  addForm(
    api,
    {
      path: '/admin/users/:id/link',
      id: 'newUserLinkForm',
      summary: 'Form of a new one-time link',
      permission: 'user.write',
      params: IdParams,
      body: z.strictObject({}),
      perMinute: 30,
    },
    back,
    async ({ principal, params, now }) => {
      const shown = await accounts.resetLink(personOf(principal), params.id, now);
      return { to: ONCE_PATH, once: { kind: 'link', ...shown } };
    },
  );
}

export function userPath(id: string): string {
  return `/admin/users/${id}`;
}
export function roleOf(choice: string): { readonly role: (typeof ROLES)[number]; readonly administrator: (typeof ADMINISTRATORS)[number] | null } {
  const [name, place] = choice.split('.');
  return { role: ROLES.find((one) => one === name) ?? 'customer-viewer', administrator: ADMINISTRATORS.find((one) => one === place) ?? null };
}
/** @throws AppError `invalid` for support staff that would serve nobody: such an account sees nothing */
export function servesOf(role: (typeof ROLES)[number], all: '1' | undefined, served: readonly string[]): 'all' | readonly string[] {
  if (isCustomerRole(role)) return [];
  if (role === 'administrator' || all === '1') return 'all';
  if (served.length === 0)
    throw new AppError('invalid', 'support staff serves somebody', {
      details: { field: 'serves' },
      text: { zh: '支持人员须服务所有客户，或至少一个客户；否则什么也看不到', en: 'support staff serves every customer, or one at least: they would see nothing else' },
    });
  return served;
}
/** Roles that whoever looks may give, of a customer's people or of the centre's. */
export function roleChoices({ t, locale, person }: View, whose: 'customer' | 'centre' | 'any'): readonly (readonly [string, string])[] {
  const viewer = ['customer-viewer', ROLE_WORDS['customer-viewer'][locale]] as const;
  if (isCustomerRole(person.role)) return [viewer];
  const ofCustomer = [viewer, ...ADMINISTRATORS.map((one) => [`customer-administrator.${one}`, t(`客户的${SLOT_WORDS[one].zh}`, `the customer's ${SLOT_WORDS[one].en}`)] as const)];
  const ofCentre = (['support-engineer', 'duty-manager', 'administrator'] as const).map((one) => [one, ROLE_WORDS[one][locale]] as const);
  return whose === 'customer' ? ofCustomer : whose === 'centre' ? ofCentre : [...ofCustomer, ...ofCentre];
}
/** What an account may do now, in words. */
export function userState({ locale }: View, { status, redeemed }: User): Markup {
  const state = status === 'invited' && redeemed ? 'awaiting-approval' : status;
  const words = USER_STATE_WORDS[state]?.[locale];
  if (state === 'active') return html`<span class="ok">✓ ${words}</span>`;
  return state === 'awaiting-approval' ? html`<span class="mark warning">▲ ${words}</span>` : html`${words}`;
}
export function roleWords({ locale }: View, { role, administrator }: User): Markup {
  return html`${ROLE_WORDS[role][locale]}${administrator !== null && html`<small>${SLOT_WORDS[administrator][locale]}</small>`}`;
}

async function pageOf(deps: AppDeps, view: View, user: User): Promise<Page> {
  const { t } = view;
  const customers = await customerChoices(deps, view.visibility);
  const facts: readonly (readonly [string, Part])[] = [
    [t('登录名', 'Login'), user.login],
    [t('邮箱', 'E-mail'), user.email ?? undefined],
    [t('角色', 'Role'), roleWords(view, user)],
    [t('客户', 'Customer'), user.customerId !== null && customers.find(([id]) => id === user.customerId)?.[1]],
    [t('登录方式', 'Signs in'), user.issuer === null ? t('密码', 'with a password') : html`${t('单点登录', 'single sign-on')} <small>${user.issuer}</small>`],
  ];
  const acts = view.may('user.write') && user.id !== view.person.userId && (user.status === 'disabled' ? enableAct(view, user) : actsOf(view, user, customers));
  return adminPage(
    view,
    'users',
    user.name,
    html`<dl class="facts">${facts.filter(([, text]) => text).map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>${acts}`,
    { trail: [[t('用户', 'Users'), '/admin/users']], about: userState(view, user), site: DEFAULT_ZONE },
  );
}
function actsOf(view: View, user: User, customers: readonly (readonly [string, string])[]): Markup {
  const { t, person } = view;
  const act = (path: string, words: string, question?: string): Part =>
    form(view, `${userPath(user.id)}/${path}`, NOTHING, words, question === undefined ? { second: true } : { confirm: question, danger: true });
  const { serves } = user;
  const serving =
    user.customerId === null &&
    html`<fieldset class="options"><legend>${t('服务的客户', 'Serves')}</legend>${checkbox(t('所有客户', 'every customer'), 'all', serves === 'all')}${customers.map(([id, name]) => checkbox(name, `serve-${id}`, serves !== 'all' && serves.includes(id)))}</fieldset>`;
  const role = user.administrator === null ? user.role : `${user.role}.${user.administrator}`;
  const change =
    person.role === 'administrator' &&
    html`<h2>${t('角色与服务范围', 'Role')}</h2>${form(view, `${userPath(user.id)}/role`, html`${select(t('角色', 'Role'), 'role', roleChoices(view, user.customerId === null ? 'centre' : 'customer'), role)}${serving}`, t('保存', 'Save'), { class: 'grid' })}<p class="note">${t('更改后其会话立即结束，需要重新登录。', 'The sessions end with a change: the person signs in again.')}</p>`;
  return html`<div class="acts">${user.approvedBy === null && act('approve', t('批准', 'Approve'))}${user.issuer === null && act('link', t('新的一次性链接', 'New one-time link'))}${act('disable', t('停用', 'Shut out'), t(`停用账号 ${user.login}？其会话立即结束。`, `Shut ${user.login} out? The sessions end at once.`))}</div>${change}`;
}

function enableAct(view: View, { id, role }: User): Markup {
  const { t } = view;
  const place =
    role === 'customer-administrator' &&
    html`<p class="note">${t('停用时已交出管理员位置：重新启用后为只读用户，可再由支持中心任命。', 'The place as administrator was given up: enabled again this is a viewer, whom the support centre may appoint anew.')}</p>`;
  return html`<div class="acts">${form(view, `${userPath(id)}/enable`, NOTHING, t('重新启用', 'Let in again'), { second: true })}</div>${place}`;
}

/** The only page that ever holds the link. */
export function linkPage(view: View, { publicUrl }: AppDeps, { name, secret, expiresAt }: Extract<Once, { kind: 'link' }>): Page {
  const { t } = view;
  return adminPage(
    view,
    'users',
    name ?? t('一次性链接', 'One-time link'),
    html`<p class="notice good" role="status">✓ ${t('一次性链接只在此显示，离开后无法再次查看；请经可信的渠道交给对方。', 'The one-time link is shown here and nowhere else: hand it over by a way that you trust.')}</p>${copyable(view, setupUrl(publicUrl, secret))}<p>${t('有效至', 'Valid until')} ${view.time(expiresAt, DEFAULT_ZONE)}</p><p><a class="button second" href="/admin/users">${t('返回用户', 'Back to the users')}</a></p>`,
    { trail: [[t('用户', 'Users'), '/admin/users']] },
  );
}
