import type { Readable } from 'node:stream';
import { z } from 'zod';
import { RECEIPT_STATES } from '../../../agent/wire/envelope.ts';
import { REQUEST_KINDS } from '../../../agent/wire/request.ts';
import { AppError } from '../../errors.ts';
import type { AppDeps } from '../deps.ts';
import { type Api, addEndpoint } from '../endpoint.ts';

const Receipt = z.object({ id: z.string(), sha256: z.string(), status: z.enum(RECEIPT_STATES), reason: z.enum(['malformed', 'digest', 'contract', 'too-large']).optional() });
const Request = z.object({ id: z.number().int(), kind: z.enum(REQUEST_KINDS), validSeconds: z.number().int() });
const Taken = z.object({
  opened: z.number().int(),
  changed: z.number().int(),
  repeated: z.number().int(),
  late: z.number().int(),
  ignored: z.number().int(),
  skipped: z.number().int(),
  truncated: z.number().int(),
});
/** An agent sends a batch a minute; one that catches up after an outage sends many. */
const AGENTS_PER_MINUTE = 60_000;

export function ingestRoutes(api: Api, { ingest, incidents }: AppDeps): void {
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/ingest',
      id: 'ingest',
      summary: 'Payloads of agents: one envelope a line, gzip; answered when they are durable',
      permission: 'ingest.write',
      consumes: 'application/x-ndjson',
      answer: z.object({ receipts: z.array(Receipt), requests: z.array(Request).describe('what the agent is asked; it does so when its site allows it') }),
      limit: { perMinute: AGENTS_PER_MINUTE },
    },
    async ({ principal, request: { headers, body } }) => {
      if (principal.kind !== 'agent' && principal.kind !== 'collector') throw new AppError('forbidden', 'this is for agents');
      const { clusterId, customerId } = principal;
      const length = headers['content-length'];
      const answer = await ingest.ingest({
        cluster: { clusterId, customerId },
        body: body as Readable,
        contentType: headers['content-type'],
        contentEncoding: headers['content-encoding'],
        contentLength: length === undefined ? undefined : Number(length),
        way: principal.kind === 'collector' ? { kind: 'relayed' } : undefined,
      });
      return { receipts: [...answer.receipts], requests: [...(answer.requests ?? [])] };
    },
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/alerts/alertmanager',
      id: 'receiveAlerts',
      summary: "Alertmanager's webhook, version 4, with an integration's token",
      permission: 'alerts.write',
      // A foreign format may grow; what is read of it is checked in the domain.
      body: z.looseObject({}),
      bodyLimitBytes: 8 * 1024 * 1024,
      answer: Taken,
    },
    async ({ principal, body, now }) => {
      if (principal.kind !== 'integration') throw new AppError('forbidden', 'this is for integrations');
      const { clusterId, customerId, credential } = principal;
      return await incidents.receiveAlerts({ clusterId, customerId, integration: credential }, body, now);
    },
  );
}
