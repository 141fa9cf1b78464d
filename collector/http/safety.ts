/** Headers, cookies and rate limits of the whole app. */
import { createHash } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { addressGroup } from '../access/lockout.ts';
import { AppError } from '../errors.ts';

export interface RateLimits {
  /** Requests a minute of one principal. */
  readonly perPrincipal: number;
  /** Requests a minute from one address without a valid credential. */
  readonly perAddress: number;
}
export const RATE_LIMITS: RateLimits = { perPrincipal: 1_200, perAddress: 300 };

export async function makeSafe(app: FastifyInstance, limits: RateLimits, isEncrypted: boolean): Promise<void> {
  await app.register(helmet, {
    // An API has nothing to load; pages replace this with their own.
    contentSecurityPolicy: { useDefaults: false, directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"], 'base-uri': ["'none'"], 'form-action': ["'none'"] } },
    // Not `no-referrer`: under it browsers send `Origin: null` with our own forms, which nobody can tell from another site's.
    referrerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    strictTransportSecurity: isEncrypted ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
  });
  await app.register(cookie);
  await app.register(rateLimit, {
    global: true,
    timeWindow: 60_000,
    cache: 50_000,
    max: (request) => (request.principal ? limits.perPrincipal : limits.perAddress),
    keyGenerator: principalKey,
    errorResponseBuilder: (_request, { ttl }) => new AppError('too-many', 'too many requests: wait', { retryAfterSeconds: Math.ceil(ttl / 1_000) }),
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false, 'retry-after': true },
  });
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
}

function principalKey(request: FastifyRequest): string {
  const { principal } = request;
  if (!principal) return `address ${addressGroup(request.ip)}`;
  return principal.kind === 'user' ? `user ${principal.userId}` : `${principal.kind} ${principal.credential}`;
}

/** Source expression of a style sheet or script that stands in a page. */
export function cspHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
