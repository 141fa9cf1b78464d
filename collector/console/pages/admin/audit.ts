/** /admin/audit: who changed what and when, filtered and paged in the database. */
import { z } from 'zod';
import { html, type Part } from '../../../../reports/renderers/markup.ts';
import type { AppDeps } from '../../../http/deps.ts';
import type { Api } from '../../../http/endpoint.ts';
import { AUDIT_FILTERS } from '../../../http/routes/system-routes.ts';
import { readDate } from '../../../reports/periods.ts';
import { type AuditQuery, type AuditRecord, listAudit } from '../../../store/audit-store.ts';
import { link } from '../../html.ts';
import { addPage } from '../../page.ts';
import { field, filters, pages } from '../../parts/forms.ts';
import { empty } from '../../parts/marks.ts';
import { clusterChoices } from '../../parts/places.ts';
import type { View } from '../../view.ts';
import { type DetailNames, detailsInWords } from '../../words/audit-details.ts';
import { ACTOR_WORDS, actionWords, OBJECT_PATHS } from '../../words/audit-words.ts';
import { kindChoices } from '../reports.ts';
import { adminPage } from './frame.ts';

const PAGE = 100;
const ZONE = 'Asia/Shanghai';
const DAY_MS = 86_400_000;
const chosen = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
/** What there is to choose from; the parts after the dot are found in the table. */
const SUBJECTS =
  'advisory agent certificate cluster contract customer incident inspection link notification report report-record report-schedule risk rota route session site target token user window';

export function auditPage(api: Api, deps: AppDeps): void {
  const { database, checkTexts } = deps;
  addPage(
    api,
    {
      path: '/admin/audit',
      id: 'auditPage',
      summary: 'Page of the audit log',
      permission: 'audit.read',
      query: { ...AUDIT_FILTERS, from: chosen(z.iso.date()), to: chosen(z.iso.date()), before: z.coerce.number().int().min(1).optional() },
    },
    async (view, { query: { before, from, to, who, action, object } }) => {
      const { t } = view;
      const given = { who, action, object };
      const zone = view.zone ?? ZONE;
      const last = to === undefined ? undefined : readDate(to, zone);
      const wanted: AuditQuery = { ...given, since: from === undefined ? undefined : readDate(from, zone), until: last === undefined ? undefined : last + DAY_MS };
      const found = await listAudit(database.db, view.visibility, { ...wanted, before, limit: PAGE + 1, isForCustomer: !view.may('incident.internal') });
      const shown = found.slice(0, PAGE);
      const next = found.length > PAGE ? shown.at(-1)?.id : undefined;
      const keep = { ...given, from, to };
      const [clusters, kinds] = [new Map(await clusterChoices(deps, view.visibility)), new Map(await kindChoices(view))];
      const names: DetailNames = {
        cluster: (id) => clusters.get(id),
        check: (id) => checkTexts(id)?.title[view.locale],
        reportKind: (id) => kinds.get(id),
        time: (at) => view.clock(at, ZONE),
      };
      const rows = shown.map(
        (one) =>
          html`<tr data-row><td class="t">${view.time(one.at, ZONE)}</td><td>${one.actor.name ?? ACTOR_WORDS[one.actor.kind]?.[view.locale] ?? one.actor.kind}</td><td><a href="${link('/admin/audit', { ...keep, action: one.action })}">${actionWords(one.action, view.locale)}</a><small><code>${one.action}</code></small></td><td>${objectOf(view, one)}</td><td><small>${detailsInWords(one.action, one.details ?? {}, view.locale, names)}</small></td></tr>`,
      );
      const choose = [
        field(t('谁', 'Who'), 'who', { type: 'search', max: 120, value: given.who }),
        field(t('做了什么', 'What'), 'action', { max: 81, value: given.action, placeholder: 'token.revoke', list: SUBJECTS.split(' ') }),
        field(t('对象', 'Object'), 'object', { max: 100, value: given.object }),
        field(t('从', 'From'), 'from', { type: 'date', value: from }),
        field(t('至（含当日）', 'To, that day included'), 'to', { type: 'date', value: to }),
      ];
      const isFiltered = Object.values(keep).some((value) => value !== undefined);
      const list =
        rows.length === 0
          ? empty(isFiltered ? t('没有符合条件的记录。', 'No entry matches.') : t('还没有记录。', 'There is no entry yet.'))
          : html`<div class="scroll"><table class="stack"><thead><tr><th>${t('时间', 'When')}</th><th>${t('谁', 'Who')}</th><th>${t('做了什么', 'What')}</th><th>${t('对象', 'Object')}</th><th>${t('详情', 'Details')}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
      return adminPage(
        view,
        'audit',
        t('审计日志', 'Audit log'),
        html`${filters(view, '/admin/audit', choose)}${isFiltered && html`<p><a href="/admin/audit">${t('清除筛选', 'Clear the filter')}</a></p>`}${list}${pages(view, { first: before === undefined ? undefined : link('/admin/audit', keep), next: next === undefined ? undefined : link('/admin/audit', { ...keep, before: next }) })}`,
        {
          about: t('只追加，逐条以摘要相连：删改会被发现。', 'Append-only and chained by digest: what is taken out or changed shows.'),
          site: ZONE,
        },
      );
    },
  );
}

/** Where the thing is looked at; ids alone mean little to people. */
function objectOf(view: View, { action, object }: AuditRecord): Part {
  const kind = action.split('.')[0] ?? '';
  const path = OBJECT_PATHS[kind];
  const short = object.length > 20 ? `${object.slice(0, 8)}…` : object;
  if (path === undefined || !/^[\w-]{1,64}$/.test(object)) return html`<small title="${object}">${short}</small>`;
  return html`<a href="${path}${object}" title="${object}">${actionWords(kind, view.locale)} ${short}</a>`;
}
