/** /admin/users: who may sign in, in which role; the two administrators of a customer let its people in. */
import { z } from 'zod';
import { html, type Markup, type Part } from '../../../../reports/renderers/markup.ts';
import { isCustomerRole } from '../../../access/principal.ts';
import type { AppDeps } from '../../../http/deps.ts';
import { type Api, personOf } from '../../../http/endpoint.ts';
import { Email, Id, Locale, Login, line } from '../../../http/values.ts';
import { listUsers, USER_STATES, type User } from '../../../store/user-store.ts';
import { link } from '../../html.ts';
import { ONCE_PATH } from '../../once.ts';
import { addForm, addPage } from '../../page.ts';
import { checkbox, disclosure, field, filters, form, pages, select } from '../../parts/forms.ts';
import { empty } from '../../parts/marks.ts';
import { customerChoices } from '../../parts/places.ts';
import type { View } from '../../view.ts';
import { USER_STATE_WORDS } from '../../words/role-words.ts';
import { adminPage } from './frame.ts';
import { RoleChoice, roleChoices, roleOf, roleWords, servesOf, userPage, userPath, userState } from './user.ts';

const PAGE = 100;
const DEFAULT_ZONE = 'Asia/Shanghai';
const chosen = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
/** Customers that a row names. */
const MOST_NAMES = 5;
const Invite = z.strictObject({
  login: Login,
  name: line(120),
  email: chosen(Email),
  locale: Locale,
  role: RoleChoice,
  customer: chosen(Id),
  all: z.literal('1').optional(),
  serves: chosen(Id),
});

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
      const list = shown.length === 0 ? empty(t('没有符合条件的用户。', 'No user matches.')) : userTable(view, shown, names);
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
        {
          login: body.login,
          name: body.name,
          email: body.email ?? null,
          locale: body.locale,
          role,
          customerId,
          administrator,
          serves: servesOf(role, body.all, body.serves === undefined ? [] : [body.serves]),
        },
        now,
      );
      return { to: ONCE_PATH, once: { kind: 'link', name: user.name, ...shown } };
    },
  );
  userPage(api, deps);
}

function userTable(view: View, users: readonly User[], names: ReadonlyMap<string, string>): Markup {
  const { t } = view;
  const rows = users.map((one) => {
    const serves = one.serves === 'all' ? t('所有客户', 'every customer') : servedWords(view, one.serves, names);
    const place = one.customerId === null ? serves : names.get(one.customerId);
    return html`<tr data-row><td class="name"><a href="${userPath(one.id)}">${one.name}</a><small>${one.login}${one.email !== null && one.email !== one.login && html` · ${one.email}`}</small></td><td>${roleWords(view, one)}</td><td>${place}</td><td class="t">${userState(view, one)}</td></tr>`;
  });
  const heads = [t('用户', 'User'), t('角色', 'Role'), t('客户 / 服务范围', 'Customer, or serves'), t('状态', 'State')];
  return html`<div class="scroll"><table class="stack"><thead><tr>${heads.map((head) => html`<th>${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
function servedWords({ t }: View, ids: readonly string[], names: ReadonlyMap<string, string>): Part {
  if (ids.length === 0) return html`<span class="mark warning">▲ ${t('尚未分配客户', 'nobody yet')}</span>`;
  const shown = ids.slice(0, MOST_NAMES).map((id) => names.get(id) ?? id);
  return `${shown.join(t('、', ', '))}${ids.length > shown.length ? t(` 等 ${ids.length} 个`, ` and ${ids.length - shown.length} more`) : ''}`;
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
    select(t('角色', 'Role'), 'role', roleChoices(view, 'any')),
    person.customerId === null && select(t('客户（客户角色）', "Customer (of a customer's role)"), 'customer', [['', '—'], ...customers]),
    person.customerId === null && [
      select(t('支持人员服务于', 'Support staff serves'), 'serves', [['', '—'], ...customers], undefined, {
        hint: t('其他客户：邀请后在其页面上添加', "others can be added on the person's page"),
      }),
      checkbox(t('支持人员服务所有客户', 'support staff serves every customer'), 'all'),
    ],
  ];
  return disclosure(t('邀请用户…', 'Invite somebody…'), form(view, '/admin/users', content, t('邀请', 'Invite'), { class: 'grid' }));
}
