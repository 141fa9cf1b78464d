/** /sign-in and /sign-out; before the first administrator, how to become it. */
import { z } from 'zod';
import type { Locale } from '../../../agent/wire/vocabulary.ts';
import { html, type Markup } from '../../../reports/renderers/markup.ts';
import { AppError } from '../../errors.ts';
import { clearCookies, cookieOf, setSessionCookies } from '../../http/cookies.ts';
import type { AppDeps } from '../../http/deps.ts';
import { type Api, addEndpoint, type Call, personOf } from '../../http/endpoint.ts';
import { SIGN_IN_LIMIT } from '../../http/routes/session-routes.ts';
import { link, NOTHING } from '../html.ts';
import { sendPlain } from '../page.ts';
import { PAGE_PATH } from '../page-path.ts';
import { localeOf } from '../view.ts';
import { type PageText, TEXTS } from '../words/texts.ts';

const PageLanguage = z.strictObject({ lang: z.string().max(10).optional() });
/** Where to go on: pages of ours, nowhere else. */
const To = z.string().regex(PAGE_PATH).optional().catch(undefined);
const SignInFormQuery = PageLanguage.extend({ to: To });
const SignInQuery = z.strictObject({ lang: z.string().max(10).optional(), to: To, say: z.enum(['done', 'waiting', 'approval', 'foreign', 'unavailable']).optional() });
const GOOD: readonly PageText[] = ['done', 'waiting'];

export function signInPages(api: Api, { sessions, oidc, accounts }: AppDeps): void {
  const form = (
    reply: Call<unknown, unknown, unknown>['reply'],
    locale: Locale,
    status: number,
    { say, login = '', to, isFirst = false }: { readonly say?: PageText | undefined; readonly login?: string; readonly to?: string | undefined; readonly isFirst?: boolean },
  ): void => {
    const provider = oidc ? html`<a class="button" href="${link('/api/v1/oidc/begin', { to })}">${TEXTS.signInWith[locale]}${oidc.label}</a>` : NOTHING;
    sendPlain(
      reply,
      TEXTS.signIn[locale],
      html`${isFirst && firstRun(locale)}<h1>${TEXTS.signIn[locale]}</h1>${notice(say, locale)}<form method="post" action="/sign-in?lang=${locale}${to === undefined ? '' : `&to=${encodeURIComponent(to)}`}"><label>${TEXTS.login[locale]}<input name="login" required autocomplete="username" autocapitalize="none" spellcheck="false" value="${login}"></label><label>${TEXTS.password[locale]}<input name="password" type="password" required autocomplete="current-password"></label><button>${TEXTS.signIn[locale]}</button></form>${provider}`,
      { status },
    );
  };
  addEndpoint(
    api,
    { method: 'GET', path: '/sign-in', id: 'signInPage', summary: 'Page to sign in', permission: 'public', query: SignInQuery, answer: z.string(), produces: 'text/html' },
    async ({ request, reply, query }) => form(reply, localeOf(request), 200, { ...query, isFirst: !(await accounts.hasAdministrator()) }),
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/sign-in',
      id: 'signInForm',
      summary: 'Form to sign in',
      permission: 'public',
      query: SignInFormQuery,
      body: z.strictObject({ login: z.string().max(254), password: z.string().max(1_024) }),
      consumes: 'application/x-www-form-urlencoded',
      answer: z.string(),
      produces: 'text/html',
      limit: SIGN_IN_LIMIT,
    },
    async ({ body, query, request, reply, now }) => {
      try {
        const opened = await sessions.signIn({ ...body, address: request.ip, replaces: cookieOf(request, 'session') }, now);
        setSessionCookies(reply, opened, now);
        reply.redirect(query.to ?? '/', 303);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
        const [status, say] = refusal(error);
        form(reply, localeOf(request), status, { say, login: body.login, to: query.to });
      }
    },
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/sign-out',
      id: 'signOutForm',
      summary: 'Form to sign out',
      permission: 'session.own',
      body: z.strictObject({}),
      consumes: 'application/x-www-form-urlencoded',
      answer: z.string(),
      produces: 'text/html',
    },
    async ({ principal, reply, now }) => {
      await sessions.close(personOf(principal), now);
      clearCookies(reply, 'session', 'csrf');
      reply.redirect('/sign-in', 303);
    },
  );
}

/** Nobody has set it up yet: the way in is on the server's terminal. */
function firstRun(locale: Locale): Markup {
  return html`<section class="notice"><h2>${TEXTS.firstRun[locale]}</h2><p>${TEXTS.firstRunHint[locale]}</p><pre tabindex="0"><code>xunjian collector link</code></pre></section>`;
}
export function notice(say: PageText | undefined, locale: Locale): Markup {
  if (say === undefined) return NOTHING;
  return html`<p class="notice ${GOOD.includes(say) ? 'good' : 'bad'}" role="${GOOD.includes(say) ? 'status' : 'alert'}">${TEXTS[say][locale]}</p>`;
}
function refusal({ code }: AppError): readonly [status: number, say: PageText] {
  if (code === 'too-many') return [429, 'tooMany'];
  if (code === 'forbidden') return [403, 'approval'];
  return code === 'unauthenticated' ? [401, 'wrong'] : [503, 'unavailable'];
}
