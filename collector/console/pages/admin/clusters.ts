/** /admin/connect and /admin/clusters/:id: a cluster with its tokens, and the commands that connect it, ready to copy. */
import { z } from 'zod';
import { html, type Markup, type Part } from '../../../../reports/renderers/markup.ts';
import { AppError } from '../../../errors.ts';
import type { AppDeps } from '../../../http/deps.ts';
import type { Api } from '../../../http/endpoint.ts';
import { Id, IdParams, line } from '../../../http/values.ts';
import { CLUSTER_KINDS, type Cluster, type Customer } from '../../../store/fleet-store.ts';
import { TOKEN_KINDS, type TokenRecord } from '../../../store/token-store.ts';
import { Zone } from '../../../support/zone.ts';
import type { Page } from '../../layout.ts';
import { ONCE_PATH } from '../../once.ts';
import { addForm, addPage } from '../../page.ts';
import { type Choices, copyable, disclosure, field, form, hidden, select } from '../../parts/forms.ts';
import { empty } from '../../parts/marks.ts';
import { customerChoices } from '../../parts/places.ts';
import type { View } from '../../view.ts';
import { kindChoices, termsChoices } from './customers.ts';
import { adminPage } from './frame.ts';

const ConnectForm = z.strictObject({
  customer: Id.or(z.literal('')).optional(),
  name: line(200).or(z.literal('')).optional(),
  terms: z.string().regex(/^[a-z0-9-]{1,40}\/[a-z0-9-]{1,40}@\d{1,4}$/),
  cluster: line(200),
  kind: z.enum(CLUSTER_KINDS),
  zone: Zone,
});
const ClusterForm = z.strictObject({ name: line(200), zone: Zone.or(z.literal('')).optional(), contract: Id.or(z.literal('')).optional() });
const TokenForm = z.strictObject({ label: line(100), kind: z.enum(TOKEN_KINDS) });
const HOUR_MS = 3_600_000;
const RotateForm = z.strictObject({ hours: z.coerce.number().int().min(0).max(720) });

export function adminClusterPages(api: Api, deps: AppDeps): void {
  connectPages(api, deps);
  clusterPages(api, deps);
  tokenForms(api, deps);
}

function connectPages(api: Api, deps: AppDeps): void {
  const { fleet, credentials } = deps;
  addPage(api, { path: '/admin/connect', id: 'connectPage', summary: 'Page to connect a cluster', permission: 'cluster.write' }, async (view) => {
    const { t } = view;
    const customers = await customerChoices(deps, view.visibility);
    const content = [
      customers.length > 0 && select(t('客户', 'Customer'), 'customer', [['', t('新客户…', 'a new one…')], ...customers], customers[0]?.[0]),
      html`<div class="${customers.length > 0 ? 'only only-new' : 'only-new'}">${field(t('新客户名称', "New customer's name"), 'name', { max: 200, required: customers.length === 0 })}<div class="pair">${select(t('新客户的策略与级别', "New customer's policy and tier"), 'terms', termsChoices(deps, view), 'daocloud/standard@1')}</div></div>`,
      field(t('时区', 'Time zone'), 'zone', { required: true, max: 64, value: view.zone ?? 'Asia/Shanghai' }),
      field(t('集群名称', "Cluster's name"), 'cluster', { required: true, max: 200 }),
      select(t('类型', 'Kind'), 'kind', kindChoices(view)),
    ];
    return adminPage(
      view,
      'customers',
      t('接入集群', 'Connect a cluster'),
      html`<p>${t('登记后会得到一个只显示一次的令牌和可直接复制的安装命令。', 'You get a token, shown once, and the commands to copy.')}</p>${form(view, '/admin/connect', content, t('登记并生成安装命令', 'Enter it and show the commands'), { class: 'grid' })}`,
      {
        trail: [[t('管理', 'Administration'), '/admin']],
      },
    );
  });
  addForm(
    api,
    {
      path: '/admin/connect',
      id: 'connectForm',
      summary: 'Form to connect a cluster',
      permission: 'cluster.write',
      body: ConnectForm,
      // Where the customer is chosen, what else is named is the cluster.
      names: { name: 'cluster' },
    },
    () => '/admin/connect',
    async ({ caller, body, now }, view) => {
      const customer = await customerFor(body, caller, view, now);
      const cluster = await fleet.createCluster(caller, customer.id, {
        name: body.cluster,
        kind: body.kind,
        zone: body.zone === customer.zone ? null : body.zone,
        contractId: null,
      });
      const { token } = await credentials.issue(caller, cluster.id, { label: 'console', kind: 'agent' });
      return { to: ONCE_PATH, once: { kind: 'token', token, of: 'agent', clusterId: cluster.id } };
    },
  );

  async function customerFor(
    { customer, name, terms, zone }: z.output<typeof ConnectForm>,
    caller: Parameters<typeof fleet.createCustomer>[0],
    view: View,
    now: number,
  ): Promise<Customer> {
    if (customer !== undefined && customer !== '') return await fleet.customer(view.visibility, customer);
    if (name === undefined || name === '')
      throw new AppError('invalid', 'name the new customer', { details: { field: 'body.name' }, text: { zh: '必填：新客户的名称', en: 'name the new customer' } });
    const made = await fleet.createCustomer(caller, { name: name ?? '', zone, locale: view.locale, contacts: {}, demo: false });
    const [policyId = '', tier = '', version = ''] = terms.split(/[/@]/);
    await fleet.createContract(caller, made.id, { policyId, tier, policyVersion: Number(version), startsAt: now, endsAt: null, overrides: {} });
    return made;
  }
}

function clusterPages(api: Api, deps: AppDeps): void {
  const { fleet, credentials } = deps;
  addPage(
    api,
    { path: '/admin/clusters/:id', id: 'adminClusterPage', summary: 'Page of a cluster and its tokens', permission: 'cluster.read', params: IdParams },
    async (view, { params }) => {
      const { t } = view;
      const cluster = await fleet.cluster(view.visibility, params.id);
      const customer = await fleet.customer(view.visibility, cluster.customerId);
      const tokens = view.may('token.read') ? await credentials.tokens(view.visibility, cluster.id) : undefined;
      const contracts = (await fleet.contracts(view.visibility, { customerId: customer.id, limit: 200 })).items.map(
        ({ id, policyId, tier, policyVersion }) => [id, `${policyId}/${tier}@${policyVersion}`] as const,
      );
      const content = html`${tokens && tokenSection(view, cluster, tokens, customer.zone)}
<h2>${t('安装命令', 'Install command')}</h2><p class="muted">${t('令牌只在创建时显示一次；丢失后请新建或轮换。', 'A token is shown once, when it is made; who lost it makes or rotates one.')}</p>${commands(view, deps, cluster, '<TOKEN>')}
${view.may('cluster.write') && html`<h2>${t('资料', 'Details')}</h2>${form(view, `/admin/clusters/${cluster.id}`, clusterFields(view, cluster, contracts), t('保存', 'Save'), { class: 'grid' })}`}`;
      return adminPage(view, 'customers', cluster.name, content, {
        ...frame(view, customer),
        actions: html`<a class="button second" href="/clusters/${cluster.id}">${t('巡检结果', 'Results')}</a>`,
      });
    },
  );
  addForm(
    api,
    { path: '/admin/clusters/:id', id: 'adminClusterForm', summary: 'Form of a cluster', permission: 'cluster.write', params: IdParams, body: ClusterForm },
    here,
    async ({ caller, params, body }) => {
      const { name, zone, contract } = body;
      await fleet.updateCluster(caller, params.id, {
        name,
        zone: zone === undefined || zone === '' ? null : zone,
        contractId: contract === undefined || contract === '' ? null : contract,
      });
      return { to: `/admin/clusters/${params.id}`, say: 'saved' };
    },
  );
}
function here({ params }: { readonly params: { readonly id: string } }): string {
  return `/admin/clusters/${params.id}`;
}
function frame({ t }: View, { id, name, zone }: Customer): Partial<Page> {
  return {
    trail: [
      [t('管理', 'Administration'), '/admin'],
      [name, `/admin/customers/${id}`],
    ],
    site: zone,
  };
}
function clusterFields(view: View, { name, zone, contractId }: Cluster, contracts: Choices): Part {
  const { t } = view;
  return [
    field(t('名称', 'Name'), 'name', { required: true, max: 200, value: name }),
    field(t('时区（留空：客户的）', "Time zone (empty: the customer's)"), 'zone', { max: 64, value: zone ?? '' }),
    select(t('合同', 'Contract'), 'contract', [['', t('客户的现行合同', "the customer's in force")], ...contracts], contractId ?? ''),
  ];
}

const KIND_WORDS = {
  agent: { zh: '代理：发送巡检', en: 'agent: sends inspections' },
  collector: { zh: '站点收集端：转发并接收处理状态', en: 'site collector: forwards, and hears what was done' },
  integration: { zh: '集成：提交事件', en: 'integration: opens incidents' },
  reporter: { zh: '报告：生成与下载报告', en: 'reporter: makes and fetches reports' },
} as const;

function tokenSection(view: View, cluster: Cluster, tokens: readonly TokenRecord[], zone: string): Markup {
  const { t, locale, now } = view;
  const rows = tokens.map((one) => {
    const isOver = one.revokedAt !== null || (one.expiresAt !== null && one.expiresAt <= now);
    const state =
      one.revokedAt !== null
        ? t('已吊销', 'revoked')
        : isOver
          ? t('已到期', 'expired')
          : one.expiresAt === null
            ? html`<span class="ok">✓ ${t('有效', 'valid')}</span>`
            : html`${t('有效至', 'valid until')} ${view.time(one.expiresAt, zone)}`;
    const acts =
      view.may('token.write') &&
      !isOver &&
      html`<div class="actions">${disclosure(t('轮换…', 'Rotate…'), form(view, `/admin/tokens/${one.id}/rotate`, field(t('旧令牌继续有效（小时）', 'The old one goes on (hours)'), 'hours', { type: 'number', min: 0, max: 720, value: 24 }), t('轮换', 'Rotate'), { class: 'inline' }))}${form(view, `/admin/tokens/${one.id}/revoke`, hidden('cluster', cluster.id), t('吊销', 'Revoke'), { danger: true, confirm: t(`吊销令牌“${one.label}”？使用它的代理会立即失联。`, `Revoke "${one.label}"? Agents that use it are cut off at once.`) })}</div>`;
    return html`<tr><td class="name">${one.label}<small>${KIND_WORDS[one.kind][locale]}</small></td><td class="t">${state}</td><td class="t">${view.ago(one.lastUsedAt, zone)}</td><td class="t">${view.time(one.createdAt, zone)}</td><td>${acts}</td></tr>`;
  });
  const table =
    rows.length === 0
      ? empty(t('还没有令牌。', 'There is no token yet.'))
      : html`<div class="scroll"><table class="stack"><thead><tr><th>${t('令牌', 'Token')}</th><th>${t('状态', 'State')}</th><th>${t('最近使用', 'Used')}</th><th>${t('创建', 'Made')}</th><th><span class="hidden">${t('操作', 'Acts')}</span></th></tr></thead><tbody>${rows}</tbody></table></div>`;
  const fields = [
    field(t('用途', 'Label'), 'label', { required: true, max: 100 }),
    select(
      t('类型', 'Kind'),
      'kind',
      TOKEN_KINDS.map((kind) => [kind, KIND_WORDS[kind][locale]] as const),
    ),
  ];
  return html`<h2>${t('令牌', 'Tokens')}</h2>${table}${view.may('token.write') && disclosure(t('新建令牌…', 'A new token…'), form(view, `/admin/clusters/${cluster.id}/tokens`, fields, t('新建', 'Make it'), { class: 'grid' }), { open: rows.length === 0 })}`;
}

function tokenForms(api: Api, { credentials }: AppDeps): void {
  addForm(
    api,
    { path: '/admin/clusters/:id/tokens', id: 'newTokenForm', summary: 'Form of a new token', permission: 'token.write', params: IdParams, body: TokenForm },
    here,
    async ({ caller, params, body }) => {
      const { token, record } = await credentials.issue(caller, params.id, body);
      return { to: ONCE_PATH, once: { kind: 'token', token, of: record.kind, clusterId: params.id } };
    },
  );
  addForm(
    api,
    { path: '/admin/tokens/:id/rotate', id: 'rotateTokenForm', summary: 'Form to rotate a token', permission: 'token.write', params: IdParams, body: RotateForm },
    () => '/admin',
    async ({ caller, params, body }) => {
      const { token, record } = await credentials.rotate(caller, params.id, body.hours * HOUR_MS);
      return { to: ONCE_PATH, once: { kind: 'token', token, of: record.kind, clusterId: record.clusterId } };
    },
  );
  addForm(
    api,
    {
      path: '/admin/tokens/:id/revoke',
      id: 'revokeTokenForm',
      summary: 'Form to revoke a token',
      permission: 'token.write',
      params: IdParams,
      body: z.strictObject({ cluster: Id.optional() }),
    },
    () => '/admin',
    async ({ caller, params, body }) => {
      await credentials.revoke(caller, params.id);
      return { to: body.cluster === undefined ? '/admin' : `/admin/clusters/${body.cluster}`, say: 'revoked' };
    },
  );
}

/** The only page that ever holds the token. */
export function issuedPage(view: View, deps: AppDeps, cluster: Cluster, customer: Customer, { token, kind }: { readonly token: string; readonly kind: TokenRecord['kind'] }): Page {
  const { t } = view;
  const content = html`<p class="notice good" role="status">✓ ${t('令牌已生成，只在此显示，请立即保存。', 'The token is made. It is shown here and nowhere else: keep it now.')}</p>${copyable(view, token)}${kind === 'agent' && html`<h2>${t('安装命令', 'Install command')}</h2>${commands(view, deps, cluster, token)}`}<p class="acts"><a class="button second" href="/admin/clusters/${cluster.id}">${t('已保存，继续', 'I have kept it, go on')}</a></p>`;
  return adminPage(view, 'customers', cluster.name, content, frame(view, customer));
}

/** Each line can be pasted as it is. Tokens have no character that a shell reads. */
function commands(view: View, { publicUrl }: AppDeps, { kind }: Cluster, token: string): Markup {
  const { t } = view;
  const keep = `printf %s '${token}' > xunjian-token`;
  const agent = (role: string): string => `xunjian agent --role ${role} --collector ${publicUrl} --token-file xunjian-token --state-dir ./xunjian-agent`;
  if (kind === 'hosts') return html`<h3>${t('在主机上', 'On the host')}</h3>${copyable(view, `${keep}\n${agent('host')}`)}`;
  const chart = [
    'kubectl create namespace xunjian',
    `kubectl -n xunjian create secret generic xunjian-token --from-literal=token='${token}'`,
    `helm install xunjian charts/xunjian -n xunjian --set collector.enabled=false --set agents.collectorUrl=${publicUrl} --set enrolment.existingSecret=xunjian-token`,
  ].join('\n');
  return html`<h3>${t('用 Helm 安装到集群', 'Into the cluster, with Helm')}</h3>${isOwnMachine(publicUrl) && html`<p class="notice bad">■ ${t('收集端的地址是本机地址，集群中的代理无法访问。请以 --public-url 给出集群能访问的地址后重启收集端，再复制该命令。', 'The address of this collector is one of its own machine: agents in a cluster do not reach it. Start the collector with --public-url and an address that they reach, then copy this.')}</p>`}${copyable(view, chart)}<h3>${t('或在能访问 API Server 的机器上直接运行', 'Or from any machine that reaches the API server')}</h3>${copyable(view, `${keep}\n${agent('cluster')}`)}`;
}

/** Nobody else reaches it. */
function isOwnMachine(url: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])$/.test(new URL(url).hostname);
}
