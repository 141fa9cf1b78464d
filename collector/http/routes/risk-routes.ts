import { z } from 'zod';
import type { StoredRisk } from '../../store/risk-store.ts';
import { listRisks } from '../../store/risk-store.ts';
import type { AppDeps } from '../deps.ts';
import { type Api, addEndpoint } from '../endpoint.ts';
import { Id, IdParams, line, paragraphs, Time, TimeInput } from '../values.ts';

const Actor = z.object({ kind: z.enum(['agent', 'user', 'integration', 'system']), id: z.string().optional(), name: z.string().optional() });
const Risk = z.object({
  id: Id,
  clusterId: Id,
  identity: z.string().describe('of the finding'),
  check: z.string(),
  owner: z.string(),
  reason: z.string(),
  expiresAt: Time.describe('first moment at which the finding counts again'),
  createdAt: Time,
  createdBy: Actor,
  withdrawnAt: Time.optional(),
  withdrawnBy: Actor.optional(),
});
const NewRisk = z.strictObject({ identity: z.string().regex(/^[0-9a-f]{64}$/), owner: line(120), reason: paragraphs(2_000), expiresAt: TimeInput });

export function riskRoutes(api: Api, { risks, database }: AppDeps): void {
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/risks',
      id: 'listRisks',
      summary: 'Accepted risks, newest first; 1,000 at most',
      permission: 'finding.read',
      query: z.strictObject({ cluster: Id.optional(), inForce: z.stringbool().default(true) }),
      answer: z.object({ items: z.array(Risk) }),
    },
    async ({ visibility, query, now }) => ({
      items: (await listRisks(database.db, visibility, { clusterId: query.cluster, ...(query.inForce && { at: now }), limit: 1_000 })).map(view),
    }),
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/clusters/:id/risks',
      id: 'createRisk',
      summary: 'Answer for a finding until a date: it costs no points until then',
      permission: 'risk.write',
      params: IdParams,
      body: NewRisk,
      answer: Risk,
      status: 201,
    },
    async ({ caller, params, body, now }) => view(await risks.accept(caller, { clusterId: params.id, ...body }, now)),
  );
  addEndpoint(
    api,
    { method: 'DELETE', path: '/api/v1/risks/:id', id: 'withdrawRisk', summary: 'Take it back: the finding counts again', permission: 'risk.write', params: IdParams },
    async ({ caller, params, now }) => {
      await risks.withdraw(caller, params.id, now);
    },
  );
}

function view(risk: StoredRisk): z.input<typeof Risk> {
  return risk;
}
