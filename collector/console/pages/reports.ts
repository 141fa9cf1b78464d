/** /reports: the archive, a new one, one with its progress, files and the customer's word, and two beside each other. */
import { z } from 'zod';
import type { Text } from '../../../agent/wire/vocabulary.ts';
import { formatBytes } from '../../../reports/format.ts';
import { breakable, html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import type { AppDeps } from '../../http/deps.ts';
import type { Api } from '../../http/endpoint.ts';
import { Kind } from '../../http/report-views.ts';
import { Id, IdParams } from '../../http/values.ts';
import { kindIds, titleOfKind } from '../../reports/kinds.ts';
import { REPORT_STATES, type Report, type ReportFile, type ReportFormat } from '../../reports/report.ts';
import type { ReportContact } from '../../reports/report-mail.ts';
import { findCluster, findCustomer } from '../../store/fleet-store.ts';
import { readPlace, writePlace } from '../../store/place.ts';
import { listFiles, listReports } from '../../store/report-store.ts';
import { link } from '../html.ts';
import { addForm, addPage } from '../page.ts';
import { filters, form, pages, select, tabs } from '../parts/forms.ts';
import { empty } from '../parts/marks.ts';
import { customerChoices } from '../parts/places.ts';
import type { View } from '../view.ts';
import { FAULT_WORDS, FORMAT_WORDS, REPORT_STATE_WORDS, STAGE_WORDS } from '../words/report-words.ts';
import { confirmationWords, signOff, signOffForms } from './report-sign-off.ts';

const PAGE = 50;
const DEFAULT_ZONE = 'Asia/Shanghai';
const chosen = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const Query = { customer: chosen(Id), cluster: chosen(Id), kind: chosen(Kind), state: chosen(z.enum(REPORT_STATES)), cursor: z.string().max(400).optional() };

export function reportPages(api: Api, deps: AppDeps): void {
  archivePage(api, deps);
  reportPage(api, deps);
  signOffForms(api, deps);
  sendForms(api, deps);
}

export function reportTabs(view: View, current: 'archive' | 'schedules' | 'diff'): Markup {
  return tabs(view, current, [
    ['archive', view.t('归档', 'Archive'), '/reports'],
    ['schedules', view.t('定期报告', 'Schedules'), '/reports/schedules'],
    ['diff', view.t('对比两份报告', 'Compare two'), '/reports/diff'],
  ]);
}

function archivePage(api: Api, deps: AppDeps): void {
  addPage(
    api,
    { path: '/reports', id: 'reportsPage', summary: 'Page of reports', permission: 'report.read', query: Query },
    async (view, { query: { cursor, customer, cluster, kind, state } }) => {
      const { t } = view;
      const [createdAt, id] = cursor === undefined ? [] : readPlace(cursor, ['number', 'string']);
      const after = createdAt === undefined || id === undefined ? undefined : ([Number(createdAt), String(id)] as const);
      const found = await listReports(deps.database.db, view.visibility, { customerId: customer, clusterId: cluster, kind, state, after: after && [...after], limit: PAGE + 1 });
      const shown = found.slice(0, PAGE);
      const last = found.length > PAGE ? shown.at(-1) : undefined;
      const keep = { customer, cluster, kind, state };
      const customers = await customerChoices(deps, view.visibility);
      const all = ['', t('全部', 'all')] as const;
      const choose = [
        customers.length > 1 && select(t('客户', 'Customer'), 'customer', [all, ...customers], customer),
        select(t('报告类型', 'Kind'), 'kind', [all, ...(await kindChoices(view))], kind),
        select(t('状态', 'State'), 'state', [all, ...REPORT_STATES.map((one) => [one, REPORT_STATE_WORDS[one][view.locale]] as const)], state),
      ];
      const list =
        shown.length === 0
          ? empty(t('还没有报告。', 'There is no report yet.'), view.may('report.create') && html`<a class="button" href="/reports/new">${t('生成报告', 'Make a report')}</a>`)
          : await reportTable(deps, view, shown);
      return {
        title: t('报告', 'Reports'),
        area: 'reports',
        tabs: reportTabs(view, 'archive'),
        actions: view.may('report.create') && html`<a class="button" href="/reports/new">${t('生成报告', 'Make a report')}</a>`,
        content: html`${filters(view, '/reports', choose)}${list}${pages(view, { first: cursor && link('/reports', keep), next: last && link('/reports', { ...keep, cursor: writePlace([last.createdAt, last.id]) }) })}`,
      };
    },
  );
}
export async function kindChoices({ locale }: View): Promise<readonly (readonly [string, string])[]> {
  const choices: (readonly [string, string])[] = [];
  for (const id of await kindIds()) choices.push([id, (await titleOfKind(id))?.[locale] ?? id]);
  return choices;
}

export async function subjectOf(
  { database: { db } }: AppDeps,
  view: View,
  { customerId, clusterId }: Pick<Report, 'customerId' | 'clusterId'>,
): Promise<{ readonly customer: string; readonly cluster: string; readonly zone: string }> {
  const customer = await findCustomer(db, view.visibility, customerId);
  const cluster = clusterId === null ? undefined : await findCluster(db, view.visibility, clusterId);
  return { customer: customer?.name ?? '', cluster: cluster?.name ?? view.t('全部集群', 'all clusters'), zone: cluster?.zone ?? customer?.zone ?? DEFAULT_ZONE };
}
async function reportTable(deps: AppDeps, view: View, items: readonly Report[]): Promise<Markup> {
  const { t, locale } = view;
  const rows: Markup[] = [];
  for (const one of items) {
    const { customer, cluster, zone } = await subjectOf(deps, view, one);
    const title = (await titleOfKind(one.kind))?.[locale] ?? one.kind;
    rows.push(
      html`<tr data-row><td class="name"><a href="/reports/${one.id}">${title}</a><small>${periodWords(view, one, zone)}</small></td><td>${customer}<small>${cluster}</small></td><td class="t">${stateWords(view, one)}</td><td class="t">${confirmationWords(view, one, zone)}</td><td class="t">${view.ago(one.createdAt, zone)}</td></tr>`,
    );
  }
  const heads = [t('报告', 'Report'), t('客户与集群', 'Customer, cluster'), t('状态', 'State'), t('客户确认', 'Confirmation'), t('创建', 'Made')];
  return html`<div class="scroll"><table class="stack"><thead><tr>${heads.map((head) => html`<th>${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
function periodWords(view: View, { from, to }: Report, zone: string): string {
  const date = (at: number): string => view.clock(at, zone).slice(0, 10);
  return from === undefined
    ? view.t(`截至 ${view.clock(to, zone)}`, `as of ${view.clock(to, zone)}`)
    : view.t(`${date(from)} 至 ${date(to - 1)}`, `${date(from)} to ${date(to - 1)}`);
}
function stateWords({ locale }: View, { state, fault }: Report): Part {
  const words = REPORT_STATE_WORDS[state][locale];
  if (state === 'failed') return html`<span class="mark critical">■ ${words}</span>${fault && html`<small>${FAULT_WORDS[fault][locale]}</small>`}`;
  return state === 'done' ? html`<span class="ok">✓ ${words}</span>` : words;
}
function reportPage(api: Api, deps: AppDeps): void {
  addPage(api, { path: '/reports/:id', id: 'reportPage', summary: 'Page of a report', permission: 'report.read', params: IdParams }, async (view, { params }) => {
    const report = await deps.reports.get(view.visibility, params.id);
    const files = await listFiles(deps.database.db, report.id);
    const { customer, cluster, zone } = await subjectOf(deps, view, report);
    const { t, locale } = view;
    const contacts = report.state === 'done' && view.may('report.send') ? await deps.reports.contacts(view.visibility, report.id) : undefined;
    return {
      title: (await titleOfKind(report.kind))?.[locale] ?? report.kind,
      area: 'reports',
      site: zone,
      trail: [[t('报告', 'Reports'), '/reports']],
      settled: report.state === 'done' || report.state === 'failed' ? 'requested' : undefined,
      about: html`<span>${customer} · ${cluster}</span><span>${periodWords(view, report, zone)}</span>${stateWords(view, report)}`,
      content: html`${report.state === 'done' ? downloads(view, report, files) : making(view, report)}${report.state === 'done' && signOff(view, report, zone)}${contacts && sending(view, report, contacts)}${facts(view, report, zone)}`,
    };
  });
}

/** Each recipient is said by its own name, `to-ops@example.com=1`. */
const Sending = z.record(z.string().regex(/^to-[^\s]{3,254}$/), z.literal('1'));

function sendForms(api: Api, { reports, publicUrl }: AppDeps): void {
  addForm(
    api,
    {
      path: '/reports/:id/send',
      id: 'sendReportForm',
      summary: 'Form to send a finished report to contacts',
      permission: 'report.send',
      params: IdParams,
      body: Sending,
      perMinute: 10,
    },
    ({ params }) => `/reports/${params.id}`,
    async ({ caller, params, body, now }) => {
      await reports.send(caller, params.id, { to: Object.keys(body).map((name) => name.slice('to-'.length)), publicUrl }, now);
      return { to: `/reports/${params.id}`, say: 'report-sent' };
    },
  );
}
const CONTACT_WORDS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  administrator: ['客户管理员', "customer's administrator"],
  customer: ['客户联系人', 'customer'],
  report: ['报告联系人', 'for reports'],
  'customer-representative': ['客户服务代表', 'customer representative'],
};
function sending(view: View, { id, mail, customerId }: Report, contacts: readonly ReportContact[]): Markup {
  const { t, locale } = view;
  const title = mail ? t('再次发送', 'Send it again') : t('发送', 'Send it');
  if (contacts.length === 0)
    return html`<h2>${title}</h2><p class="muted">${t('该客户没有登记联系人邮箱。', 'No address is known for this customer.')} ${view.may('customer.write') && html`<a href="/admin/customers/${customerId}">${t('登记联系人', 'Enter its contacts')} →</a>`}</p>`;
  const boxes = contacts.map(({ email, role }) => {
    const words = CONTACT_WORDS[role];
    return html`<label class="check"><input type="checkbox" name="to-${email}" value="1"><span>${email}<small> ${words ? words[locale === 'zh' ? 0 : 1] : role}</small></span></label>`;
  });
  return html`<h2>${title}</h2>${form(view, `/reports/${id}/send`, html`<fieldset class="options"><legend>${t('收件人', 'To')}</legend>${boxes}</fieldset>`, t('发送链接与摘要', 'Send link and digests'), { class: 'grid', second: true })}`;
}

function making(view: View, { id, state, stage, progress, fault, attempts }: Report): Markup {
  const { t, locale } = view;
  if (state === 'failed')
    return html`<p class="notice bad" role="alert">■ ${t('报告没有生成：', 'The report could not be made: ')}${fault && FAULT_WORDS[fault][locale]}</p><p><a class="button second" href="/reports/new">${t('重新生成', 'Try again')}</a></p>`;
  return html`<section data-progress="/api/v1/reports/${id}/events"><p role="status">${STAGE_WORDS[stage][locale]}${attempts > 1 && t(`（第 ${attempts} 次尝试）`, ` (try ${attempts})`)}</p><p><progress max="100" value="${progress}" aria-label="${t('进度', 'Progress')}">${progress} %</progress></p><p class="note">${t('完成后下载链接会出现在这里；也可以稍后刷新本页。', 'The files appear here when it is done; or come back later.')}</p></section>`;
}
/** Beside the report: what its files are, and by whom that is said. */
const MANIFEST_WORDS: Readonly<Record<string, Text>> = {
  'manifest.json': { zh: '文件清单与摘要', en: 'List of the files, with digests' },
  'manifest.sig.json': { zh: '清单的签名', en: 'Signature of the list' },
};
function downloads(view: View, { id }: Report, files: readonly ReportFile[]): Markup {
  const { t, locale } = view;
  const order: readonly ReportFormat[] = ['docx', 'pdf', 'xlsx', 'html', 'json'];
  const formatOf = (name: string): ReportFormat | undefined => order.find((format) => name.endsWith(`.${format}`));
  const sorted = files.toSorted((one, other) => order.indexOf(formatOf(one.name) ?? 'json') - order.indexOf(formatOf(other.name) ?? 'json') || (one.name < other.name ? -1 : 1));
  const rows = sorted.map((one) => {
    const format = formatOf(one.name);
    const words = MANIFEST_WORDS[one.name]?.[locale] ?? (format === undefined ? one.name : FORMAT_WORDS[format][locale]);
    return html`<tr data-row><td class="name"><a href="/api/v1/reports/${id}/files/${one.name}" download><strong>${words}</strong></a><small>${breakable(one.name)}</small></td><td class="n">${formatBytes(one.bytes)}</td><td><small>sha256 <code>${one.sha256.slice(0, 16)}…</code></small></td></tr>`;
  });
  return html`<h2>${t('下载', 'Download')}</h2><div class="scroll"><table><thead><tr><th>${t('文件', 'File')}</th><th class="n">${t('大小', 'Size')}</th><th>${t('摘要', 'Digest')}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
function facts(view: View, { createdAt, createdBy, finishedAt, documentSha256, mail, scheduleId }: Report, zone: string): Markup {
  const { t } = view;
  const lines: readonly (readonly [string, Part])[] = [
    [t('创建', 'Asked for'), html`${view.time(createdAt, zone)}${createdBy.name && html` · ${createdBy.name}`}${scheduleId !== undefined && html` · ${t('定期', 'by schedule')}`}`],
    [t('完成', 'Made'), finishedAt !== undefined && view.time(finishedAt, zone)],
    [t('发送', 'Sent'), mail ? t('发给合同约定的联系人', "to the contract's contacts") : t('未发送', 'not sent')],
    [t('文档摘要', 'Digest of the document'), documentSha256 !== undefined && html`<code>${documentSha256}</code>`],
  ];
  return html`<h2>${t('关于本报告', 'About it')}</h2><dl class="facts">${lines.filter(([, value]) => value !== false).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}
