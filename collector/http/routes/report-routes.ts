import { Readable } from 'node:stream';
import { z } from 'zod';
import { type Principal, sideOf } from '../../access/principal.ts';
import { AppError, notFound } from '../../errors.ts';
import { kindIds, kindOf } from '../../reports/kinds.ts';
import { MANIFEST_NAME, SIGNATURE_NAME } from '../../reports/manifest.ts';
import { REPORT_STATES, type Report, SIDES } from '../../reports/report.ts';
import { findCustomer } from '../../store/fleet-store.ts';
import { listFiles, listReports, readFileOf } from '../../store/report-store.ts';
import type { AppDeps } from '../deps.ts';
import { attachmentHeader } from '../disposition.ts';
import { type Api, addEndpoint } from '../endpoint.ts';
import { decodeCursor, PageQuery, pageOf, toPage } from '../paging.ts';
import { progressEvents } from '../report-progress.ts';
import { FileName, Formats, Kind, Locales, ReportSummary, ReportView, reportView, reportWithFiles } from '../report-views.ts';
import { Id, IdParams, line, paragraphs, TimeInput } from '../values.ts';

const NewReport = z.strictObject({
  customerId: Id.optional().describe('may be left out with a cluster'),
  clusterId: Id.nullable().default(null).describe('null: all clusters of the customer'),
  kind: Kind,
  formats: Formats.default(['html', 'pdf', 'docx', 'xlsx', 'json']),
  locales: Locales.default(['zh']),
  from: TimeInput.optional().describe('left out: the last whole month or week for kinds monthly and weekly, otherwise the newest inspection alone'),
  to: TimeInput.optional().describe('exclusive; now unless it says otherwise'),
  mail: z.boolean().default(false).describe("send it to the contract's contacts when it is done"),
});
const RequestKey = z.string().regex(/^[\w.:-]{1,100}$/, 'letters, digits and . _ : -');
const Query = z.strictObject({
  ...PageQuery,
  customer: Id.optional(),
  cluster: Id.optional(),
  kind: Kind.optional(),
  schedule: Id.optional(),
  state: z.enum(REPORT_STATES).optional(),
});
const After = z.tuple([z.number(), z.string()]);
const Sending = z.strictObject({ to: z.array(z.email().max(254)).min(1).max(50) });
const Signing = z.strictObject({ side: z.enum(SIDES), name: line(120), position: line(120).optional(), paperDay: z.iso.date().optional() });
const Confirmation = z.strictObject({ accepted: z.boolean().default(true), note: paragraphs(4_000).optional() });

/** A reporter's token is of one cluster: reports of others, and of the whole customer, are not there for it. */
export function visibleTo(principal: Principal, report: Pick<Report, 'clusterId'>): boolean {
  return principal.kind !== 'reporter' || principal.clusterId === report.clusterId;
}

export function reportRoutes(api: Api, deps: AppDeps): void {
  makeRoutes(api, deps);
  fileRoutes(api, deps);
}

function makeRoutes(api: Api, { reports, database, fleet, metrics, publicUrl }: AppDeps): void {
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/reports',
      id: 'requestReport',
      summary: 'Ask for a report; it is made in the background. With Idempotency-Key the same request again is the same report',
      permission: 'report.create',
      body: NewReport,
      answer: ReportSummary,
      status: 202,
      limit: { perMinute: 60 },
    },
    async ({ caller, principal, visibility, body: { customerId: given, clusterId: asked, from, to, ...body }, now, request, reply }) => {
      // A reporter's token knows its cluster; its program need not.
      const clusterId = asked ?? (principal.kind === 'reporter' ? principal.clusterId : null);
      if (!visibleTo(principal, { clusterId })) throw notFound('cluster');
      const customerId = clusterId === null ? given : (await fleet.cluster(visibility, clusterId)).customerId;
      if (customerId === undefined) throw new AppError('invalid', 'say which customer or which cluster', { details: { field: 'customerId' } });
      if (given !== undefined && given !== customerId) throw notFound('cluster');
      if (!(await kindOf(body.kind))) throw new AppError('invalid', 'there is no such kind of report', { details: { field: 'kind', known: await kindIds() } });
      const key = request.headers['idempotency-key'];
      if (key !== undefined && !RequestKey.safeParse(key).success) throw new AppError('invalid', 'Idempotency-Key has to be 1 to 100 letters, digits and . _ : -');
      const report = await reports.request(caller, { ...body, customerId, clusterId, from, to: to ?? now, requestKey: typeof key === 'string' ? key : undefined }, now);
      metrics.count('report-requested');
      reply.header('location', `/api/v1/reports/${report.id}`);
      return reportView(report);
    },
  );
  addEndpoint(
    api,
    { method: 'GET', path: '/api/v1/reports', id: 'listReports', summary: 'Reports, newest first', permission: 'report.read', query: Query, answer: pageOf(ReportSummary) },
    async ({ visibility, principal, query: { customer, cluster, kind, schedule, state, cursor, limit } }) => {
      const clusterId = principal.kind === 'reporter' ? principal.clusterId : cluster;
      if (cluster !== undefined && cluster !== clusterId) return { items: [] };
      const after = decodeCursor(cursor, After);
      const found = await listReports(database.db, visibility, { customerId: customer, clusterId, kind, scheduleId: schedule, state, after, limit: limit + 1 });
      return toPage(found, limit, reportView, ({ createdAt, id }) => [createdAt, id]);
    },
  );
  addEndpoint(
    api,
    { method: 'GET', path: '/api/v1/reports/:id', id: 'getReport', summary: 'A report with its files', permission: 'report.read', params: IdParams, answer: ReportView },
    async ({ visibility, principal, params }) => {
      const report = await reports.get(visibility, params.id);
      if (!visibleTo(principal, report)) throw notFound('report');
      return reportWithFiles(report, await listFiles(database.db, report.id));
    },
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/reports/:id/confirm',
      id: 'confirmReport',
      summary: "The customer's confirmation, or objection, within seven days",
      permission: 'report.confirm',
      params: IdParams,
      body: Confirmation,
      answer: ReportSummary,
    },
    async ({ caller, params, body, now }) => reportView(await reports.confirm(caller, params.id, body, now)),
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/reports/:id/sign',
      id: 'signReport',
      summary: 'Sign a finished report for the own side, or note that a side signed it on paper',
      permission: 'report.sign',
      params: IdParams,
      body: Signing,
      answer: ReportSummary,
    },
    async ({ caller, principal, params, body, now }) => reportView(await reports.sign(caller, params.id, { ...body, by: sideOf(principal) }, now)),
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/reports/:id/send',
      id: 'sendReport',
      summary: 'Send a finished report, again or for the first time, to contacts of its customer',
      permission: 'report.send',
      params: IdParams,
      body: Sending,
      answer: z.object({ messages: z.number().int() }),
      status: 202,
      limit: { perMinute: 10 },
    },
    async ({ caller, params, body, now }) => ({ messages: await reports.send(caller, params.id, { to: body.to, publicUrl }, now) }),
  );
}

function isProof(name: string): boolean {
  return name === MANIFEST_NAME || name === SIGNATURE_NAME;
}

function fileRoutes(api: Api, { reports, database, signingKey }: AppDeps): void {
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/reports/:id/events',
      id: 'watchReport',
      summary: 'Server-sent events: `progress` until `end`. A stream ends after 45 seconds at the latest; clients connect again',
      permission: 'report.read',
      params: IdParams,
      produces: 'text/event-stream',
      limit: { perMinute: 120 },
    },
    async ({ visibility, principal, params, reply }) => {
      const report = await reports.get(visibility, params.id);
      if (!visibleTo(principal, report)) throw notFound('report');
      reply.type('text/event-stream; charset=utf-8').header('cache-control', 'no-store').header('x-accel-buffering', 'no');
      await reply.send(Readable.from(progressEvents(async () => await reports.get(visibility, report.id))));
    },
  );
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/reports/:id/files/:name',
      id: 'getReportFile',
      summary: 'One file, to be saved',
      permission: 'report.read',
      params: z.strictObject({ id: Id, name: FileName }),
      produces: 'application/octet-stream',
    },
    async ({ visibility, principal, params: { id, name }, reply }) => {
      const report = await reports.get(visibility, id);
      if (!visibleTo(principal, report)) throw notFound('report');
      const file = await readFileOf(database.db, visibility, id, name);
      if (!file) throw notFound('file');
      const customer = await findCustomer(database.db, visibility, report.customerId);
      reply
        .type(file.mediaType)
        // What proves something is found by its name.
        .header('content-disposition', attachmentHeader(file.name, isProof(name) ? name : customer && `${customer.name}-${file.name}`))
        .header('content-length', file.bytes)
        .header('etag', `"${file.sha256}"`)
        .header('cache-control', 'private, no-cache')
        .send(Buffer.from(file.body));
    },
  );
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/report-key',
      id: 'getReportKey',
      summary: "The public key of reports' manifests, for `xunjian report verify`",
      permission: 'report.read',
      answer: z.object({ algorithm: z.literal('ed25519'), keyId: z.string(), publicKey: z.string().describe('PEM') }),
    },
    async () => {
      const { keyId, publicKey } = await signingKey();
      return { algorithm: 'ed25519' as const, keyId, publicKey };
    },
  );
}
