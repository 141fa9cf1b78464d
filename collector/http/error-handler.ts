/** Where every failed request ends. What the program did not mean is told to its log, not to the caller. */
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isPage, sendFault } from '../console/fault.ts';
import { PAGE_PATH } from '../console/page-path.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import { errorFields } from '../log.ts';
import { isUniqueViolation } from '../store/system-store.ts';
import { CalendarError, PolicyError } from '../support/policy-error.ts';
import { AnswerError } from './compilers.ts';
import { CODE_OF_STATUS, STATUS } from './problem.ts';

export function tellErrors(app: FastifyInstance): void {
  app.setErrorHandler(answerError);
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    const allowed = allowedMethods(app, request.url.split('?')[0] ?? '/');
    if (allowed.length > 0) reply.header('allow', allowed.join(', '));
    const missing = new AppError('not-found', 'no such address');
    if (isRead(request)) {
      sendFault(reply, missing, allowed.length === 0 ? 404 : 405);
      return reply;
    }
    if (allowed.length === 0) return answerError(missing, request, reply);
    return problem(reply, request, 405, 'unsupported', `only ${allowed.join(', ')} here`);
  });
}

export function answerError(error: FastifyError | AppError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const page = error instanceof AppError ? answerPage(error, request, reply) : undefined;
  if (page) return page;
  if (error instanceof AppError) {
    if (error.code === 'unavailable') request.log.warn(errorFields(error), 'unavailable');
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(Math.max(1, Math.ceil(error.retryAfterSeconds))));
    if (error.code === 'unauthenticated' && request.proof === 'bearer') reply.header('www-authenticate', 'Bearer');
    return problem(reply, request, STATUS[error.code], error.code, error.message, error.details);
  }
  if (error instanceof PolicyError || error instanceof CalendarError) return problem(reply, request, 400, 'invalid', error.message.slice(0, 500));
  if (isUniqueViolation(error)) return problem(reply, request, 409, 'conflict', 'somebody else did the same at this moment: look again');
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  const code = CODE_OF_STATUS[status];
  if (code !== undefined) {
    if (status === 503) reply.header('retry-after', '5');
    return problem(reply, request, status, code, FRAMEWORK_TEXTS[code]);
  }
  request.log.error({ ...errorFields(error), ...(error instanceof AnswerError && { faults: error.faults }) }, 'request failed');
  return problem(reply, request, 500, 'internal', 'something went wrong here; the log has it under the request id');
}

/** Somebody typed or followed an address with a browser; programs of the API ask for JSON, or below its own path. */
function isRead({ method, url, headers }: FastifyRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && !/^\/(?:api|metrics|assets)(?:\/|$)/.test(url) && (headers.accept ?? '').includes('text/html');
}

/** Who looks at a page with a browser gets a page, or is led to the one to sign in on. */
function answerPage(error: AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  const endpoint = request.routeOptions.config.endpoint;
  if (endpoint === undefined || !isPage(endpoint)) return undefined;
  if (error.code === 'unauthenticated' && request.method === 'GET') return reply.redirect(signInAddress(request.url), 303);
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(Math.max(1, Math.ceil(error.retryAfterSeconds))));
  sendFault(reply, error);
  return reply;
}
function signInAddress(path: string): string {
  if (path === '/') return '/sign-in';
  return PAGE_PATH.test(path) ? `/sign-in?to=${encodeURIComponent(path)}` : '/sign-in';
}

const FRAMEWORK_TEXTS: Readonly<Record<ErrorCode, string>> = {
  invalid: 'the request cannot be read',
  unauthenticated: 'sign in, or send a token',
  forbidden: 'not allowed',
  'not-found': 'no such address',
  conflict: 'it changed in between',
  'too-large': 'the request is too large',
  'too-many': 'too many requests: wait',
  unavailable: 'not now: try again',
  unsupported: 'this kind of content is not taken here',
};

function problem(reply: FastifyReply, request: FastifyRequest, status: number, code: string, message: string, details?: Readonly<Record<string, unknown>>): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send({ code, message, ...(details && { details }), requestId: request.id });
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
function allowedMethods(app: FastifyInstance, path: string): string[] {
  return METHODS.filter((method) => {
    const found = app.findRoute({ method, url: path });
    return found !== null && found !== undefined;
  });
}

/** Requests that never became one: cut short, too slow, headers too large. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const code = CODE_OF_STATUS[status] ?? 'invalid';
  const body = JSON.stringify({ code, message: FRAMEWORK_TEXTS[code] });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
