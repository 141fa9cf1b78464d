import { z } from 'zod';
import { may } from '../../access/permissions.ts';
import { sameText } from '../../access/secret.ts';
import { AppError, notFound } from '../../errors.ts';
import { listAudit, verifyAudit } from '../../store/audit-store.ts';
import { pingDatabase, readTotals } from '../../store/system-store.ts';
import type { AppDeps } from '../deps.ts';
import { type Api, addEndpoint } from '../endpoint.ts';
import { openApiDocument } from '../openapi.ts';
import { decodeCursor, PageQuery, pageOf, toPage } from '../paging.ts';
import { Id, Time, TimeQuery } from '../values.ts';

const Actor = z.object({ kind: z.enum(['agent', 'user', 'integration', 'system']), id: z.string().optional(), name: z.string().optional() });
const chosen = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
/** What the audit log is filtered by, here and on its page. */
export const AUDIT_FILTERS = {
  who: chosen(z.string().trim().max(120)),
  action: chosen(z.string().regex(/^[a-z-]{1,40}(?:\.[a-z-]{1,40})?$/)),
  object: chosen(z.string().trim().max(100)),
};
const AuditLine = z.object({
  id: z.number().int(),
  at: Time,
  actor: Actor,
  customerId: Id.nullable(),
  action: z.string(),
  object: z.string(),
  details: z.record(z.string(), z.unknown()),
});
const System = z.object({
  version: z.string(),
  engine: z.enum(['sqlite', 'postgres']),
  now: Time,
  auditIntact: z.boolean().describe('whether the chain of the audit log holds'),
  totals: z.record(z.string(), z.number().int()).describe('rows by table'),
  oidc: z.boolean(),
});
const Health = z.object({ status: z.literal('ok') });
const OK = { status: 'ok' } as const;
const READY_WITHIN_MS = 3_000;

export function systemRoutes(api: Api, { database, metrics, sharedKey, isOpen, oidc, metricsToken, version }: AppDeps): void {
  addEndpoint(api, { method: 'GET', path: '/healthz', id: 'healthz', summary: 'The process lives', permission: 'public', answer: Health }, async () => OK);
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/readyz',
      id: 'readyz',
      summary: 'It takes work: the database answers, it has the key of the others, and it is not about to stop',
      permission: 'public',
      answer: Health,
    },
    async () => {
      if (!isOpen()) throw new AppError('unavailable', 'starting or stopping', { retryAfterSeconds: 5 });
      if (!(await pingDatabase(database, READY_WITHIN_MS))) throw new AppError('unavailable', 'the database does not answer', { retryAfterSeconds: 5 });
      if (!(await sharedKey.isOurs())) throw new AppError('unavailable', 'another key than that of the other collectors: give all of them one key file', { retryAfterSeconds: 60 });
      return OK;
    },
  );
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/metrics',
      id: 'metrics',
      summary: 'Prometheus metrics; with the metrics token only',
      permission: 'public',
      answer: z.string(),
      produces: 'text/plain',
    },
    async ({ request, reply }) => {
      if (metricsToken === undefined || !sameText(request.headers.authorization ?? '', `Bearer ${metricsToken}`)) throw notFound('address');
      reply.type(metrics.registry.contentType);
      return await metrics.text();
    },
  );
  let document: string | undefined;
  addEndpoint(
    api,
    { method: 'GET', path: '/api/v1/openapi.json', id: 'openapi', summary: 'This description', permission: 'public', answer: z.record(z.string(), z.unknown()) },
    async ({ reply }) => {
      document ??= JSON.stringify(openApiDocument(api.endpoints, version));
      reply.type('application/json; charset=utf-8').serializer(String).send(document);
    },
  );
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/audit',
      id: 'listAudit',
      summary: 'Who changed what, newest first',
      permission: 'audit.read',
      query: z.strictObject({ ...PageQuery, ...AUDIT_FILTERS, since: TimeQuery.optional(), until: TimeQuery.optional() }),
      answer: pageOf(AuditLine),
    },
    async ({ query: { cursor, limit, ...filters }, visibility, principal }) => {
      const query = { cursor, limit };
      const before = decodeCursor(query.cursor, z.tuple([z.number().int()]))?.[0];
      const found = await listAudit(database.db, visibility, { ...filters, before, limit: query.limit + 1, isForCustomer: !may(principal, 'incident.internal') });
      return toPage(
        found,
        query.limit,
        ({ details = {}, ...line }) => ({ ...line, details }),
        ({ id }) => [id],
      );
    },
  );
  addEndpoint(api, { method: 'GET', path: '/api/v1/system', id: 'system', summary: 'How the collector is', permission: 'system.read', answer: System }, async ({ now }) => ({
    version,
    engine: database.engine,
    now,
    auditIntact: (await verifyAudit(database.db)) === undefined,
    totals: await readTotals(database.db),
    oidc: oidc !== undefined,
  }));
}
