/** Incidents as rows of a table, the same wherever they are listed. */

import { plural } from '../../../reports/format.ts';
import { breakable, html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import type { AppDeps } from '../../http/deps.ts';
import { titleOf } from '../../incident-news.ts';
import { countdown } from '../../notify/zoned-time.ts';
import { answeredAmong } from '../../store/incident-counts.ts';
import type { IncidentSummary } from '../../store/incident-list.ts';
import { namesOfUsers } from '../../store/user-store.ts';
import type { View } from '../view.ts';
import { demoTag, incidentState, severityMark } from './marks.ts';
import type { Place, PlaceOf } from './places.ts';
import { scopeWords } from './scope.ts';

export function incidentPath({ number }: Pick<IncidentSummary, 'number'>): string {
  return `/incidents/${number}`;
}
/** When the next clock runs out, and how long that is. */
export function dueWords(view: View, { nextDueAt }: Pick<IncidentSummary, 'nextDueAt'>, zone: string): Part {
  if (nextDueAt === undefined) return undefined;
  const isSoon = nextDueAt - view.now < 1_800_000;
  return html`<span class="due${isSoon ? ' soon' : ''}" data-due="${nextDueAt}">${countdown(nextDueAt, view.now, view.locale)}</span><small>${view.time(nextDueAt, zone)}</small>`;
}
export function objectOf(view: View, { scope, members }: Pick<IncidentSummary, 'scope' | 'members'>): Part {
  if (scope) return breakable(scopeWords(scope, view.locale));
  return members > 0 && view.t(`${members} 个对象`, plural(members, 'object'));
}

/** To the support centre: the customer was the last to do something. */
export async function answeredOf(view: View, db: AppDeps['database']['db'], items: readonly IncidentSummary[]): Promise<(one: Pick<IncidentSummary, 'id'>) => Part> {
  const ids = items.flatMap(({ id, state }) => (state === 'closed' || state === 'cancelled' || state === 'resolved' ? [] : [id]));
  const found = view.may('incident.work') ? await answeredAmong(db, view.visibility, ids, view.now) : new Set<string>();
  return ({ id }) => found.has(id) && html` <span class="mark info"><span aria-hidden="true">●</span> ${view.t('客户已回复', 'customer answered')}</span>`;
}

export interface RowOptions {
  /** Rows can be picked for acting on many. */
  readonly pick?: boolean;
  readonly act?: ((one: IncidentSummary) => Part) | undefined;
}
export async function incidentTable(
  view: View,
  { checkTexts, database }: Pick<AppDeps, 'checkTexts' | 'database'>,
  items: readonly IncidentSummary[],
  placeOf: PlaceOf,
  options: RowOptions = {},
): Promise<Markup> {
  const names = await namesOfUsers(
    database.db,
    items.flatMap(({ assignee }) => assignee ?? []),
  );
  const answered = await answeredOf(view, database.db, items);
  const rows = await Promise.all(
    items.map(async (one) => {
      const assignee = one.assignee === undefined ? undefined : names.get(one.assignee);
      return rowOf(view, checkTexts, one, { place: await placeOf(one), assignee, answer: answered(one) }, options);
    }),
  );
  const heads = [
    view.t('级别', 'Level'),
    view.t('问题', 'What'),
    view.t('客户与集群', 'Customer, cluster'),
    view.t('状态', 'State'),
    view.t('时限', 'Due'),
    view.t('创建', 'Opened'),
  ];
  const all = options.pick && html`<th class="pick"><label><span class="hidden">${view.t('全选', 'Pick all')}</span><input type="checkbox" data-pick-all></label></th>`;
  return html`<div class="scroll"><table class="stack"><thead><tr>${all}<th class="n">#</th>${heads.map((head) => html`<th>${head}</th>`)}${options.act && html`<th><span class="hidden">${view.t('操作', 'Acts')}</span></th>`}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
function rowOf(
  view: View,
  checkTexts: AppDeps['checkTexts'],
  one: IncidentSummary,
  { place, assignee, answer }: { readonly place: Place; readonly assignee: string | undefined; readonly answer: Part },
  { pick, act }: RowOptions,
): Markup {
  const title = titleOf(checkTexts, one)[view.locale];
  const box =
    pick &&
    html`<td class="pick"><label><span class="hidden">${view.t('选中', 'Pick')} #${one.number}</span><input type="checkbox" form="bulk" name="pick-${one.id}" value="${one.version}" data-pick></label></td>`;
  return html`<tr data-row>${box}<td class="n">${one.number}</td><td class="t">${place.level}<small>${severityMark(view, one.severity)}</small></td><td class="name"><a href="${incidentPath(one)}">${title}</a><small>${objectOf(view, one)}</small></td><td>${place.customer} ${demoTag(view, place.isDemo)}<small>${place.cluster}</small></td><td class="t">${incidentState(view, one)}${answer}${assignee !== undefined && html`<small>${assignee}</small>`}</td><td class="t">${dueWords(view, one, place.zone)}</td><td class="t">${view.ago(one.openedAt, place.zone)}</td>${act && html`<td>${act(one)}</td>`}</tr>`;
}
