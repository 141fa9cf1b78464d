/** /setup: redeems a one-time link. Looking at it uses nothing: mail scanners open links too. */
import { z } from 'zod';
import type { Locale } from '../../../agent/wire/vocabulary.ts';
import { html, type Markup } from '../../../reports/renderers/markup.ts';
import type { Accounts } from '../../access/accounts.ts';
import { AppError } from '../../errors.ts';
import type { AppDeps } from '../../http/deps.ts';
import { type Api, addEndpoint, type Call } from '../../http/endpoint.ts';
import { SIGN_IN_LIMIT } from '../../http/routes/session-routes.ts';
import { Login, line } from '../../http/values.ts';
import { NOTHING } from '../html.ts';
import { sendPlain } from '../page.ts';
import { localeOf } from '../view.ts';
import { type PageText, TEXTS } from '../words/texts.ts';
import { notice } from './sign-in.ts';

const SetupQuery = z.strictObject({ link: z.string().max(100), lang: z.string().max(10).optional() });
const SetupForm = z.strictObject({
  link: z.string().max(100),
  login: z.string().max(254).optional(),
  name: z.string().max(254).optional(),
  password: z.string().max(1_024),
  again: z.string().max(1_024),
});
type Known = Awaited<ReturnType<Accounts['linkOf']>>;

export function setupPages(api: Api, { accounts }: AppDeps): void {
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/setup',
      id: 'setupPage',
      summary: 'Page of a one-time link',
      permission: 'public',
      query: SetupQuery,
      answer: z.string(),
      produces: 'text/html',
      limit: SIGN_IN_LIMIT,
    },
    async ({ query, request, reply, now }) => form(reply, localeOf(request), await accounts.linkOf(query.link, now), { link: query.link }),
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/setup',
      id: 'setupForm',
      summary: 'Form of a one-time link',
      permission: 'public',
      query: z.strictObject({ lang: z.string().max(10).optional() }),
      body: SetupForm,
      consumes: 'application/x-www-form-urlencoded',
      answer: z.string(),
      produces: 'text/html',
      limit: SIGN_IN_LIMIT,
    },
    async ({ body, request, reply, now }) => {
      const locale = localeOf(request);
      const known = await accounts.linkOf(body.link, now);
      const fault = faultOf(body, known);
      if (fault) return form(reply, locale, known, body, fault);
      try {
        const { status } = await accounts.redeem({ secret: body.link, password: body.password, login: body.login?.trim(), name: body.name?.trim(), locale }, now);
        return void reply.redirect(`/sign-in?lang=${locale}&say=${status === 'active' ? 'done' : 'waiting'}`, 303);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return form(reply, locale, error.code === 'not-found' ? undefined : known, body, refusal(error));
      }
    },
  );
}

function faultOf({ password, again, login, name }: z.output<typeof SetupForm>, known: Known): PageText | undefined {
  if (password !== again) return 'differ';
  const isFirst = known?.purpose === 'first-administrator';
  return isFirst && !(Login.safeParse(login).success && line(120).safeParse(name).success) ? 'incomplete' : undefined;
}
function refusal({ code, details }: AppError): PageText {
  if (code === 'conflict') return 'taken';
  const reason = details?.['reason'];
  if (reason === 'short' || reason === 'long' || reason === 'common') return reason;
  return reason === 'name' ? 'containsName' : 'unavailable';
}

function form(
  reply: Call<unknown, unknown, unknown>['reply'],
  locale: Locale,
  known: Known,
  given: { readonly link: string; readonly login?: string | undefined; readonly name?: string | undefined },
  say?: PageText,
): void {
  if (!known) {
    sendPlain(
      reply,
      TEXTS.linkOver[locale],
      html`<h1>${TEXTS.linkOver[locale]}</h1><p>${TEXTS.linkOverHint[locale]}</p><a class="button" href="/sign-in">${TEXTS.signIn[locale]}</a>`,
      { status: 404, secret: true },
    );
    return;
  }
  const isFirst = known.purpose === 'first-administrator';
  const title = isFirst ? TEXTS.setUp[locale] : TEXTS.setPassword[locale];
  const hint = isFirst ? TEXTS.setUpHint[locale] : `${TEXTS.setPasswordHint[locale]}${known.user?.login ?? ''}`;
  const who = isFirst
    ? html`<label>${TEXTS.login[locale]}<input name="login" required minlength="2" maxlength="120" autocomplete="username" autocapitalize="none" spellcheck="false" value="${given.login ?? 'admin'}"></label><label>${TEXTS.name[locale]}<input name="name" required maxlength="120" autocomplete="name" value="${given.name ?? ''}"></label>`
    : NOTHING;
  const password = (name: string, label: string): Markup =>
    html`<label>${label}<input name="${name}" type="password" required minlength="12" maxlength="256" autocomplete="new-password"></label>`;
  sendPlain(
    reply,
    title,
    html`<h1>${title}</h1><p>${hint}</p>${notice(say, locale)}<form method="post" action="/setup?lang=${locale}"><input type="hidden" name="link" value="${given.link}">${who}${password('password', TEXTS.newPassword[locale])}${password('again', TEXTS.again[locale])}<button>${title}</button></form>`,
    { status: say === undefined ? 200 : 400, secret: true },
  );
}
