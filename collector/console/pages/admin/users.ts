/** /admin/users: who may sign in, in which role; the two administrators of a customer let its people in. */
import { z } from 'zod';
import { html, type Markup, type Part } from '../../../../reports/renderers/markup.ts';
import { ADMINISTRATORS, isCustomerRole, ROLES } from '../../../access/principal.ts';
import type { AppDeps } from '../../../http/deps.ts';
import { type Api, personOf } from '../../../http/endpoint.ts';
import { setupUrl } from '../../../http/routes/user-routes.ts';
import { Email, Id, IdParams, Locale, Login, line } from '../../../http/values.ts';
import { listUsers, USER_STATES, type User } from '../../../store/user-store.ts';
import { link, NOTHING } from '../../html.ts';
import type { Page } from '../../layout.ts';
import { ONCE_PATH, type Once } from '../../once.ts';
import { addForm, addPage } from '../../page.ts';
import { checkbox, copyable, disclosure, field, filters, form, pages, select } from '../../parts/forms.ts';
import { empty } from '../../parts/marks.ts';
import { customerChoices } from '../../parts/places.ts';
import type { View } from '../../view.ts';
import { ROLE_WORDS, SLOT_WORDS, USER_STATE_WORDS } from '../../words/role-words.ts';
import { adminPage } from './frame.ts';

const PAGE = 100;
const DEFAULT_ZONE = 'Asia/Shanghai';
const chosen = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
/** `role`, or `role.primary` and `role.backup` of a customer's administrators. */
const RoleChoice = z.string().regex(/^[a-z-]{1,40}(?:\.(?:primary|backup))?$/);
const Serving = { all: z.literal('1').optional(), serves: chosen(Id) };
const Invite = z.strictObject({ login: Login, name: line(120), email: chosen(Email), locale: Locale, role: RoleChoice, customer: chosen(Id), ...Serving });
const ChangeRole = z.strictObject({ role: RoleChoice, ...Serving });

export function userPages(api: Api, deps: AppDeps): void {
  const { accounts, database } = deps;
  addPage(
    api,
    {
      path: '/admin/users',
      id: 'usersPage',
      summary: 'Page of users',
      permission: 'user.read',
      query: { customer: chosen(Id), status: chosen(z.enum(USER_STATES)), cursor: z.string().max(254).optional() },
    },
    async (view, { query: { customer, status, cursor } }) => {
      const { t, locale } = view;
      const found = await listUsers(database.db, view.visibility, { after: cursor, limit: PAGE + 1, customerId: customer, status });
      const shown = found.slice(0, PAGE);
      const next = found.length > PAGE ? shown.at(-1)?.login : undefined;
      const customers = await customerChoices(deps, view.visibility);
      const names = new Map(customers);
      const all = ['', t('全部', 'all')] as const;
      const choose = [
        customers.length > 1 && select(t('客户', 'Customer'), 'customer', [all, ...customers], customer),
        select(t('状态', 'State'), 'status', [all, ...USER_STATES.map((one) => [one, USER_STATE_WORDS[one]?.[locale] ?? one] as const)], status),
      ];
      const keep = { customer, status };
      const list = shown.length === 0 ? empty(t('没有符合条件的用户。', 'No user matches.')) : userTable(view, shown, names, customers);
      return adminPage(
        view,
        'users',
        t('用户', 'Users'),
        html`${filters(view, '/admin/users', choose)}${list}${pages(view, { first: cursor && link('/admin/users', keep), next: next && link('/admin/users', { ...keep, cursor: next }) })}${view.may('user.write') && inviteForm(view, customers)}`,
        {
          about: t('客户的用户由其主、备两位管理员批准。', "A customer's users are let in by its two administrators."),
          site: DEFAULT_ZONE,
        },
      );
    },
  );
  addForm(
    api,
    {
      path: '/admin/users',
      id: 'inviteUserForm',
      summary: 'Form to invite somebody',
      permission: 'user.write',
      body: Invite,
      perMinute: 30,
      names: { customerId: 'customer', administrator: 'role' },
    },
    () => '/admin/users',
    async ({ principal, body, now }) => {
      const person = personOf(principal);
      const { role, administrator } = roleOf(body.role);
      const customerId = isCustomerRole(role) ? (body.customer ?? person.customerId) : null;
      const { user, link: shown } = await accounts.invite(
        person,
        { login: body.login, name: body.name, email: body.email ?? null, locale: body.locale, role, customerId, administrator, serves: servesOf(role, body) },
        now,
      );
      return { to: ONCE_PATH, once: { kind: 'link', name: user.name, ...shown } };
    },
  );
  for (const [act, id] of [
    ['approve', 'approveUserForm'],
    ['disable', 'disableUserForm'],
  ] as const)
    addForm(
      api,
      {
        path: `/admin/users/:id/${act}`,
        id,
        summary: act === 'approve' ? 'Form to let somebody in' : 'Form to shut somebody out',
        permission: 'user.write',
        params: IdParams,
        body: z.strictObject({}),
      },
      () => '/admin/users',
      async ({ principal, params, now }) => {
        await accounts[act](personOf(principal), params.id, now);
        return { to: '/admin/users', say: 'saved' };
      },
    );
  addForm(
    api,
    { path: '/admin/users/:id/role', id: 'changeRoleForm', summary: 'Form to change a role', permission: 'user.write', params: IdParams, body: ChangeRole },
    () => '/admin/users',
    async ({ principal, params, body, now }) => {
      const { role, administrator } = roleOf(body.role);
      await accounts.changeRole(personOf(principal), params.id, { role, administrator, serves: servesOf(role, body) }, now);
      return { to: '/admin/users', say: 'saved' };
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
    () => '/admin/users',
    async ({ principal, params, now }) => {
      const shown = await accounts.resetLink(personOf(principal), params.id, now);
      return { to: ONCE_PATH, once: { kind: 'link', ...shown } };
    },
  );
}

function roleOf(choice: string): { readonly role: (typeof ROLES)[number]; readonly administrator: (typeof ADMINISTRATORS)[number] | null } {
  const [name, place] = choice.split('.');
  return { role: ROLES.find((one) => one === name) ?? 'customer-viewer', administrator: ADMINISTRATORS.find((one) => one === place) ?? null };
}
function servesOf(role: (typeof ROLES)[number], { all, serves }: { readonly all?: '1' | undefined; readonly serves?: string | undefined }): 'all' | readonly string[] {
  if (isCustomerRole(role)) return [];
  if (role === 'administrator' || all === '1') return 'all';
  return serves === undefined ? [] : [serves];
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

function roleChoices({ t, locale, person }: View): readonly (readonly [string, string])[] {
  const ofCustomer = [
    ['customer-viewer', ROLE_WORDS['customer-viewer'][locale]] as const,
    ['customer-administrator', ROLE_WORDS['customer-administrator'][locale]] as const,
    ...ADMINISTRATORS.map((one) => [`customer-administrator.${one}`, t(`客户的${SLOT_WORDS[one].zh}`, `the customer's ${SLOT_WORDS[one].en}`)] as const),
  ];
  if (isCustomerRole(person.role)) return ofCustomer;
  return [...ofCustomer, ...(['support-engineer', 'duty-manager', 'administrator'] as const).map((one) => [one, ROLE_WORDS[one][locale]] as const)];
}
function servingFields(view: View, customers: readonly (readonly [string, string])[], serves: User['serves'] = []): Part {
  const { t, person } = view;
  if (isCustomerRole(person.role)) return undefined;
  return [
    checkbox(t('支持人员：服务所有客户', 'support staff: serves every customer'), 'all', serves === 'all'),
    select(t('或只服务于', 'or one of them'), 'serves', [['', '—'], ...customers], serves === 'all' ? '' : serves[0]),
  ];
}

function userTable(view: View, users: readonly User[], names: ReadonlyMap<string, string>, customers: readonly (readonly [string, string])[]): Markup {
  const { t, locale, person } = view;
  const mayWrite = view.may('user.write');
  const rows = users.map((one) => {
    const status = one.status === 'invited' && one.redeemed ? 'awaiting-approval' : one.status;
    const serves = one.serves === 'all' ? t('所有客户', 'every customer') : one.serves.map((id) => names.get(id) ?? id).join(t('、', ', '));
    const place = one.customerId === null ? serves : names.get(one.customerId);
    const act = (path: string, words: string, question?: string): Part =>
      form(view, `/admin/users/${one.id}/${path}`, NOTHING, words, question === undefined ? {} : { confirm: question, danger: true });
    const acts =
      mayWrite &&
      one.id !== person.userId &&
      one.status !== 'disabled' &&
      html`${one.approvedBy === null && act('approve', t('批准', 'Approve'))}${disclosure(
        t('更改…', 'Change…'),
        html`${form(view, `/admin/users/${one.id}/role`, [select(t('角色', 'Role'), 'role', roleChoices(view), one.administrator === null ? one.role : `${one.role}.${one.administrator}`), servingFields(view, customers, one.serves)], t('保存', 'Save'), { class: 'grid' })}<div class="acts">${one.issuer === null && act('link', t('新的一次性链接', 'New one-time link'))}${act('disable', t('停用', 'Shut out'), t(`停用账号 ${one.login}？其会话立即结束。`, `Shut ${one.login} out? The sessions end at once.`))}</div>`,
      )}`;
    return html`<tr data-row><td class="name">${one.name}<small>${one.login}${one.email !== null && one.email !== one.login && html` · ${one.email}`}</small></td><td>${ROLE_WORDS[one.role][locale]}${one.administrator !== null && html`<small>${SLOT_WORDS[one.administrator][locale]}</small>`}</td><td>${place}</td><td class="t">${status === 'active' ? html`<span class="ok">✓ ${USER_STATE_WORDS[status]?.[locale]}</span>` : status === 'awaiting-approval' ? html`<span class="mark warning">▲ ${USER_STATE_WORDS[status]?.[locale]}</span>` : USER_STATE_WORDS[status]?.[locale]}</td><td>${acts}</td></tr>`;
  });
  return html`<div class="scroll"><table class="stack"><thead><tr><th>${t('用户', 'User')}</th><th>${t('角色', 'Role')}</th><th>${t('客户 / 服务范围', 'Customer, or serves')}</th><th>${t('状态', 'State')}</th><th><span class="hidden">${t('操作', 'Acts')}</span></th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function inviteForm(view: View, customers: readonly (readonly [string, string])[]): Markup {
  const { t, locale, person } = view;
  const content = [
    field(t('登录名', 'Login'), 'login', { required: true, min: 2, max: 120, autocomplete: 'off' }),
    field(t('姓名', 'Name'), 'name', { required: true, max: 120, autocomplete: 'off' }),
    field(t('邮箱', 'E-mail'), 'email', { type: 'email', max: 254, autocomplete: 'off' }),
    select(
      t('语言', 'Language'),
      'locale',
      [
        ['zh', '中文'],
        ['en', 'English'],
      ],
      locale,
    ),
    select(t('角色', 'Role'), 'role', roleChoices(view)),
    person.customerId === null && select(t('客户（客户角色）', "Customer (of a customer's role)"), 'customer', [['', '—'], ...customers]),
    servingFields(view, customers),
  ];
  return disclosure(t('邀请用户…', 'Invite somebody…'), form(view, '/admin/users', content, t('邀请', 'Invite'), { class: 'grid' }));
}
