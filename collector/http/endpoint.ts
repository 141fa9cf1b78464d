/**
 * One shape for every endpoint of the API: schemas, the one permission it needs, and a handler of *parse → one domain call →
 * view*. What is registered here is all there is: OpenAPI and the tests of tenant isolation are made from the same list.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { z } from 'zod';
import type { Permission } from '../access/permissions.ts';
import { actorOf, type Principal, type UserPrincipal } from '../access/principal.ts';
import { type Visibility, visibilityOf } from '../access/visibility.ts';
import { AppError } from '../errors.ts';
import type { Actor } from '../incidents/event.ts';
import { Problem } from './problem.ts';

export interface EndpointSpec<P extends z.ZodType = z.ZodType, Q extends z.ZodType = z.ZodType, B extends z.ZodType = z.ZodType, A extends z.ZodType = z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** In Fastify's spelling, `/api/v1/incidents/:id`. */
  readonly path: `/${string}`;
  /** `operationId`, unique. */
  readonly id: string;
  readonly summary: string;
  /** `public` is a decision, and looked at by a test. */
  readonly permission: Permission | 'public';
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Schema of the answer; without one, 204. */
  readonly answer?: A;
  /** 200 unless something was made. */
  readonly status?: 200 | 201 | 202 | 302;
  /** Media type of the answer when it is not JSON. */
  readonly produces?: 'text/html' | 'text/plain' | 'text/event-stream' | 'image/svg+xml' | 'application/octet-stream';
  /** Media type of the request when it is not JSON; its body is then a stream. */
  readonly consumes?: 'application/x-ndjson' | 'application/octet-stream' | 'application/x-www-form-urlencoded';
  readonly bodyLimitBytes?: number;
  /** Requests a minute; the app's default otherwise. `byAddress`: whoever asks, counted by where from. */
  readonly limit?: { readonly perMinute: number; readonly byAddress?: boolean };
  /** Answers a body that its schema refuses; without it the refusal ends where every failed request does. */
  readonly onInvalidBody?: (call: Call<unknown, unknown, unknown>, error: AppError) => Promise<void>;
}
/** What a handler gets. */
export interface Call<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly principal: Principal;
  readonly visibility: Visibility;
  /** For the domain: who does it, and what they see. */
  readonly caller: { readonly actor: Actor; readonly visibility: Visibility };
  readonly now: number;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    endpoint?: EndpointSpec;
  }
  interface FastifyRequest {
    principal: Principal | undefined;
    /** How the principal proved itself. */
    proof: 'session' | 'bearer' | 'certificate' | undefined;
  }
}

const NOTHING = z.strictObject({});
const NO_BODY = z.strictObject({}).optional();
const PUBLIC_VISIBILITY: Visibility = [];

/** The app with what endpoints need of it. */
export interface Api {
  readonly app: FastifyInstance;
  readonly now: () => number;
  /** Every endpoint so far. */
  readonly endpoints: EndpointSpec[];
}

export function addEndpoint<P extends z.ZodType = z.ZodObject, Q extends z.ZodType = z.ZodObject, B extends z.ZodType = z.ZodUndefined, A extends z.ZodType = z.ZodUndefined>(
  { app, now, endpoints }: Api,
  spec: EndpointSpec<P, Q, B, A>,
  // biome-ignore lint/suspicious/noConfusingVoidType: handlers that answer by themselves (pages, redirects) return nothing
  handler: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<z.input<A> | undefined | void>,
): void {
  endpoints.push(spec);
  const status = spec.status ?? (spec.answer === undefined ? 204 : 200);
  const hasBody = spec.method !== 'GET' && spec.consumes !== 'application/x-ndjson' && spec.consumes !== 'application/octet-stream';
  app.route({
    method: spec.method satisfies HTTPMethods,
    url: spec.path,
    schema: {
      params: spec.params ?? NOTHING,
      querystring: spec.query ?? NOTHING,
      ...(hasBody && { body: spec.body ?? NO_BODY }),
      response: { ...(spec.answer !== undefined && spec.produces === undefined && { [status]: spec.answer }), '4xx': Problem, '5xx': Problem },
    },
    config: {
      endpoint: spec,
      ...(spec.limit && { rateLimit: { max: spec.limit.perMinute, groupId: spec.id, ...(spec.limit.byAddress && { keyGenerator: (request) => `address ${request.ip}` }) } }),
    },
    ...(spec.bodyLimitBytes !== undefined && { bodyLimit: spec.bodyLimitBytes }),
    attachValidation: spec.onInvalidBody !== undefined,
    handler: async (request, reply) => {
      const call: Call<z.output<P>, z.output<Q>, z.output<B>> = {
        params: request.params as z.output<P>,
        query: request.query as z.output<Q>,
        body: request.body as z.output<B>,
        get principal() {
          if (!request.principal) throw new AppError('unauthenticated', 'sign in, or send a token');
          return request.principal;
        },
        get caller() {
          return { actor: actorOf(this.principal), visibility: this.visibility };
        },
        visibility: request.principal ? visibilityOf(request.principal) : PUBLIC_VISIBILITY,
        now: now(),
        request,
        reply,
      };
      const invalid = request.validationError;
      if (invalid && (invalid.validationContext !== 'body' || !(invalid instanceof AppError) || !spec.onInvalidBody)) throw invalid;
      const answer = invalid ? await spec.onInvalidBody?.(call, invalid as unknown as AppError) : await handler(call);
      if (reply.sent || reply.raw.headersSent) return reply; // also a stream whose client went away before its end
      if (reply.statusCode === 200) reply.code(status);
      if (answer === undefined) return reply.send();
      return answer;
    },
  });
}

/** For what only people do. */
export function personOf(principal: Principal): UserPrincipal {
  if (principal.kind !== 'user') throw new AppError('forbidden', 'this is for people');
  return principal;
}
