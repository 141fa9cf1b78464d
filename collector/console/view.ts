/** Who looks at a page, in which language and zone: what every page is drawn with. */
import { Temporal } from 'temporal-polyfill';
import { LOCALES, type Locale } from '../../agent/wire/vocabulary.ts';
import { formatDuration, say } from '../../reports/format.ts';
import { html, type Markup } from '../../reports/renderers/markup.ts';
import { may, type Permission } from '../access/permissions.ts';
import type { UserPrincipal } from '../access/principal.ts';
import { csrfTokenOf } from '../access/secret.ts';
import type { Visibility } from '../access/visibility.ts';
import { cookieOf } from '../http/cookies.ts';
import { type Call, personOf } from '../http/endpoint.ts';
import { zonedTime, zoneMinutes, zoneWords } from '../notify/zoned-time.ts';
import type { Refusal } from './refused.ts';

type Request = Call<unknown, unknown, unknown>['request'];

export class View {
  readonly locale: Locale;
  readonly now: number;
  readonly person: UserPrincipal;
  readonly visibility: Visibility;
  /** Goes into every form. */
  readonly csrf: string;
  /** Path and query as asked for, without the notice of an earlier act. */
  readonly here: string;
  readonly path: string;
  /** The reader's zone, when the browser has told it. */
  readonly zone: string | undefined;
  /** The form that was refused just now, on the page that has it. */
  readonly refused: Refusal | undefined;

  /** The reader's language. */
  readonly t: (zh: string, en: string) => string;

  /** @param at where the page is read again, when that is not where it was asked for: the answer of a form has no address of its own */
  constructor(
    { principal, visibility, now, request }: Pick<Call<unknown, unknown, unknown>, 'principal' | 'visibility' | 'now' | 'request'>,
    { at, refused }: { readonly at?: string; readonly refused?: Refusal } = {},
  ) {
    this.locale = localeOf(request);
    this.t = (zh, en) => say(this.locale, zh, en);
    this.now = now;
    this.person = personOf(principal);
    this.visibility = visibility;
    this.csrf = csrfTokenOf(cookieOf(request, 'session') ?? '');
    const address = new URL(at ?? request.url, 'http://localhost');
    for (const ofNotice of ['say', 'field', 'about']) address.searchParams.delete(ofNotice);
    address.searchParams.delete('lang');
    this.path = address.pathname;
    this.here = `${address.pathname}${address.search}`;
    this.zone = zoneOf(request);
    this.refused = refused;
  }

  may(permission: Permission): boolean {
    return may(this.person, permission);
  }
  /** Wall time of the reader, or of the site while the reader's zone is unknown. */
  clock(at: number, site: string): string {
    return zonedTime(at, this.zone ?? site);
  }
  /** Of the clock that times are written in, east of UTC. */
  offsetMinutes(site: string): number {
    return zoneMinutes(this.now, this.zone ?? site);
  }
  /** `2026-11-26T08:30`, as a browser's field for a moment takes it, on the clock that times are written in. */
  local(at: number, site: string): string {
    return new Date(at + zoneMinutes(at, this.zone ?? site) * 60_000).toISOString().slice(0, 16);
  }
  /** The moment that such a field names, by the clock of that day: it may have been put forward or back since. @throws RangeError for text that is none */
  moment(local: string, site: string): number {
    return Temporal.PlainDateTime.from(local).toZonedDateTime(this.zone ?? site).epochMilliseconds;
  }
  /** A moment in the reader's zone; the site's stands beside it where it is another. @param site IANA zone */
  time(at: number | null | undefined, site: string): Markup {
    if (at === null || at === undefined) return html`—`;
    const mine = this.clock(at, site);
    const there = zonedTime(at, site);
    const hint = `${there} (${zoneWords(at, site)})`;
    const beside = mine === there ? undefined : html`<small class="site">${this.t('站点', 'site')} ${there.slice(5)}</small>`;
    return html`<time datetime="${new Date(at).toISOString()}" title="${hint}">${mine}</time>${beside}`;
  }
  /** How long ago, with the moment itself on hover. */
  ago(at: number | null | undefined, site: string): Markup {
    if (at === null || at === undefined) return html`—`;
    const passed = Math.max(0, Math.round((this.now - at) / 60_000)) * 60;
    const words = passed === 0 ? this.t('刚刚', 'just now') : this.t(`${formatDuration(passed, 'zh')}前`, `${formatDuration(passed, 'en')} ago`);
    return html`<time datetime="${new Date(at).toISOString()}" title="${`${zonedTime(at, site)} (${zoneWords(at, site)})`}">${words}</time>`;
  }
  /** Which zone times are in, said once a page. */
  zoneNote(site: string): string {
    const zone = this.zone ?? site;
    const words = zoneWords(this.now, zone);
    if (zoneMinutes(this.now, zone) === zoneMinutes(this.now, site)) return this.t(`时间：${words}`, `Times: ${words}`);
    return this.t(`时间：${words}（站点 ${zoneWords(this.now, site)}）`, `Times: ${words} (site ${zoneWords(this.now, site)})`);
  }
}

/** Cookies that only say how somebody likes to read: no secret, no right. */
const TASTES = { language: 'xunjian-lang', zone: 'xunjian-zone', theme: 'xunjian-theme' } as const;

/** `?lang`, else what was chosen before, else the browser's first language that we have, else Chinese. */
export function localeOf(request: Request): Locale {
  const asked = askedLocale(request) ?? LOCALES.find((locale) => locale === request.cookies?.[TASTES.language]);
  if (asked) return asked;
  const wanted = (request.headers['accept-language'] ?? '').split(',').map((one) => one.trim().slice(0, 2).toLowerCase());
  return wanted.map((tag) => LOCALES.find((locale) => locale === tag)).find((locale) => locale !== undefined) ?? 'zh';
}
export function askedLocale(request: Request): Locale | undefined {
  const asked = (request.query as { readonly lang?: unknown } | undefined)?.lang;
  return LOCALES.find((locale) => locale === asked);
}
export function rememberLocale(reply: Call<unknown, unknown, unknown>['reply'], locale: Locale): void {
  reply.setCookie(TASTES.language, locale, { path: '/', sameSite: 'lax', secure: reply.request.protocol === 'https', maxAge: 31_536_000 });
}
export function themeOf(request: Request): 'light' | 'dark' | undefined {
  const theme = request.cookies?.[TASTES.theme];
  return theme === 'light' || theme === 'dark' ? theme : undefined;
}

const ZONES: ReadonlySet<string> = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);
function zoneOf(request: Request): string | undefined {
  const zone = request.cookies?.[TASTES.zone];
  return zone !== undefined && ZONES.has(zone) ? zone : undefined;
}
