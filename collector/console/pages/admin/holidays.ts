/** /admin/calendar: holidays and make-up workdays that contracts count with, year by year, with the notices that they come from. */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { html, type Markup } from '../../../../reports/renderers/markup.ts';
import type { AppDeps } from '../../../http/deps.ts';
import type { Api } from '../../../http/endpoint.ts';
import { holidayTable } from '../../../support/holidays.ts';
import { addPage } from '../../page.ts';
import type { View } from '../../view.ts';
import { adminPage } from './frame.ts';

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);
const DAYS = { zh: ['一', '二', '三', '四', '五', '六', '日'], en: ['M', 'T', 'W', 'T', 'F', 'S', 'S'] } as const;
const ENGLISH: Readonly<Record<string, string>> = {
  元旦: "New Year's Day",
  春节: 'Spring Festival',
  清明节: 'Tomb-Sweeping Day',
  劳动节: 'Labour Day',
  端午节: 'Dragon Boat Festival',
  中秋节: 'Mid-Autumn Festival',
  国庆节: 'National Day',
};

export function holidayPages(api: Api, { policies }: AppDeps): void {
  addPage(
    api,
    {
      path: '/admin/calendar',
      id: 'holidaysPage',
      summary: 'Page of holidays and make-up workdays',
      permission: 'policy.read',
      query: { year: z.coerce.number().int().min(2000).max(2100).optional() },
    },
    async (view, { query }) => {
      const { t, now, locale } = view;
      const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('Asia/Shanghai').toPlainDate();
      const year = query.year ?? today.year;
      const { holidays } = policies;
      const table = holidayTable(holidays, 'cn');
      const notice = holidays.years.get(year);
      const known = [...holidays.years.keys()].toSorted((a, b) => a - b);
      const isProvisional = notice === undefined || notice.days.length === 0;
      // Days of the year that another year's notice names count as well.
      const days = [...holidays.years.values()].flatMap((one) => one.days.filter(({ date }) => date.startsWith(`${year}-`)));
      const names = new Map(days.map(({ date, name }) => [date, locale === 'zh' ? name : (ENGLISH[name] ?? name)]));
      const state = isProvisional
        ? html`<p class="notice bad" role="status">▲ ${t(`${year} 年尚无国务院办公厅通知：按普通周末计算，结果标注为“暂定”。通知发布后放入 holidays/cn/${year}.json（见 docs/policies.md）。`, `There is no notice for ${year} yet: it counts with plain weekends, and results say "provisional". Put it into holidays/cn/${year}.json when it is published (docs/policies.md).`)}</p>`
        : html`<p>${t('依据：', 'By: ')}${notice.papers.map((paper, index) => html`${index > 0 && t('、', ', ')}<a href="${paper}" rel="noreferrer">${t('国务院办公厅通知', 'notice of the State Council')}</a>`)} <small>${t('数据版本', 'revision')} <code>${holidays.revision}</code></small></p>`;
      const tail =
        !isProvisional && !known.includes(year + 1)
          ? html`<p class="note">▲ ${t(`12 月 28 日以后为暂定：${year + 1} 年的通知可能调整这几天。`, `From 28 December on it is provisional: the notice of ${year + 1} may move those days.`)}</p>`
          : undefined;
      const nav = html`<nav class="pages" aria-label="${t('年份', 'Years')}"><a href="/admin/calendar?year=${year - 1}">← ${year - 1}</a><strong>${year}</strong><a href="/admin/calendar?year=${year + 1}">${year + 1} →</a></nav>`;
      const months = MONTHS.map((month) => monthTable(view, year, month, { table, names, today: today.toString() }));
      return adminPage(
        view,
        'policies',
        t('节假日', 'Holidays'),
        html`${nav}${state}${tail}<p class="legend"><span class="off">${t('休', 'off')}</span> ${t('法定节假日', 'public holiday')} · <span class="work">${t('班', 'work')}</span> ${t('调休上班日', 'make-up workday')}</p><div class="months">${months}</div>${list(view, days)}`,
        {
          about: t('合同时限中的工作日据此计算；合同可另行约定。', 'Working days of contracts count by it; a contract may agree on others.'),
          trail: [[t('支持策略', 'Support policies'), '/admin/policies']],
        },
      );
    },
  );
}

interface Known {
  readonly table: ReturnType<typeof holidayTable>;
  readonly names: ReadonlyMap<string, string>;
  readonly today: string;
}
function monthTable(view: View, year: number, month: number, { table, names, today }: Known): Markup {
  const { t, locale } = view;
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  const cells: Markup[] = Array.from({ length: first.dayOfWeek - 1 }, () => html`<td></td>`);
  for (let day = 1; day <= first.daysInMonth; day += 1) {
    const date = first.with({ day }).toString();
    const kind = table.kindOf(date);
    const words = kind === 'holiday' ? t('休', 'off') : kind === 'make-up-workday' ? t('班', 'work') : undefined;
    const classes = [kind === 'holiday' ? 'off' : kind === 'make-up-workday' ? 'work' : '', date === today ? 'today' : ''].filter((one) => one !== '').join(' ');
    cells.push(html`<td class="${classes}"${kind && html` title="${names.get(date) ?? ''}"`}>${day}${words && html`<small>${words}</small>`}</td>`);
  }
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => html`<tr>${cells.slice(week * 7, week * 7 + 7)}</tr>`);
  const title = locale === 'zh' ? `${month} 月` : first.toLocaleString('en', { month: 'long' });
  return html`<table class="month"><caption>${title}</caption><thead><tr>${DAYS[locale].map((day) => html`<th scope="col">${day}</th>`)}</tr></thead><tbody>${weeks}</tbody></table>`;
}
function list(view: View, days: readonly { readonly name: string; readonly date: string; readonly isOffDay: boolean }[]): Markup | undefined {
  const { t, locale } = view;
  if (days.length === 0) return undefined;
  const rows = [...Map.groupBy(days, ({ name }) => name)].map(([name, own]) => {
    const dates = (isOff: boolean): string =>
      own
        .filter(({ isOffDay }) => isOffDay === isOff)
        .map(({ date }) => date.slice(5))
        .toSorted()
        .join(t('、', ', '));
    return html`<tr><td>${locale === 'zh' ? name : (ENGLISH[name] ?? name)}</td><td>${dates(true)}</td><td>${dates(false)}</td></tr>`;
  });
  return html`<h2>${t('按节日', 'By holiday')}</h2><div class="scroll"><table><thead><tr><th>${t('节日', 'Holiday')}</th><th>${t('休息', 'Off')}</th><th>${t('调休上班', 'Worked instead')}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
