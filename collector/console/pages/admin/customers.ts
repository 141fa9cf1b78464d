/** /admin: customers, their contracts and clusters. */
import { z } from 'zod';
import { html, type Markup, type Part } from '../../../../reports/renderers/markup.ts';
import { AppError } from '../../../errors.ts';
import type { AppDeps } from '../../../http/deps.ts';
import type { Api } from '../../../http/endpoint.ts';
import { Id, IdParams, Locale, line, Search } from '../../../http/values.ts';
import { readDate } from '../../../reports/periods.ts';
import { CLUSTER_KINDS, type Cluster, type Contract, type Customer } from '../../../store/fleet-store.ts';
import { Zone } from '../../../support/zone.ts';
import { link } from '../../html.ts';
import { addForm, addPage } from '../../page.ts';
import { type Choices, disclosure, field, filters, form, pages, select, textarea } from '../../parts/forms.ts';
import { demoTag, empty } from '../../parts/marks.ts';
import type { View } from '../../view.ts';
import { adminPage } from './frame.ts';

const PAGE = 100;
const FEW = 10;
const DAY_MS = 86_400_000;
const CustomerForm = z.strictObject({ name: line(200), zone: Zone, locale: Locale, contacts: z.string().max(4_000).default('') });
const ContractForm = z.strictObject({ terms: z.string().regex(/^[a-z0-9-]{1,40}\/[a-z0-9-]{1,40}@\d{1,4}$/), from: z.iso.date(), to: z.iso.date().or(z.literal('')).optional() });
const ClusterForm = z.strictObject({
  name: line(200),
  kind: z.enum(CLUSTER_KINDS).default('kubernetes'),
  zone: Zone.or(z.literal('')).optional(),
  contract: Id.or(z.literal('')).optional(),
});

export function customerPages(api: Api, deps: AppDeps): void {
  const { fleet } = deps;
  addPage(
    api,
    { path: '/admin', id: 'customersPage', summary: 'Page of customers', permission: 'customer.read', query: { q: Search, cursor: z.string().max(2_000).optional() } },
    async (view, { query: { q, cursor } }) => {
      const { t } = view;
      const found = await fleet.customers(view.visibility, { limit: PAGE, search: q, ...(cursor !== undefined && { cursor }) });
      // A handful is read at a glance.
      const search =
        (q !== undefined || cursor !== undefined || found.next !== undefined || found.items.length > FEW) &&
        filters(view, '/admin', field(t('搜索客户', 'Search customer'), 'q', { value: q, type: 'search', max: 100 }));
      const rows = found.items.map(
        (one) =>
          html`<tr data-row><td class="name"><a href="/admin/customers/${one.id}">${one.name}</a> ${demoTag(view, one.demo)}</td><td>${one.zone}</td><td>${one.locale === 'zh' ? '中文' : 'English'}</td><td class="t">${view.time(one.createdAt, one.zone)}</td></tr>`,
      );
      const list =
        rows.length === 0
          ? empty(q === undefined ? t('还没有客户。', 'There is no customer yet.') : t('没有名称符合的客户。', 'No customer has that name.'))
          : html`<div class="scroll"><table class="stack"><thead><tr><th>${t('客户', 'Customer')}</th><th>${t('时区', 'Time zone')}</th><th>${t('语言', 'Language')}</th><th>${t('创建', 'Since')}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
      const add =
        view.may('customer.write') && disclosure(t('新增客户…', 'A new customer…'), form(view, '/admin/customers', customerFields(view), t('新增', 'Add it'), { class: 'grid' }));
      return adminPage(
        view,
        'customers',
        t('客户与集群', 'Customers and clusters'),
        html`${search}${list}${pages(view, { first: cursor && link('/admin', { q }), next: found.next && link('/admin', { q, cursor: found.next }) })}${add}`,
        {
          actions: view.may('cluster.write') && html`<a class="button" href="/admin/connect">${t('接入集群', 'Connect a cluster')}</a>`,
        },
      );
    },
  );
  addForm(
    api,
    { path: '/admin/customers', id: 'newCustomerForm', summary: 'Form of a new customer', permission: 'customer.write', body: CustomerForm },
    () => '/admin',
    async ({ caller, body }) => {
      const { id } = await fleet.createCustomer(caller, { ...body, contacts: contactsOf(body.contacts) });
      return { to: `/admin/customers/${id}`, say: 'created' };
    },
  );
  addPage(api, { path: '/admin/customers/:id', id: 'customerPage', summary: 'Page of a customer', permission: 'customer.read', params: IdParams }, async (view, { params }) => {
    const customer = await fleet.customer(view.visibility, params.id);
    const contracts = view.may('contract.read') ? (await fleet.contracts(view.visibility, { customerId: customer.id, limit: 200 })).items : [];
    const clusters = (await fleet.clusters(view.visibility, { customerId: customer.id, limit: 200 })).items;
    return adminPage(view, 'customers', customer.name, content(deps, view, customer, contracts, clusters), {
      trail: [[view.t('管理', 'Administration'), '/admin']],
      about: demoTag(view, customer.demo),
      site: customer.zone,
    });
  });
  addForm(
    api,
    { path: '/admin/customers/:id', id: 'customerForm', summary: 'Form of a customer', permission: 'customer.write', params: IdParams, body: CustomerForm },
    here,
    async ({ caller, params, body }) => {
      await fleet.updateCustomer(caller, params.id, { ...body, contacts: contactsOf(body.contacts) });
      return { to: `/admin/customers/${params.id}`, say: 'saved' };
    },
  );
  addForm(
    api,
    {
      path: '/admin/customers/:id/contracts',
      id: 'newContractForm',
      summary: 'Form of a new contract',
      permission: 'contract.write',
      params: IdParams,
      body: ContractForm,
      names: { startsAt: 'from', endsAt: 'to' },
    },
    here,
    async ({ caller, params, body }, view) => {
      const { zone } = await fleet.customer(view.visibility, params.id);
      const [policyId = '', tier = '', version = ''] = body.terms.split(/[/@]/);
      await fleet.createContract(caller, params.id, {
        policyId,
        tier,
        policyVersion: Number(version),
        startsAt: dayOf(body.from, zone),
        endsAt: body.to === undefined || body.to === '' ? null : dayOf(body.to, zone) + DAY_MS,
        overrides: {},
      });
      return { to: `/admin/customers/${params.id}`, say: 'created' };
    },
  );
  addForm(
    api,
    {
      path: '/admin/contracts/:id/end',
      id: 'endContractForm',
      summary: 'Form to end a contract',
      permission: 'contract.write',
      params: IdParams,
      body: z.strictObject({ to: z.iso.date() }),
    },
    () => '/admin',
    async ({ caller, params, body }, view) => {
      const contract = await fleet.contract(view.visibility, params.id);
      const { zone } = await fleet.customer(view.visibility, contract.customerId);
      await fleet.updateContract(caller, params.id, { endsAt: dayOf(body.to, zone) + DAY_MS });
      return { to: `/admin/customers/${contract.customerId}`, say: 'saved' };
    },
  );
  addForm(
    api,
    { path: '/admin/customers/:id/clusters', id: 'newClusterForm', summary: 'Form of a new cluster', permission: 'cluster.write', params: IdParams, body: ClusterForm },
    here,
    async ({ caller, params, body }) => {
      const { name, kind, zone, contract } = body;
      const { id } = await fleet.createCluster(caller, params.id, {
        name,
        kind,
        zone: zone === undefined || zone === '' ? null : zone,
        contractId: contract === undefined || contract === '' ? null : contract,
      });
      return { to: `/admin/clusters/${id}`, say: 'created' };
    },
  );
}
function here({ params }: { readonly params: { readonly id: string } }): string {
  return `/admin/customers/${params.id}`;
}
/** A day of the site. @throws AppError `invalid` */
function dayOf(text: string, zone: string): number {
  const at = readDate(text, zone);
  if (at === undefined) throw new AppError('invalid', 'no such day', { details: { field: 'to' }, text: { zh: '没有这一天', en: 'there is no such day' } });
  return at;
}
/** `role: address, address`, a line each. @throws AppError `invalid` for a line that is none */
export function contactsOf(text: string): Record<string, string[]> {
  const contacts: Record<string, string[]> = {};
  for (const entry of text.split(/\r?\n/).filter((one) => one.trim() !== '')) {
    const match = /^\s*([a-z][a-z-]{0,39})\s*[:：]\s*(.+)$/.exec(entry);
    if (!match?.[1] || !match[2])
      throw new AppError('invalid', 'contacts: one role a line, role: address, address', {
        details: { field: 'contacts' },
        text: { zh: '每行一个角色，写作“角色: 邮箱, 邮箱”', en: 'one role a line, as role: address, address' },
      });
    contacts[match[1]] = match[2].split(/[,，\s]+/).filter((one) => one !== '');
  }
  return contacts;
}

function customerFields(view: View, customer?: Customer): Part {
  const { t, locale } = view;
  const contacts = Object.entries(customer?.contacts ?? {})
    .map(([role, addresses]) => `${role}: ${addresses.join(', ')}`)
    .join('\n');
  return [
    field(t('名称', 'Name'), 'name', { required: true, max: 200, value: customer?.name }),
    field(t('时区', 'Time zone'), 'zone', {
      required: true,
      max: 64,
      value: customer?.zone ?? view.zone ?? 'Asia/Shanghai',
      hint: t('合同时限按此时区计算', "the contract's clocks count in it"),
    }),
    select(
      t('语言', 'Language'),
      'locale',
      [
        ['zh', '中文'],
        ['en', 'English'],
      ],
      customer?.locale ?? locale,
    ),
    textarea(t('联系人：每行一个角色', 'Contacts: one role a line'), 'contacts', { value: contacts, max: 4_000, hint: 'customer: ops@example.com, boss@example.com' }),
  ];
}

function content(deps: AppDeps, view: View, customer: Customer, contracts: readonly Contract[], clusters: readonly Cluster[]): Markup {
  const { t } = view;
  const contractName = (id: string | null): string => {
    const found = contracts.find((one) => one.id === id);
    return found ? refOf(found) : t('客户的现行合同', "the customer's in force");
  };
  const clusterRows = clusters.map(
    (one) =>
      html`<tr data-row><td class="name"><a href="/admin/clusters/${one.id}">${one.name}</a></td><td>${one.kind === 'hosts' ? t('独立主机', 'hosts') : 'Kubernetes'}</td><td>${one.zone ?? customer.zone}</td><td>${contractName(one.contractId)}</td><td><a href="/clusters/${one.id}">${t('巡检结果', 'results')}</a></td></tr>`,
  );
  const clusterTable =
    clusterRows.length === 0
      ? empty(t('还没有集群。', 'There is no cluster yet.'))
      : html`<div class="scroll"><table class="stack"><thead><tr><th>${t('集群', 'Cluster')}</th><th>${t('类型', 'Kind')}</th><th>${t('时区', 'Time zone')}</th><th>${t('合同', 'Contract')}</th><th><span class="hidden">${t('链接', 'Links')}</span></th></tr></thead><tbody>${clusterRows}</tbody></table></div>`;
  const newCluster = [
    field(t('名称', 'Name'), 'name', { required: true, max: 200 }),
    select(t('类型', 'Kind'), 'kind', kindChoices(view)),
    select(t('合同', 'Contract'), 'contract', [['', t('客户的现行合同', "the customer's in force")], ...contracts.map((one) => [one.id, refOf(one)] as const)]),
    field(t('时区（留空：客户的）', "Time zone (empty: the customer's)"), 'zone', { max: 64 }),
  ];
  return html`<h2>${t('集群', 'Clusters')}</h2>${clusterTable}${view.may('cluster.write') && disclosure(t('新增集群…', 'A new cluster…'), form(view, `/admin/customers/${customer.id}/clusters`, newCluster, t('新增', 'Add it'), { class: 'grid' }))}
<h2>${t('合同', 'Contracts')}</h2>${contractTable(view, customer, contracts)}${view.may('contract.write') && newContract(deps, view, customer)}
${view.may('customer.write') ? html`<h2>${t('资料', 'Details')}</h2>${form(view, `/admin/customers/${customer.id}`, customerFields(view, customer), t('保存', 'Save'), { class: 'grid' })}` : details(view, customer)}`;
}
export function kindChoices({ t }: View): Choices {
  return [
    ['kubernetes', 'Kubernetes'],
    ['hosts', t('独立主机（没有 Kubernetes）', 'hosts without Kubernetes')],
  ];
}
function refOf({ policyId, tier, policyVersion }: Contract): string {
  return `${policyId}/${tier}@${policyVersion}`;
}
function contractTable(view: View, { zone }: Customer, contracts: readonly Contract[]): Part {
  const { t, now } = view;
  if (contracts.length === 0) return empty(t('没有合同：按收集端的默认策略计时。', "No contract: the collector's default policy counts."));
  const rows = contracts
    .toSorted((one, other) => other.startsAt - one.startsAt)
    .map((one) => {
      const isOver = one.endsAt !== null && one.endsAt <= now;
      const end =
        view.may('contract.write') &&
        !isOver &&
        disclosure(
          t('终止…', 'End it…'),
          form(view, `/admin/contracts/${one.id}/end`, field(t('最后一日', 'Last day'), 'to', { type: 'date', required: true }), t('终止', 'End it'), {
            class: 'inline',
            danger: true,
            confirm: t(`终止合同 ${refOf(one)}？`, `End the contract ${refOf(one)}?`),
          }),
        );
      return html`<tr><td><a href="${link(`/admin/policies/${one.policyId}`, { version: one.policyVersion })}">${refOf(one)}</a></td><td class="t">${view.time(one.startsAt, zone)}</td><td class="t">${one.endsAt === null ? t('未定', 'open') : view.time(one.endsAt, zone)}</td><td>${isOver ? t('已结束', 'over') : one.startsAt > now ? t('未开始', 'to come') : html`<span class="ok">✓ ${t('生效中', 'in force')}</span>`}</td><td>${end}</td></tr>`;
    });
  return html`<div class="scroll"><table class="stack"><thead><tr><th>${t('策略 / 级别', 'Policy / tier')}</th><th>${t('开始', 'From')}</th><th>${t('结束', 'Until')}</th><th>${t('状态', 'State')}</th><th><span class="hidden">${t('操作', 'Acts')}</span></th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
export function termsChoices({ policies }: Pick<AppDeps, 'policies'>, { locale }: View): Choices {
  return policies.all.flatMap(({ id, version, name, tiers }) =>
    Object.entries(tiers).map(([tier, { name: tierName }]) => [`${id}/${tier}@${version}`, `${name[locale]} · ${tierName[locale]} (${id}/${tier}@${version})`] as const),
  );
}
function newContract(deps: AppDeps, view: View, { id }: Customer): Markup {
  const { t } = view;
  const content = [
    html`<div class="pair">${select(t('策略与级别', 'Policy and tier'), 'terms', termsChoices(deps, view), undefined, { required: true })}</div>`,
    field(t('开始', 'From'), 'from', { type: 'date', required: true, value: new Date(view.now).toISOString().slice(0, 10) }),
    field(t('最后一日（可空）', 'Last day (may be empty)'), 'to', { type: 'date' }),
  ];
  return disclosure(t('新增合同…', 'A new contract…'), form(view, `/admin/customers/${id}/contracts`, content, t('新增', 'Add it'), { class: 'grid' }));
}
function details({ t }: View, { zone, locale, contacts }: Customer): Markup {
  const lines = Object.entries(contacts).map(([role, addresses]) => html`<dt>${role}</dt><dd>${addresses.join(', ')}</dd>`);
  return html`<h2>${t('资料', 'Details')}</h2><dl class="facts"><dt>${t('时区', 'Time zone')}</dt><dd>${zone}</dd><dt>${t('语言', 'Language')}</dt><dd>${locale === 'zh' ? '中文' : 'English'}</dd>${lines}</dl>`;
}
