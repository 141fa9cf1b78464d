/** The API at one glance: what every request goes through, and all routes there are. */
import { type FastifyInstance, type FastifyServerOptions, fastify, LogController } from 'fastify';
import type { Logger } from 'pino';
import { serializeWithZod, validateWithZod } from './compilers.ts';
import type { AppDeps } from './deps.ts';
import type { Api, EndpointSpec } from './endpoint.ts';
import { answerBrokenRequest, answerError, tellErrors } from './error-handler.ts';
import { guard } from './guard.ts';
import { acceptBodies } from './json-body.ts';
import { ROUTES } from './routes/index.ts';
import { makeSafe, RATE_LIMITS, type RateLimits } from './safety.ts';

export interface AppOptions {
  /** Addresses (CIDR) of proxies whose X-Forwarded-* headers are believed. */
  readonly trustProxy?: readonly string[] | undefined;
  readonly tls?: { readonly cert: string; readonly key: string; readonly clientCa?: string | undefined } | undefined;
  readonly limits?: RateLimits | undefined;
  readonly times?: Partial<RequestTimes> | undefined;
}
export interface RequestTimes {
  /** Until all headers are here: slow senders hold a connection no longer. */
  readonly headersMs: number;
  /** Until the whole request is here. */
  readonly requestMs: number;
  /** Until the handler has answered. */
  readonly handlerMs: number;
  readonly keepAliveMs: number;
}
/** A gzip batch of 64 MB at 1 MB/s arrives within a minute. */
const TIMES: RequestTimes = { headersMs: 10_000, requestMs: 90_000, handlerMs: 60_000, keepAliveMs: 75_000 };
/** JSON of people and other systems. Ingest has its own limits. */
const BODY_LIMIT_BYTES = 1024 * 1024;

/** A listening-ready app; nothing is bound yet. */
export async function createApp(deps: AppDeps, logger: Logger, options: AppOptions = {}): Promise<{ readonly app: FastifyInstance; readonly endpoints: readonly EndpointSpec[] }> {
  const app = fastify({ ...serverOptions(options), loggerInstance: logger } as FastifyServerOptions) as unknown as FastifyInstance;
  app.setValidatorCompiler(validateWithZod);
  app.setSerializerCompiler(serializeWithZod);
  acceptBodies(app);
  record(app, deps);
  await makeSafe(app, options.limits ?? RATE_LIMITS, options.tls !== undefined || deps.publicUrl.startsWith('https:'));
  guard(app, deps.gatekeeper, deps.now);
  tellErrors(app);
  const api: Api = { app, now: deps.now, endpoints: [] };
  for (const routes of ROUTES) routes(api, deps);
  await app.ready();
  return { app, endpoints: api.endpoints };
}

function serverOptions({ trustProxy, tls, times }: AppOptions): FastifyServerOptions {
  const { headersMs, requestMs, handlerMs, keepAliveMs } = { ...TIMES, ...times };
  const server = { headersTimeout: headersMs, requestTimeout: requestMs, connectionsCheckingInterval: Math.min(2_000, headersMs), maxHeaderSize: 16 * 1024 };
  const options: FastifyServerOptions = {
    trustProxy: trustProxy === undefined || trustProxy.length === 0 ? false : [...trustProxy],
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: requestMs,
    handlerTimeout: handlerMs,
    keepAliveTimeout: keepAliveMs,
    forceCloseConnections: 'idle',
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    genReqId: () => crypto.randomUUID(),
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    clientErrorHandler: answerBrokenRequest as never,
    frameworkErrors: (error, request, reply) => void answerError(error, request as never, reply as never),
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false, caseSensitive: true },
  };
  if (tls === undefined) return { ...options, http: server } as FastifyServerOptions;
  // Browsers have no client certificate: it is asked for, and the guard looks at whether ours signed it.
  const client = tls.clientCa === undefined ? {} : { ca: tls.clientCa, requestCert: true, rejectUnauthorized: false };
  return { ...options, https: { ...server, cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2', ...client } } as FastifyServerOptions;
}

/** One line and one sample a request: its route's pattern, never its address, headers or body. */
function record(app: FastifyInstance, { metrics, logger }: AppDeps): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.recordRequest(request.method, route, reply.statusCode, reply.elapsedTime / 1_000);
    const { principal } = request;
    const who = principal && { [principal.kind]: principal.kind === 'user' ? principal.userId : principal.credential };
    const line = { requestId: request.id, method: request.method, route, status: reply.statusCode, durationMs: Math.round(reply.elapsedTime), ...who };
    if (reply.statusCode >= 500) logger.warn(line, 'answered');
    else logger.debug(line, 'answered');
  });
}
