/** The cookies of a session. Over TLS they carry the `__Host-` prefix: no other host and no plain connection can set them. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OpenedSession } from '../access/sessions.ts';

const NAMES = { session: 'xunjian', csrf: 'xunjian-csrf', oidc: 'xunjian-oidc' } as const;
type CookieName = keyof typeof NAMES;

export function cookieOf(request: FastifyRequest, name: CookieName): string | undefined {
  return request.cookies[fullName(request, name)];
}
function fullName(request: FastifyRequest, name: CookieName): string {
  return request.protocol === 'https' ? `__Host-${NAMES[name]}` : NAMES[name];
}

function set(reply: FastifyReply, name: CookieName, value: string, seconds: number, httpOnly: boolean): void {
  reply.setCookie(fullName(reply.request, name), value, { path: '/', httpOnly, secure: reply.request.protocol === 'https', sameSite: 'lax', maxAge: seconds });
}
export function setSessionCookies(reply: FastifyReply, { secret, csrfToken, expiresAt }: OpenedSession, now: number): void {
  const seconds = Math.floor((expiresAt - now) / 1_000);
  set(reply, 'session', secret, seconds, true);
  set(reply, 'csrf', csrfToken, seconds, false); // scripts of our own pages send it back as a header
}
/** What the browser has to bring back from the OIDC provider. */
export function setOidcCookie(reply: FastifyReply, value: string): void {
  set(reply, 'oidc', value, 600, true);
}
export function clearCookies(reply: FastifyReply, ...names: readonly CookieName[]): void {
  for (const name of names) reply.clearCookie(fullName(reply.request, name), { path: '/', secure: reply.request.protocol === 'https', sameSite: 'lax' });
}
