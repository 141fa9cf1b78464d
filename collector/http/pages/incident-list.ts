/** The list of incidents, newest first. */
import type { Locale } from '../../../agent/wire/vocabulary.ts';
import type { Visibility } from '../../access/visibility.ts';
import { titleOf } from '../../incident-news.ts';
import { STATE_WORDS } from '../../notify/terms.ts';
import { countdown, zonedTime, zoneWords } from '../../notify/zoned-time.ts';
import { findCluster, findCustomer } from '../../store/fleet-store.ts';
import type { IncidentPage, IncidentSummary } from '../../store/incident-list.ts';
import type { AppDeps } from '../deps.ts';
import { SEVERITY_WORDS, WORDS } from './incident-words.ts';
import { html, Markup } from './page.ts';
import { TEXTS } from './texts.ts';

export interface ListView {
  readonly visibility: Visibility;
  readonly locale: Locale;
  readonly now: number;
  readonly show: 'active' | 'all';
}
const NONE = new Markup('');

/** Where an incident is, by name, and how its level is called there. */
export interface Place {
  readonly customer: string;
  readonly isDemo: boolean;
  readonly cluster: string | undefined;
  readonly zone: string;
  readonly level: string;
}
/** Looked up once for each customer, cluster and policy of a page. */
export function placesOf({ database: { db }, rules }: Pick<AppDeps, 'database' | 'rules'>, visibility: Visibility, locale: Locale) {
  const known = new Map<string, Promise<Omit<Place, 'level'> & { readonly levels: ReadonlyMap<number, { readonly label: Record<Locale, string> }> }>>();
  const look = async ({ customerId, clusterId, policy }: IncidentSummary) => {
    const customer = await findCustomer(db, visibility, customerId);
    const cluster = clusterId === null ? undefined : await findCluster(db, visibility, clusterId);
    const { terms } = await rules.termsFor(db, { customerId, clusterId, policy });
    return { customer: customer?.name ?? '', isDemo: customer?.demo ?? false, cluster: cluster?.name, zone: terms.zone, levels: terms.levels };
  };
  return async (one: IncidentSummary): Promise<Place> => {
    const key = `${one.customerId} ${one.clusterId} ${one.policy}`;
    const found = known.get(key) ?? look(one);
    known.set(key, found);
    const { levels, ...place } = await found;
    return { ...place, level: levels.get(one.level)?.label[locale] ?? String(one.level) };
  };
}

export async function listContent(deps: AppDeps, { items, next }: IncidentPage, { visibility, locale, now, show }: ListView): Promise<Markup> {
  const placeOf = placesOf(deps, visibility, locale);
  const rows: Markup[] = [];
  let zone: string | undefined;
  for (const one of items) {
    const place = await placeOf(one);
    zone ??= place.zone;
    rows.push(rowOf(deps, one, place, locale, now));
  }
  const other = show === 'active' ? 'all' : 'active';
  const head = html`<h1>${TEXTS.incidents[locale]} · ${WORDS[show][locale]}</h1><p><a href="/incidents?lang=${locale}&show=${other}">${WORDS[other][locale]}</a>${zone === undefined ? '' : ` · ${zoneWords(now, zone)}`}</p>`;
  if (rows.length === 0) return html`${head}<p>${WORDS.none[locale]}</p>`;
  const titles = ['#', WORDS.level[locale], WORDS.what[locale], WORDS.where[locale], WORDS.state[locale], WORDS.opened[locale], WORDS.due[locale]];
  const more = next === undefined ? NONE : html`<p><a href="/incidents?lang=${locale}&show=${show}&cursor=${next}">${WORDS.next[locale]}</a></p>`;
  return html`${head}<div class="scroll"><table><thead><tr>${titles.map((title) => html`<th>${title}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>${more}`;
}

function rowOf({ checkTexts }: AppDeps, one: IncidentSummary, place: Place, locale: Locale, now: number): Markup {
  const { mark, text } = SEVERITY_WORDS[one.severity];
  const due = one.nextDueAt === undefined ? '' : `${zonedTime(one.nextDueAt, place.zone)}`;
  const left = one.nextDueAt === undefined ? '' : countdown(one.nextDueAt, now, locale);
  return html`<tr><td class="n"><a href="/incidents/${one.id}?lang=${locale}">${String(one.number)}</a></td><td class="t">${place.level}<small class="${one.severity}">${mark} ${text[locale]}</small></td><td><a href="/incidents/${one.id}?lang=${locale}">${titleOf(checkTexts, one)[locale]}</a><small>${scopeWords(one)}</small></td><td>${place.customer}<small>${place.cluster ?? ''}${place.isDemo ? ` · ${WORDS.demo[locale]}` : ''}</small></td><td class="t">${STATE_WORDS[one.state]?.[locale] ?? one.state}${one.isBreached ? html`<small class="late">${WORDS.late[locale]}</small>` : NONE}</td><td class="t">${zonedTime(one.openedAt, place.zone)}</td><td class="t">${due}<small>${left}</small></td></tr>`;
}

export function scopeWords({ scope, members }: Pick<IncidentSummary, 'scope' | 'members'>): string {
  if (!scope) return members > 0 ? `× ${members}` : '';
  const { kind, namespace, node, name } = scope;
  return `${kind} ${[namespace, node, name].filter((one) => one !== undefined).join('/')}`;
}
