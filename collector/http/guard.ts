/**
 * Who asks, and whether they may: before any handler, for every route. A route without an endpoint's declaration does not start.
 */
import type { TLSSocket } from 'node:tls';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { may } from '../access/permissions.ts';
import type { AgentPrincipal, CollectorPrincipal, IntegrationPrincipal, Principal, ReporterPrincipal, UserPrincipal } from '../access/principal.ts';
import { digestOfSecret, sameText } from '../access/secret.ts';
import { AppError } from '../errors.ts';
import { cookieOf } from './cookies.ts';

/** Where credentials are looked up. */
export interface Gatekeeper {
  /** A bearer token of an agent, an integration, a reporter or a site's collector. */
  readonly byToken: (token: string, now: number) => Promise<AgentPrincipal | IntegrationPrincipal | ReporterPrincipal | CollectorPrincipal | undefined>;
  readonly bySession: (secret: string, now: number) => Promise<UserPrincipal | undefined>;
  /** SHA-256 fingerprint of a client certificate that our CA signed, whose key the client proved to have. */
  readonly byCertificate: (fingerprint: string, now: number) => Promise<AgentPrincipal | undefined>;
}

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

export function guard(app: FastifyInstance, gatekeeper: Gatekeeper, now: () => number): void {
  app.decorateRequest('principal', undefined);
  app.decorateRequest('proof', undefined);
  app.addHook('onRoute', ({ config, url }) => {
    if (config?.endpoint === undefined) throw new Error(`${url} declares no endpoint: nobody could say who may use it`);
  });
  // First who it is, so that limits can be counted by principal; refusals come after the limits.
  app.addHook('onRequest', async (request) => {
    request.principal = await identify(request, gatekeeper, now());
  });
  app.addHook('preParsing', async (request) => {
    const permission = request.routeOptions.config.endpoint?.permission;
    if (permission === undefined) return; // no such route
    if (!SAFE_METHODS.includes(request.method) && request.proof !== 'bearer') requireOwnOrigin(request);
    if (permission === 'public') return;
    if (!request.principal) throw new AppError('unauthenticated', request.proof === 'bearer' ? 'the token is unknown, expired or revoked' : 'sign in, or send a token');
    if (!may(request.principal, permission)) throw new AppError('forbidden', `this needs the right ${permission}`, { details: { permission } });
  });
  app.addHook('preValidation', async (request) => {
    if (request.proof === 'session' && request.principal && !SAFE_METHODS.includes(request.method) && request.routeOptions.config.endpoint?.permission !== 'public')
      requireCsrfToken(request, request.principal);
  });
}

async function identify(request: FastifyRequest, gatekeeper: Gatekeeper, now: number): Promise<Principal | undefined> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    request.proof = 'bearer';
    const token = /^Bearer +([\w.~+/=-]{16,200})$/i.exec(authorization)?.[1];
    return token === undefined ? undefined : await gatekeeper.byToken(token, now);
  }
  const secret = cookieOf(request, 'session');
  if (secret !== undefined) {
    request.proof = 'session';
    const user = await gatekeeper.bySession(secret, now);
    if (user) return user;
  }
  const fingerprint = clientCertificate(request);
  if (fingerprint === undefined) return undefined;
  request.proof = 'certificate';
  return await gatekeeper.byCertificate(fingerprint, now);
}

function clientCertificate({ raw }: FastifyRequest): string | undefined {
  const socket = raw.socket as Partial<TLSSocket>;
  if (socket.encrypted !== true || socket.authorized !== true) return undefined;
  return socket.getPeerCertificate?.().fingerprint256;
}

/** Browsers say where a request comes from; what comes from somewhere else changes nothing here. */
function requireOwnOrigin(request: FastifyRequest): void {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const own = `${request.protocol}://${request.host}`;
  const foreign = origin === undefined ? site !== undefined && site !== 'same-origin' && site !== 'none' : origin.toLowerCase() !== own.toLowerCase();
  if (foreign) throw new AppError('forbidden', 'requests from other sites change nothing here', { details: { reason: 'origin' } });
}

/** As a header, or as the field `_csrf` of a form. */
function requireCsrfToken(request: FastifyRequest, principal: Principal): void {
  const header = request.headers['x-csrf-token'];
  const { body } = request;
  let given = typeof header === 'string' ? header : undefined;
  if (given === undefined && typeof body === 'object' && body !== null && '_csrf' in body) {
    given = typeof body._csrf === 'string' ? body._csrf : undefined;
    delete body._csrf;
  }
  if (principal.kind !== 'user' || given === undefined || !sameText(digestOfSecret(given), principal.csrf))
    throw new AppError('forbidden', 'the token against forged requests is missing or wrong: send x-csrf-token', { details: { reason: 'csrf' } });
}
