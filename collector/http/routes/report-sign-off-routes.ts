import { z } from 'zod';
import { notFound } from '../../errors.ts';
import { SIGN_OFF_RECORD, SIGN_OFF_SIGNATURE } from '../../reports/sign-off-record.ts';
import { findCustomer } from '../../store/fleet-store.ts';
import { listFiles, readDocument } from '../../store/report-store.ts';
import type { AppDeps } from '../deps.ts';
import { attachmentHeader } from '../disposition.ts';
import { type Api, addEndpoint } from '../endpoint.ts';
import { FileName } from '../report-views.ts';
import { Id } from '../values.ts';
import { visibleTo } from './report-routes.ts';

export function reportSignOffRoutes(api: Api, { reports, database, signOffPages }: AppDeps): void {
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/reports/:id/sign-off/:name',
      id: 'getSignOffPage',
      summary:
        'Who signed a finished report, for whom, when and which document: `sign-off.zh.pdf` (`en`; `docx`, `html`), the record `sign-off.json` and its signature `sign-off.sig.json`. Made when it is asked for; the report and its files stay as they were signed',
      permission: 'report.read',
      params: z.strictObject({ id: Id, name: FileName }),
      produces: 'application/octet-stream',
      limit: { perMinute: 60 },
    },
    async ({ visibility, principal, params: { id, name }, now, reply }) => {
      const report = await reports.get(visibility, id);
      if (!visibleTo(principal, report)) throw notFound('report');
      const [files, json, customer] = await Promise.all([
        listFiles(database.db, id),
        readDocument(database.db, visibility, id),
        findCustomer(database.db, visibility, report.customerId),
      ]);
      const pages = await signOffPages.filesOf({ report, files, json: json ?? '{}', customer: customer?.name }, now);
      const page = pages.find((one) => one.name === name);
      if (!page) throw notFound('file');
      // What proves something is found by its name.
      const isProof = name === SIGN_OFF_RECORD || name === SIGN_OFF_SIGNATURE;
      reply
        .type(page.mediaType)
        .header('content-disposition', attachmentHeader(name, isProof ? name : customer && `${customer.name}-${name}`))
        .header('content-length', page.body.length)
        .header('cache-control', 'private, no-cache')
        .send(Buffer.from(page.body));
    },
  );
}
