import { z } from 'zod';
import { accountOf } from '../../access/identities.ts';
import { PAGE_PATH } from '../../console/page-path.ts';
import { AppError, notFound } from '../../errors.ts';
import { errorFields } from '../../log.ts';
import { clearCookies, cookieOf, setOidcCookie, setSessionCookies } from '../cookies.ts';
import type { AppDeps } from '../deps.ts';
import { type Api, addEndpoint } from '../endpoint.ts';

/** Where a sign-in was asked for: a page of ours, short enough for a cookie; anything else is forgotten. */
const To = z.string().max(1_000).regex(PAGE_PATH).optional().catch(undefined);
const LIMIT = { perMinute: 30, byAddress: true } as const;

/** The two steps of signing in at the provider; browsers come here, so refusals are pages. */
export function oidcRoutes(api: Api, { oidc, sessions, accounts, database }: AppDeps): void {
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/oidc/begin',
      id: 'oidcBegin',
      summary: 'Go to the OIDC provider',
      permission: 'public',
      query: z.strictObject({ to: To }),
      status: 302,
      limit: LIMIT,
    },
    async ({ reply, query }) => {
      if (!oidc) throw notFound('identity provider');
      const { url, cookie } = await oidc.begin();
      setOidcCookie(reply, withPlace(cookie, query.to));
      reply.redirect(url, 302);
    },
  );
  addEndpoint(
    api,
    // Providers add parameters of their own.
    {
      method: 'GET',
      path: '/api/v1/oidc/callback',
      id: 'oidcCallback',
      summary: 'Back from the OIDC provider',
      permission: 'public',
      query: z.looseObject({}),
      status: 302,
      limit: LIMIT,
    },
    async ({ request, reply, now }) => {
      if (!oidc) throw notFound('identity provider');
      const { pending, to } = placeOf(cookieOf(request, 'oidc'));
      try {
        const identity = await oidc.finish(request.url.split('?')[1] ?? '', pending);
        const user = await accountOf(database, accounts, identity, (email) => oidc.customerOf(email), now);
        setSessionCookies(reply, await sessions.open(user, now, cookieOf(request, 'session')), now);
        clearCookies(reply, 'oidc');
        reply.redirect(to ?? '/', 302);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        request.log.info(errorFields(error), 'sign-in at the provider refused');
        clearCookies(reply, 'oidc');
        reply.redirect(`/sign-in?say=${sayOf(error)}${to === undefined ? '' : `&to=${encodeURIComponent(to)}`}`, 302);
      }
    },
  );
}
/** Behind the three parts that prove the sign-in stands the page that it is for. */
function withPlace(cookie: string, to: string | undefined): string {
  return to === undefined ? cookie : `${cookie}.${Buffer.from(to).toString('base64url')}`;
}
/** The cookie is the browser's: its page is looked at as closely as one in an address. */
function placeOf(cookie: string | undefined): { readonly pending: string | undefined; readonly to: string | undefined } {
  const parts = cookie?.split('.') ?? [];
  const [, , , place] = parts;
  return { pending: cookie && parts.slice(0, 3).join('.'), to: To.parse(place === undefined ? undefined : Buffer.from(place, 'base64url').toString('utf8')) };
}
function sayOf({ code, details }: AppError): string {
  if (code === 'unavailable') return 'unavailable';
  return details?.['reason'] === 'awaiting-approval' ? 'approval' : 'foreign';
}
