import type { Readable } from 'node:stream';
import { z } from 'zod';
import { AdvisoryError } from '../../advisories/advisory.ts';
import { readFeed } from '../../advisories/read-feed.ts';
import { AppError } from '../../errors.ts';
import { advisoryFeeds } from '../../store/advisory-store.ts';
import type { AppDeps } from '../deps.ts';
import { type Api, addEndpoint } from '../endpoint.ts';
import { Time } from '../values.ts';

/** Published defects of operating systems, for the report on their support. They belong to no customer. */
export function advisoryRoutes(api: Api, { advisories, database }: AppDeps): void {
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/advisories',
      id: 'importAdvisories',
      summary: 'A CSAF 2.0 document, or an updateinfo.xml, plain or gzip; the same again changes nothing',
      permission: 'advisory.write',
      consumes: 'application/octet-stream',
      answer: z.object({ imported: z.number().int() }),
      limit: { perMinute: 600 },
    },
    async ({ caller, request, now }) => {
      try {
        return { imported: await advisories.import(caller, readFeed(request.body as Readable), 'API', now) };
      } catch (error) {
        if (error instanceof AdvisoryError) throw new AppError('invalid', `the file ${error.message}`);
        throw error;
      }
    },
  );
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/advisories',
      id: 'listAdvisoryFeeds',
      summary: 'How many advisories there are, and how new they are',
      permission: 'advisory.read',
      answer: z.object({ feeds: z.array(z.object({ source: z.string(), count: z.number().int(), newestAt: Time, importedAt: Time })) }),
    },
    async () => ({ feeds: [...(await advisoryFeeds(database.db))] }),
  );
}
