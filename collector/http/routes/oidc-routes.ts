import { z } from 'zod';
import { accountOf } from '../../access/identities.ts';
import { AppError, notFound } from '../../errors.ts';
import { errorFields } from '../../log.ts';
import { clearCookies, cookieOf, setOidcCookie, setSessionCookies } from '../cookies.ts';
import type { AppDeps } from '../deps.ts';
import { type Api, addEndpoint } from '../endpoint.ts';

const LIMIT = { perMinute: 30, byAddress: true } as const;

/** The two steps of signing in at the provider; browsers come here, so refusals are pages. */
export function oidcRoutes(api: Api, { oidc, sessions, accounts, database }: AppDeps): void {
  addEndpoint(
    api,
    { method: 'GET', path: '/api/v1/oidc/begin', id: 'oidcBegin', summary: 'Go to the OIDC provider', permission: 'public', status: 302, limit: LIMIT },
    async ({ reply }) => {
      if (!oidc) throw notFound('identity provider');
      const { url, cookie } = await oidc.begin();
      setOidcCookie(reply, cookie);
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
      try {
        const identity = await oidc.finish(request.url.split('?')[1] ?? '', cookieOf(request, 'oidc'));
        const user = await accountOf(database, accounts, identity, (email) => oidc.customerOf(email), now);
        setSessionCookies(reply, await sessions.open(user, now, cookieOf(request, 'session')), now);
        clearCookies(reply, 'oidc');
        reply.redirect('/', 302);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        request.log.info(errorFields(error), 'sign-in at the provider refused');
        clearCookies(reply, 'oidc');
        reply.redirect(`/sign-in?say=${sayOf(error)}`, 302);
      }
    },
  );
}
function sayOf({ code, details }: AppError): string {
  if (code === 'unavailable') return 'unavailable';
  return details?.['reason'] === 'awaiting-approval' ? 'approval' : 'foreign';
}
