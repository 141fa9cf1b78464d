/** /reports/new: what a report is to be about; and the form that asks for it. */
import { z } from 'zod';
import { LOCALES } from '../../../agent/wire/vocabulary.ts';
import { html, type Markup } from '../../../reports/renderers/markup.ts';
import { AppError } from '../../errors.ts';
import type { AppDeps } from '../../http/deps.ts';
import type { Api } from '../../http/endpoint.ts';
import { Kind } from '../../http/report-views.ts';
import { Id } from '../../http/values.ts';
import { kindOf } from '../../reports/kinds.ts';
import { readDate } from '../../reports/periods.ts';
import { REPORT_FORMATS, type ReportRequest } from '../../reports/report.ts';
import { link } from '../html.ts';
import { addForm, addPage } from '../page.ts';
import { checkbox, field, form, hidden, select } from '../parts/forms.ts';
import { empty } from '../parts/marks.ts';
import { clusterChoices, customerChoices } from '../parts/places.ts';
import type { View } from '../view.ts';
import { FORMAT_WORDS } from '../words/report-words.ts';
import { kindChoices } from './reports.ts';

const DAY_MS = 86_400_000;
const chosen = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const day = chosen(z.iso.date());

/** `format-pdf=1`, `locale-zh=1`: forms say each choice by its own name. */
export const NewReport = z.strictObject({
  customer: Id,
  cluster: Id.or(z.literal('')).optional(),
  kind: Kind,
  from: day,
  to: day,
  mail: z.literal('1').optional(),
  ...Object.fromEntries(REPORT_FORMATS.map((format) => [`format-${format}`, z.literal('1').optional()])),
  ...Object.fromEntries(LOCALES.map((locale) => [`locale-${locale}`, z.literal('1').optional()])),
});
export type Given = {
  readonly customer: string;
  readonly cluster?: string | undefined;
  readonly kind: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly mail?: '1' | undefined;
} & Readonly<Record<string, string | undefined>>;

export function newReportPages(api: Api, deps: AppDeps): void {
  addPage(
    api,
    {
      path: '/reports/new',
      id: 'newReportPage',
      summary: 'Page to make a report',
      permission: 'report.create',
      query: { customer: chosen(Id), cluster: chosen(Id), kind: chosen(Kind) },
    },
    async (view, { query }) => {
      const { t } = view;
      const customers = await customerChoices(deps, view.visibility);
      const customer = query.customer ?? (customers.length === 1 ? customers[0]?.[0] : undefined);
      const page = { title: t('生成报告', 'Make a report'), area: 'reports' as const, trail: [[t('报告', 'Reports'), '/reports']] as const };
      if (customers.length === 0) return { ...page, content: empty(t('还没有客户。', 'There is no customer yet.')) };
      if (customer === undefined)
        return {
          ...page,
          content: html`<form method="get" action="/reports/new" class="grid">${select(t('客户', 'Customer'), 'customer', customers, undefined, { required: true })}<button>${t('下一步', 'Next')}</button></form>`,
        };
      const clusters = await clusterChoices(deps, view.visibility, customer);
      return {
        ...page,
        about: customers.find(([id]) => id === customer)?.[1],
        content: await newReportForm(view, { customer, cluster: query.cluster, kind: query.kind ?? 's360', clusters }),
      };
    },
  );
  addForm(
    api,
    { path: '/reports/preview', id: 'previewReportForm', summary: 'Form that leads to the preview of a report', permission: 'report.create', body: NewReport },
    ({ body }) => link('/reports/new', { customer: (body as Given).customer, cluster: (body as Given).cluster }),
    async ({ body }) => ({ to: link('/reports/preview', body as Given) }),
  );
  addForm(
    api,
    { path: '/reports', id: 'newReportForm', summary: 'Form to make a report', permission: 'report.create', body: NewReport, perMinute: 30 },
    ({ body }) => link('/reports/new', { customer: (body as Given).customer, cluster: (body as Given).cluster }),
    async ({ caller, body, now }, view) => {
      const given = body as Given;
      const asked = await askedOf(deps, view, given, now);
      const formats = REPORT_FORMATS.filter((one) => given[`format-${one}`] === '1');
      const locales = LOCALES.filter((one) => given[`locale-${one}`] === '1');
      if (formats.length === 0 || locales.length === 0)
        throw new AppError('invalid', 'choose a format and a language', {
          details: { field: formats.length === 0 ? 'format-docx' : 'locale-zh' },
          text: { zh: '至少选择一种格式和一种语言', en: 'choose at least one format and one language' },
        });
      const report = await deps.reports.request(caller, { ...asked, formats, locales, mail: given.mail === '1' }, now);
      deps.metrics.count('report-requested');
      return { to: `/reports/${report.id}`, say: 'requested' };
    },
  );
}
/** What a report is about, as the form says it. @throws AppError `not-found`, `invalid` */
export async function askedOf(
  deps: AppDeps,
  view: View,
  { customer: customerId, cluster, kind, from, to }: Pick<Given, 'customer' | 'cluster' | 'kind' | 'from' | 'to'>,
  now: number,
): Promise<Pick<ReportRequest, 'customerId' | 'clusterId' | 'kind' | 'from' | 'to'>> {
  const clusterId = cluster === undefined || cluster === '' ? null : cluster;
  const { zone } = await requireSubject(deps, view, customerId, clusterId);
  if (!(await kindOf(kind))) throw new AppError('invalid', 'there is no such kind of report', { details: { field: 'kind' } });
  const until = to === undefined ? undefined : readDate(to, zone);
  const asked = { customerId, clusterId, kind, from: from === undefined ? undefined : readDate(from, zone), to: until === undefined ? now : Math.min(now, until + DAY_MS) };
  return { ...asked, ...(asked.from === undefined && (await deps.reports.usualPeriod(view.visibility, asked))) };
}
async function requireSubject({ fleet }: AppDeps, view: View, customerId: string, clusterId: string | null): Promise<{ readonly zone: string }> {
  const customer = await fleet.customer(view.visibility, customerId);
  const cluster = clusterId === null ? undefined : await fleet.cluster(view.visibility, clusterId);
  if (cluster && cluster.customerId !== customerId) throw new AppError('not-found', 'no such cluster');
  return { zone: cluster?.zone ?? customer.zone };
}
async function newReportForm(
  view: View,
  {
    customer,
    cluster,
    kind,
    clusters,
  }: { readonly customer: string; readonly cluster: string | undefined; readonly kind: string; readonly clusters: readonly (readonly [string, string])[] },
): Promise<Markup> {
  const { t, locale } = view;
  const content = [
    hidden('customer', customer),
    select(t('集群', 'Cluster'), 'cluster', [['', t('全部集群', 'all clusters')], ...clusters], cluster),
    select(t('报告类型', 'Kind'), 'kind', await kindChoices(view), kind),
    field(t('从', 'From'), 'from', {
      type: 'date',
      hint: t(
        '留空：月报、周报取上一个整月、整周，其他只针对最近一次巡检',
        'empty: the last whole month or week for monthly and weekly reports, otherwise the newest inspection alone',
      ),
    }),
    field(t('至（含当日）', 'To, that day included'), 'to', { type: 'date', hint: t('留空：到现在', 'empty: until now') }),
    html`<fieldset class="options"><legend>${t('格式', 'Formats')}</legend>${REPORT_FORMATS.map((one) => checkbox(FORMAT_WORDS[one][locale], `format-${one}`, one !== 'json'))}</fieldset>`,
    html`<fieldset class="options"><legend>${t('语言', 'Languages')}</legend>${LOCALES.map((one) => checkbox(one === 'zh' ? '中文' : 'English', `locale-${one}`, one === locale))}</fieldset>`,
    html`<fieldset class="options"><legend>${t('发送', 'Send')}</legend>${checkbox(t('完成后发给合同约定的联系人', "to the contract's contacts when it is done"), 'mail')}</fieldset>`,
    html`<button formaction="/reports/preview" class="second">${t('先预览', 'Preview first')}</button>`,
  ];
  return form(view, '/reports', content, t('生成', 'Make it'), { class: 'grid' });
}
