import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { countRecords, RECORD_KINDS, RecordSet } from '../../records/record-set.ts';
import { listRecords } from '../../store/record-store.ts';
import type { AppDeps } from '../deps.ts';
import { type Api, addEndpoint } from '../endpoint.ts';
import { decodeCursor, PageQuery, pageOf, toPage } from '../paging.ts';
import { Id, IdParams, Time } from '../values.ts';

const Kind = z.enum(RECORD_KINDS);
const Input = z.strictObject({
  customerId: Id,
  clusterId: Id.nullable().default(null).describe('null: for reports about any cluster of the customer'),
  records: RecordSet.describe("times are days of the report's zone, or moments with their offset"),
});
const StoredRecord = z.object({
  id: Id,
  customerId: Id,
  clusterId: Id.nullable(),
  kind: Kind,
  key: z.string().describe('a record of the same kind and key stands in place of it'),
  body: z.unknown(),
  updatedAt: Time,
  updatedBy: z.object({ kind: z.string(), id: z.string().optional(), name: z.string().optional() }),
});

/** Demands, changes, backups, problems, plans, reviews, prices, revisions and authored parts: what no agent can gather. */
export function recordRoutes(api: Api, { records, database }: AppDeps): void {
  addEndpoint(
    api,
    {
      method: 'PUT',
      path: '/api/v1/report-records',
      id: 'saveReportRecords',
      summary: 'Demands, changes, backups, problems, plans, reviews of incidents, prices, revisions and authored Markdown for reports; all or none',
      permission: 'report-record.write',
      body: Input,
      bodyLimitBytes: 8 * 1024 * 1024,
      answer: z.object({ saved: z.number().int() }),
      limit: { perMinute: 60 },
    },
    async ({ caller, body: { records: set, ...subject }, now }) => {
      if (countRecords(set) === 0) throw new AppError('invalid', 'there is no record', { details: { field: 'records' } });
      return { saved: await records.save(caller, subject, set, now) };
    },
  );
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/report-records',
      id: 'listReportRecords',
      summary: 'What was supplied for reports',
      permission: 'report-record.read',
      query: z.strictObject({ ...PageQuery, customer: Id.optional(), cluster: Id.optional(), kind: Kind.optional() }),
      answer: pageOf(StoredRecord),
    },
    async ({ visibility, query: { customer, cluster, kind, cursor, limit } }) => {
      const after = decodeCursor(cursor, z.tuple([z.string()]))?.[0];
      const found = await listRecords(database.db, visibility, { customerId: customer, clusterId: cluster, kind, after, limit: limit + 1 });
      return toPage(
        found,
        limit,
        ({ updatedBy, ...record }) => ({ ...record, updatedBy: { kind: updatedBy.kind, id: updatedBy.id, name: updatedBy.name } }),
        ({ id }) => [id],
      );
    },
  );
  addEndpoint(
    api,
    {
      method: 'DELETE',
      path: '/api/v1/report-records/:id',
      id: 'removeReportRecord',
      summary: 'Take one away; reports that were made with it stay as they are',
      permission: 'report-record.write',
      params: IdParams,
    },
    async ({ caller, params, now }) => await records.remove(caller, params.id, now),
  );
}
