/** /reports/schedules: reports that come by themselves. */
import { z } from 'zod';
import { LOCALES, type Locale } from '../../../agent/wire/vocabulary.ts';
import { html, type Part } from '../../../reports/renderers/markup.ts';
import { AppError } from '../../errors.ts';
import type { AppDeps } from '../../http/deps.ts';
import type { Api } from '../../http/endpoint.ts';
import { Kind } from '../../http/report-views.ts';
import { Id, IdParams } from '../../http/values.ts';
import { kindOf, titleOfKind } from '../../reports/kinds.ts';
import { PRESETS, type Preset } from '../../reports/periods.ts';
import { REPORT_FORMATS } from '../../reports/report.ts';
import { listSchedules, type ReportSchedule } from '../../store/report-schedule-store.ts';
import { link, NOTHING } from '../html.ts';
import { addForm, addPage } from '../page.ts';
import { checkbox, disclosure, form, pages, select } from '../parts/forms.ts';
import { empty } from '../parts/marks.ts';
import { clusterChoices, customerChoices, subjectChoices } from '../parts/places.ts';
import type { View } from '../view.ts';
import { FORMAT_WORDS } from '../words/report-words.ts';
import { kindChoices, reportTabs } from './reports.ts';

const PAGE = 100;
const EVERY: Readonly<Record<Preset, Readonly<Record<Locale, string>>>> = {
  daily: { zh: '每天', en: 'every day' },
  weekly: { zh: '每周一', en: 'every Monday' },
  monthly: { zh: '每月 1 日', en: 'on the 1st of every month' },
  quarterly: { zh: '每季度首日', en: 'on the first day of every quarter' },
  semiannual: { zh: '每半年首日', en: 'on the first day of every half year' },
};
const PRESET_NAMES = Object.keys(PRESETS) as readonly Preset[];
/** A customer and, of it, one cluster: `customer` or `customer.cluster`. */
const Subject = z.string().regex(/^[\w-]{1,64}(?:\.[\w-]{1,64})?$/);
const NewSchedule = z.strictObject({
  subject: Subject,
  kind: Kind,
  every: z.enum(PRESET_NAMES as [Preset, ...Preset[]]),
  mail: z.literal('1').optional(),
  ...Object.fromEntries(REPORT_FORMATS.map((format) => [`format-${format}`, z.literal('1').optional()])),
  ...Object.fromEntries(LOCALES.map((locale) => [`locale-${locale}`, z.literal('1').optional()])),
});
type Given = { readonly subject: string; readonly kind: string; readonly every: Preset; readonly mail?: '1' | undefined } & Readonly<Record<string, string | undefined>>;
const HOME = '/reports/schedules';

export function reportSchedulePages(api: Api, deps: AppDeps): void {
  addPage(
    api,
    { path: HOME, id: 'reportSchedulesPage', summary: 'Page of reports that come by themselves', permission: 'report-schedule.read', query: { cursor: Id.optional() } },
    async (view, { query: { cursor } }) => {
      const { t } = view;
      const found = await listSchedules(deps.database.db, view.visibility, { after: cursor, limit: PAGE + 1 });
      const shown = found.slice(0, PAGE);
      const next = found.length > PAGE ? shown.at(-1)?.id : undefined;
      return {
        title: t('定期报告', 'Reports on a schedule'),
        area: 'reports',
        tabs: reportTabs(view, 'schedules'),
        content: html`${shown.length === 0 ? empty(t('没有定期报告。请在下面选择客户、类型与周期；完成后可自动发给联系人。', 'No report comes by itself. Choose customer, kind and turn below; it can be sent to the contacts when it is done.')) : await table(deps, view, shown)}${pages(view, { first: cursor && HOME, next: next && link(HOME, { cursor: next }) })}${view.may('report-schedule.write') && (await newForm(deps, view))}`,
      };
    },
  );
  addForm(
    api,
    { path: HOME, id: 'newReportScheduleForm', summary: 'Form of a report on a schedule', permission: 'report-schedule.write', body: NewSchedule },
    () => HOME,
    async ({ caller, body, now }, view) => {
      const given = body as Given;
      const [customerId = '', clusterId = null] = given.subject.split('.');
      const customer = await deps.fleet.customer(view.visibility, customerId);
      if (!(await kindOf(given.kind))) throw new AppError('invalid', 'there is no such kind of report', { details: { field: 'kind' } });
      const formats = REPORT_FORMATS.filter((one) => given[`format-${one}`] === '1');
      const locales = LOCALES.filter((one) => given[`locale-${one}`] === '1');
      if (formats.length === 0 || locales.length === 0)
        throw new AppError('invalid', 'choose a format and a language', {
          details: { field: formats.length === 0 ? 'format-docx' : 'locale-zh' },
          text: { zh: '至少选择一种格式和一种语言', en: 'choose at least one format and one language' },
        });
      const { cron, span } = PRESETS[given.every];
      await deps.reports.saveSchedule(
        caller,
        { customerId, clusterId, kind: given.kind, formats, locales, cron, span, zone: customer.zone, mail: given.mail === '1', enabled: true },
        now,
      );
      return { to: HOME, say: 'created' };
    },
  );
  addForm(
    api,
    {
      path: '/reports/schedules/:id/remove',
      id: 'removeReportScheduleForm',
      summary: 'Form to end a schedule',
      permission: 'report-schedule.write',
      params: IdParams,
      body: z.strictObject({}),
    },
    () => HOME,
    async ({ caller, params, now }) => {
      await deps.reports.removeSchedule(caller, params.id, now);
      return { to: HOME, say: 'removed' };
    },
  );
}

async function table(deps: AppDeps, view: View, items: readonly ReportSchedule[]): Promise<Part> {
  const { t, locale } = view;
  const names = new Map([...(await customerChoices(deps, view.visibility)), ...(await clusterChoices(deps, view.visibility))]);
  const rows: Part[] = [];
  for (const one of items) {
    const title = (await titleOfKind(one.kind))?.[locale] ?? one.kind;
    const preset = PRESET_NAMES.find((name) => PRESETS[name].cron === one.cron && PRESETS[name].span === one.span);
    const end =
      view.may('report-schedule.write') &&
      form(view, `/reports/schedules/${one.id}/remove`, NOTHING, t('结束', 'End it'), {
        plain: true,
        confirm: t(`结束“${title}”的定期生成？已生成的报告保留。`, `End the schedule of "${title}"? Its reports stay.`),
      });
    rows.push(
      html`<tr data-row><td class="name">${title}<small>${one.formats.map((format) => FORMAT_WORDS[format][locale]).join(t('、', ', '))}</small></td><td>${names.get(one.customerId)}<small>${one.clusterId === null ? t('全部集群', 'all clusters') : names.get(one.clusterId)}</small></td><td>${preset === undefined ? html`<code>${one.cron}</code>` : EVERY[preset][locale]}<small>${one.mail ? t('发给联系人', 'sent to the contacts') : t('不发送', 'not sent')}</small></td><td class="t">${one.enabled ? html`${view.time(one.nextAt, one.zone)}<small>${one.zone}</small>` : t('已停用', 'off')}</td><td><a href="${link('/reports', { customer: one.customerId, kind: one.kind })}">${t('报告', 'reports')}</a></td><td>${end}</td></tr>`,
    );
  }
  const heads = [t('报告', 'Report'), t('客户与集群', 'Customer, cluster'), t('何时', 'When'), t('下一次', 'Next')];
  return html`<div class="scroll"><table class="stack"><thead><tr>${heads.map((head) => html`<th>${head}</th>`)}<th><span class="hidden">${t('归档', 'Archive')}</span></th><th><span class="hidden">${t('操作', 'Acts')}</span></th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

async function newForm(deps: AppDeps, view: View): Promise<Part> {
  const { t, locale } = view;
  const subjects = await subjectChoices(deps, view.visibility, locale);
  if (subjects.length === 0) return undefined;
  const content = [
    select(t('客户与集群', 'Customer, cluster'), 'subject', subjects, undefined, { required: true }),
    select(t('报告类型', 'Kind'), 'kind', await kindChoices(view), 's360'),
    select(
      t('何时', 'When'),
      'every',
      PRESET_NAMES.map((one) => [one, EVERY[one][locale]] as const),
      'monthly',
    ),
    html`<fieldset class="options"><legend>${t('格式', 'Formats')}</legend>${REPORT_FORMATS.map((one) => checkbox(FORMAT_WORDS[one][locale], `format-${one}`, one === 'pdf' || one === 'docx'))}</fieldset>`,
    html`<fieldset class="options"><legend>${t('语言', 'Languages')}</legend>${LOCALES.map((one) => checkbox(one === 'zh' ? '中文' : 'English', `locale-${one}`, one === locale))}</fieldset>`,
    html`<fieldset class="options"><legend>${t('发送', 'Send')}</legend>${checkbox(t('发给合同约定的联系人', "to the contract's contacts"), 'mail', true)}</fieldset>`,
  ];
  return disclosure(t('新增定期报告…', 'A new schedule…'), form(view, HOME, content, t('新增', 'Add it'), { class: 'grid' }));
}
