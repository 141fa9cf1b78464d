import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { statusEvents } from '../../federation/status-feed.ts';
import type { AppDeps } from '../deps.ts';
import { type Api, addEndpoint } from '../endpoint.ts';
import { decodeCursor, encodeCursor } from '../paging.ts';

const Event = z.object({
  incidentId: z.string(),
  number: z.number().int(),
  version: z.number().int(),
  at: z.number().int().describe('milliseconds'),
  rule: z.string(),
  source: z.string(),
  scope: z.object({ kind: z.string(), node: z.string().optional(), namespace: z.string().optional(), name: z.string() }).nullable(),
  openedAt: z.number().int(),
  siteNumber: z.number().int().nullable().describe("of an incident that the site's people opened: its number there"),
  by: z.string().optional().describe('the person, as the customer knows them'),
  body: z.looseObject({ kind: z.string() }),
});
const LIMIT = 200;
const Place = z.tuple([z.number(), z.string(), z.number()]);

export function federationRoutes(api: Api, { database }: AppDeps): void {
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/federation/events',
      id: 'federationEvents',
      summary: "What the support centre did about the incidents of a site collector's cluster, oldest first",
      permission: 'federation.read',
      query: z.strictObject({ since: z.coerce.number().int().min(0), cursor: z.string().max(400).optional() }),
      answer: z.object({ items: z.array(Event), next: z.string().optional() }),
      limit: { perMinute: 600 },
    },
    async ({ principal, query }) => {
      if (principal.kind !== 'collector') throw new AppError('forbidden', "this is for sites' collectors");
      const { items, next } = await statusEvents(database.db, { clusterId: principal.clusterId, since: query.since, after: decodeCursor(query.cursor, Place), limit: LIMIT });
      return { items: items.map((item) => ({ ...item, scope: item.scope as z.input<typeof Event>['scope'] })), ...(next !== undefined && { next: encodeCursor(next) }) };
    },
  );
}
