/** /calendar: planned changes and maintenance, month by month; announcing and calling off. */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import { AppError, notFound } from '../../errors.ts';
import type { AppDeps } from '../../http/deps.ts';
import { type Api, personOf } from '../../http/endpoint.ts';
import { IdParams, line } from '../../http/values.ts';
import { listWindows, type PlannedWindow } from '../../store/window-store.ts';
import { link, NOTHING } from '../html.ts';
import { addForm, addPage } from '../page.ts';
import { checkbox, disclosure, field, form, select } from '../parts/forms.ts';
import { empty } from '../parts/marks.ts';
import { clusterChoices, customerChoices, subjectChoices } from '../parts/places.ts';
import type { View } from '../view.ts';

const DEFAULT_ZONE = 'Asia/Shanghai';
const Month = z.string().regex(/^2[01]\d{2}-(?:0[1-9]|1[0-2])$/);
const Subject = z.string().regex(/^[\w-]{1,64}(?:\.[\w-]{1,64})?$/);
const Local = z.iso.datetime({ local: true, offset: false });
const Plan = z.strictObject({ subject: Subject, kind: z.enum(['maintenance', 'change']), title: line(200), from: Local, to: Local, approve: z.literal('1').optional() });

export function calendarPages(api: Api, deps: AppDeps): void {
  addPage(
    api,
    { path: '/calendar', id: 'calendarPage', summary: 'Page of planned changes and maintenance', permission: 'window.read', query: { month: Month.optional() } },
    async (view, { query }) => {
      const zone = view.zone ?? DEFAULT_ZONE;
      const today = Temporal.Instant.fromEpochMilliseconds(view.now).toZonedDateTimeISO(zone).toPlainDate();
      const month = Temporal.PlainYearMonth.from(query.month ?? today.toPlainYearMonth().toString());
      const first = month.toPlainDate({ day: 1 });
      const from = first.subtract({ days: first.dayOfWeek - 1 });
      // Also what is not over yet, whichever month is looked at.
      const since = Math.min(from.toZonedDateTime(zone).epochMilliseconds, view.now);
      const windows = (await listWindows(deps.database.db, view.visibility, since)).filter(({ cancelledAt }) => cancelledAt === undefined);
      const names = new Map([...(await customerChoices(deps, view.visibility)), ...(await clusterChoices(deps, view.visibility))]);
      const { t } = view;
      return {
        title: t('变更与维护日历', 'Changes and maintenance'),
        area: 'incidents',
        site: zone,
        trail: [[t('事件', 'Incidents'), '/incidents']],
        about: t(
          '窗口内的问题照常记录，但不打扰任何人；超出计划变更的中断是 1 级事件。',
          'Trouble inside a window is kept and wakes nobody; an outage that outlasts a planned change is of level 1.',
        ),
        content: html`<nav class="pages" aria-label="${t('月份', 'Months')}"><a href="${link('/calendar', { month: month.subtract({ months: 1 }).toString() })}">← ${month.subtract({ months: 1 }).toString()}</a><strong>${month.toString()}</strong><a href="${link('/calendar', { month: month.add({ months: 1 }).toString() })}">${month.add({ months: 1 }).toString()} →</a></nav>${grid(view, { from, month, today, zone, names }, windows)}
<h2>${t('尚未结束', 'Not over yet')}</h2>${list(view, windows, names, zone)}${view.may('window.write') && (await planForm(deps, view, zone))}`,
      };
    },
  );
  addForm(
    api,
    {
      path: '/calendar',
      id: 'planWindowForm',
      summary: 'Form to announce a change or maintenance',
      permission: 'window.write',
      body: Plan,
      names: { startsAt: 'from', endsAt: 'to' },
    },
    () => '/calendar',
    async ({ caller, principal, body, now }, view) => {
      const [customerId = '', clusterId = null] = body.subject.split('.');
      await deps.fleet.customer(view.visibility, customerId);
      if (clusterId !== null && (await deps.fleet.cluster(view.visibility, clusterId)).customerId !== customerId) throw notFound('cluster');
      const approve = body.approve !== undefined;
      if (approve && !view.may('incident.work'))
        throw new AppError('forbidden', 'support approves changes', { details: { field: 'approve' }, text: { zh: '变更由支持中心批准', en: 'support approves changes' } });
      await deps.incidents.planWindow(
        {
          customerId,
          clusterId,
          kind: body.kind,
          scope: undefined,
          startsAt: view.moment(body.from, DEFAULT_ZONE),
          endsAt: view.moment(body.to, DEFAULT_ZONE),
          title: body.title,
          approvedBy: approve ? personOf(principal).userId : undefined,
        },
        caller.actor,
        now,
      );
      return { to: '/calendar', say: 'created' };
    },
  );
  addForm(
    api,
    { path: '/calendar/:id/withdraw', id: 'withdrawWindowForm', summary: 'Form to call a window off', permission: 'window.write', params: IdParams, body: z.strictObject({}) },
    () => '/calendar',
    async ({ caller, params, now }) => {
      await deps.incidents.withdrawWindow(caller.visibility, params.id, caller.actor, now);
      return { to: '/calendar', say: 'removed' };
    },
  );
}

interface Sheet {
  readonly from: Temporal.PlainDate;
  readonly month: Temporal.PlainYearMonth;
  readonly today: Temporal.PlainDate;
  readonly zone: string;
  readonly names: ReadonlyMap<string, string>;
}
const WEEKDAYS = { zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'], en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] } as const;

function grid(view: View, { from, month, today, zone, names }: Sheet, windows: readonly PlannedWindow[]): Markup {
  const weeks: Markup[] = [];
  for (let day = from; Temporal.PlainDate.compare(day, month.toPlainDate({ day: month.daysInMonth })) <= 0; day = day.add({ days: 7 })) {
    const cells = Array.from({ length: 7 }, (_, index) => {
      const date = day.add({ days: index });
      const begin = date.toZonedDateTime(zone).epochMilliseconds;
      const end = date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
      const own = windows.filter(({ startsAt, endsAt }) => startsAt < end && endsAt > begin);
      const isOther = date.month !== month.month;
      return html`<td class="${date.equals(today) ? 'today' : ''}"><span class="day${isOther ? ' muted' : ''}">${date.equals(today) ? view.t('今天 ', 'today ') : ''}${date.day}</span>${own.map((one) => html`<span class="entry">${hoursOf(view, one, { begin, end, zone })} ${one.title}<small>${names.get(one.clusterId ?? one.customerId)}</small></span>`)}</td>`;
    });
    weeks.push(html`<tr>${cells}</tr>`);
  }
  return html`<div class="scroll"><table class="calendar"><thead><tr>${WEEKDAYS[view.locale].map((day) => html`<th scope="col">${day}</th>`)}</tr></thead><tbody>${weeks}</tbody></table></div>`;
}

/** Of a window, what of it lies in a day: from when, until when, or all of it. */
function hoursOf(view: View, { startsAt, endsAt }: PlannedWindow, { begin, end, zone }: { readonly begin: number; readonly end: number; readonly zone: string }): string {
  const clock = (at: number): string => view.clock(at, zone).slice(11, 16);
  if (startsAt < begin && endsAt >= end) return view.t('全天', 'all day');
  if (startsAt < begin) return view.t(`至 ${clock(endsAt)}`, `until ${clock(endsAt)}`);
  return endsAt > end ? `${clock(startsAt)} →` : `${clock(startsAt)}–${clock(endsAt)}`;
}

function list(view: View, windows: readonly PlannedWindow[], names: ReadonlyMap<string, string>, zone: string): Part {
  const { t, now } = view;
  const ahead = windows.filter(({ endsAt }) => endsAt > now);
  if (ahead.length === 0) return empty(t('没有计划中的变更或维护。', 'No change and no maintenance is planned.'));
  const rows = ahead.map((one) => {
    const state = one.startsAt <= now ? html`<span class="mark warning">▲ ${t('进行中', 'under way')}</span>` : view.t('计划中', 'planned');
    const off =
      view.may('window.write') &&
      form(view, `/calendar/${one.id}/withdraw`, NOTHING, t('取消', 'Call off'), { plain: true, confirm: t(`取消“${one.title}”？`, `Call off "${one.title}"?`) });
    return html`<tr data-row><td class="name">${one.title}<small>${one.kind === 'change' ? t('变更', 'change') : t('维护', 'maintenance')}${one.approvedBy !== undefined && html` · ${t('支持中心已批准', 'approved by support')}`}</small></td><td>${names.get(one.customerId)}<small>${one.clusterId === null ? t('全部集群', 'all clusters') : names.get(one.clusterId)}</small></td><td class="t">${view.time(one.startsAt, zone)}</td><td class="t">${view.time(one.endsAt, zone)}</td><td>${state}</td><td>${off}</td></tr>`;
  });
  const heads = [t('什么', 'What'), t('客户与集群', 'Customer, cluster'), t('开始', 'From'), t('结束', 'Until'), t('状态', 'State')];
  return html`<div class="scroll"><table class="stack"><thead><tr>${heads.map((head) => html`<th>${head}</th>`)}<th><span class="hidden">${t('操作', 'Acts')}</span></th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

async function planForm(deps: AppDeps, view: View, zone: string): Promise<Markup> {
  const { t } = view;
  const content = [
    select(t('客户与集群', 'Customer, cluster'), 'subject', await subjectChoices(deps, view.visibility, view.locale), undefined, { required: true }),
    select(t('类型', 'Kind'), 'kind', [
      ['maintenance', t('维护（只静默）', 'maintenance (quiet only)')],
      ['change', t('变更（向合同申报）', 'change (announced to the contract)')],
    ]),
    html`<div class="field wide">${field(t('标题', 'Title'), 'title', { required: true, max: 200 })}</div>`,
    field(t('开始', 'From'), 'from', { type: 'datetime-local', required: true, value: view.local(view.now + 86_400_000, zone) }),
    field(t('结束', 'Until'), 'to', { type: 'datetime-local', required: true, value: view.local(view.now + 90_000_000, zone) }),
    view.may('incident.work') && checkbox(t('支持中心批准（晚于约定时间的变更）', "support's approval (of a change announced late)"), 'approve'),
  ];
  return html`${disclosure(t('登记变更或维护…', 'Announce a change or maintenance…'), html`<p class="note">${view.zoneNote(zone)}</p>${form(view, '/calendar', content, t('登记', 'Announce'), { class: 'grid' })}`)}`;
}
