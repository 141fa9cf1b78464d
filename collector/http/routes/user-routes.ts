import { z } from 'zod';
import { ADMINISTRATORS, ROLES } from '../../access/principal.ts';
import { notFound } from '../../errors.ts';
import { type User as Account, listUsers, USER_STATES, visibleUser } from '../../store/user-store.ts';
import type { AppDeps } from '../deps.ts';
import { type Api, addEndpoint, personOf } from '../endpoint.ts';
import { decodeCursor, PageQuery, pageOf, toPage } from '../paging.ts';
import { Email, Id, IdParams, Locale, Login, line, Time } from '../values.ts';

const Serves = z.union([z.literal('all'), z.array(Id).max(1_000)]);
export const User = z.object({
  id: Id,
  customerId: Id.nullable(),
  role: z.enum(ROLES),
  login: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  locale: Locale,
  status: z.enum([...USER_STATES, 'awaiting-approval']),
  administrator: z.enum(ADMINISTRATORS).nullable(),
  serves: Serves,
  createdAt: Time,
});
/** No status, no approval, no password: those are not for the inviter to write. */
const Invite = z.strictObject({
  login: Login,
  name: line(120),
  email: Email.nullable().default(null),
  locale: Locale.default('zh'),
  role: z.enum(ROLES),
  customerId: Id.nullable().default(null),
  administrator: z.enum(ADMINISTRATORS).nullable().default(null),
  serves: Serves.default([]),
});
const ShownLink = z.object({ url: z.string().describe('shown once'), expiresAt: Time });
const ChangeRole = z.strictObject({ role: z.enum(ROLES), administrator: z.enum(ADMINISTRATORS).nullable().default(null), serves: Serves.optional() });
const Query = z.strictObject({ ...PageQuery, customer: Id.optional(), status: z.enum(USER_STATES).optional() });

export function userRoutes(api: Api, { accounts, database, publicUrl }: AppDeps): void {
  const shown = ({ secret, expiresAt }: { readonly secret: string; readonly expiresAt: number }) => ({ url: setupUrl(publicUrl, secret), expiresAt });
  addEndpoint(
    api,
    { method: 'GET', path: '/api/v1/users', id: 'listUsers', summary: 'Users by login', permission: 'user.read', query: Query, answer: pageOf(User) },
    async ({ query, visibility }) => {
      const after = decodeCursor(query.cursor, z.tuple([z.string()]))?.[0];
      const found = await listUsers(database.db, visibility, { after, limit: query.limit + 1, customerId: query.customer, status: query.status });
      return toPage(found, query.limit, view, ({ login }) => [login]);
    },
  );
  addEndpoint(
    api,
    { method: 'GET', path: '/api/v1/users/:id', id: 'getUser', summary: 'A user', permission: 'user.read', params: IdParams, answer: User },
    async ({ params, visibility }) => {
      const user = await visibleUser(database.db, visibility, params.id);
      if (!user) throw notFound('user');
      return view(user);
    },
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/users',
      id: 'inviteUser',
      summary: 'Invite somebody',
      permission: 'user.write',
      body: Invite,
      answer: z.object({ user: User, link: ShownLink }),
      status: 201,
    },
    async ({ principal, body, now }) => {
      const { user, link } = await accounts.invite(personOf(principal), body, now);
      return { user: view(user), link: shown(link) };
    },
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/users/:id/approve',
      id: 'approveUser',
      summary: "Let somebody in; for the customer's primary and backup administrator",
      permission: 'user.write',
      params: IdParams,
      answer: User,
    },
    async ({ principal, params, now }) => view(await accounts.approve(personOf(principal), params.id, now)),
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/users/:id/disable',
      id: 'disableUser',
      summary: 'Shut somebody out; ends the sessions',
      permission: 'user.write',
      params: IdParams,
      answer: User,
    },
    async ({ principal, params, now }) => view(await accounts.disable(personOf(principal), params.id, now)),
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/users/:id/enable',
      id: 'enableUser',
      summary: 'Let somebody in again who was shut out; for those who approve',
      permission: 'user.write',
      params: IdParams,
      answer: User,
    },
    async ({ principal, params, now }) => view(await accounts.enable(personOf(principal), params.id, now)),
  );
  addEndpoint(
    api,
    {
      method: 'PUT',
      path: '/api/v1/users/:id/role',
      id: 'changeRole',
      summary: 'Change role, place and customers served; ends the sessions',
      permission: 'user.write',
      params: IdParams,
      body: ChangeRole,
      answer: User,
    },
    async ({ principal, params, body, now }) => view(await accounts.changeRole(personOf(principal), params.id, body, now)),
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/users/:id/link',
      id: 'newUserLink',
      summary: 'A new one-time link to set the password',
      permission: 'user.write',
      params: IdParams,
      answer: ShownLink,
      status: 201,
    },
    async ({ principal, params, now }) => shown(await accounts.resetLink(personOf(principal), params.id, now)),
  );
}

export function setupUrl(publicUrl: string, secret: string): string {
  return `${publicUrl}/setup?link=${secret}`;
}
function view({ redeemed, status, approvedBy: _approvedBy, issuer: _issuer, ...user }: Account): z.input<typeof User> {
  return { ...user, serves: user.serves === 'all' ? 'all' : [...user.serves], status: status === 'invited' && redeemed ? 'awaiting-approval' : status };
}
