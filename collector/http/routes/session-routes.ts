import { z } from 'zod';
import { LONGEST_PASSWORD } from '../../access/password.ts';
import { may, PERMISSIONS } from '../../access/permissions.ts';
import { ADMINISTRATORS, ROLES } from '../../access/principal.ts';
import { csrfTokenOf } from '../../access/secret.ts';
import type { User } from '../../store/user-store.ts';
import { clearCookies, cookieOf, setSessionCookies } from '../cookies.ts';
import type { AppDeps } from '../deps.ts';
import { type Api, addEndpoint, personOf } from '../endpoint.ts';
import { Id, Locale, Login, line, Time } from '../values.ts';

/** Wrong ones are hashed too: no shorter limit than that of new passwords. */
export const Password = z.string().min(1).max(LONGEST_PASSWORD).describe('never logged, never answered');
const SignIn = z.strictObject({ login: z.string().min(1).max(254), password: Password });
const Redeem = z.strictObject({ link: z.string().min(1).max(100), password: Password, login: Login.optional(), name: line(120).optional(), locale: Locale.optional() });
const Opened = z.object({ userId: Id, csrfToken: z.string().describe('send it as x-csrf-token with every change'), expiresAt: Time });
const Me = z.object({
  id: Id,
  login: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  customerId: Id.nullable(),
  administrator: z.enum(ADMINISTRATORS).nullable(),
  permissions: z.array(z.enum(PERMISSIONS as [string, ...string[]])),
  csrfToken: z.string(),
});
/** Guessing is slow per address, whatever account is tried. */
export const SIGN_IN_LIMIT = { perMinute: 20, byAddress: true } as const;

export function sessionRoutes(api: Api, { sessions, accounts, oidc }: AppDeps): void {
  addEndpoint(
    api,
    { method: 'POST', path: '/api/v1/sessions', id: 'signIn', summary: 'Sign in', permission: 'public', body: SignIn, answer: Opened, status: 201, limit: SIGN_IN_LIMIT },
    async ({ body, request, reply, now }) => {
      const opened = await sessions.signIn({ ...body, address: request.ip, replaces: cookieOf(request, 'session') }, now);
      setSessionCookies(reply, opened, now);
      return { userId: opened.user.id, csrfToken: opened.csrfToken, expiresAt: opened.expiresAt };
    },
  );
  addEndpoint(
    api,
    { method: 'GET', path: '/api/v1/sessions/current', id: 'me', summary: 'Who I am and what I may do', permission: 'session.own', answer: Me },
    async ({ principal, request }) => {
      const { userId: id, login, name, role, customerId, administrator } = personOf(principal);
      return {
        id,
        login,
        name,
        role,
        customerId,
        administrator,
        permissions: PERMISSIONS.filter((one) => may(principal, one)),
        csrfToken: csrfTokenOf(cookieOf(request, 'session') ?? ''),
      };
    },
  );
  addEndpoint(
    api,
    {
      method: 'DELETE',
      path: '/api/v1/sessions/current',
      id: 'signOut',
      summary: 'Sign out',
      permission: 'session.own',
      answer: z.object({ endSessionUrl: z.string().nullable().describe('where to go on to sign out of the OIDC provider too') }),
    },
    async ({ principal, reply, now }) => {
      await sessions.close(personOf(principal), now);
      clearCookies(reply, 'session', 'csrf');
      return { endSessionUrl: (await oidc?.endSessionUrl()) ?? null };
    },
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/sessions/current/password',
      id: 'changePassword',
      summary: 'Change the own password; ends all other sessions',
      permission: 'session.own',
      body: z.strictObject({ current: Password, next: Password }),
      limit: { perMinute: 10 },
    },
    async ({ principal, body, now }) => await accounts.changePassword(personOf(principal), body, now),
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/links/redeem',
      id: 'redeemLink',
      summary: 'Use a one-time link: set a password',
      permission: 'public',
      body: Redeem,
      answer: z.object({ userId: Id, status: z.enum(['active', 'awaiting-approval']) }),
      limit: SIGN_IN_LIMIT,
    },
    async ({ body: { link, ...given }, now }) => redeemedView(await accounts.redeem({ secret: link, ...given }, now)),
  );
}

function redeemedView({ id, status }: User): { userId: string; status: 'active' | 'awaiting-approval' } {
  return { userId: id, status: status === 'active' ? 'active' : 'awaiting-approval' };
}
