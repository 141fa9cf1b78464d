import { z } from 'zod';
import { requireSeen } from '../../access/visibility.ts';
import { notFound } from '../../errors.ts';
import { CLOCKS } from '../../support/clock.ts';
import { explainClock, simulate } from '../../support/questions.ts';
import { termsOf } from '../../support/terms.ts';
import { Zone } from '../../support/zone.ts';
import type { AppDeps } from '../deps.ts';
import { type Api, addEndpoint } from '../endpoint.ts';
import { Clock, clockView, Segment } from '../incident-views.ts';
import { Id, Time, TimeInput } from '../values.ts';

const Text = z.object({ zh: z.string(), en: z.string() });
const PolicyLine = z.object({ id: z.string(), version: z.number().int(), name: Text, document: z.string(), tiers: z.array(z.object({ id: z.string(), name: Text })) });
const PolicyId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const Terms = {
  policyId: PolicyId,
  tier: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  version: z.number().int().min(1).max(9_999).optional(),
  zone: Zone.default('Asia/Shanghai'),
};
const Explain = z.strictObject({
  ...Terms,
  level: z.number().int().min(1).max(5),
  clock: z.enum(CLOCKS).default('respond'),
  at: TimeInput,
  pauses: z
    .array(z.strictObject({ from: TimeInput, to: TimeInput }))
    .max(100)
    .default([]),
});
const Explained = z.object({ ref: z.string(), due: Time.nullable().describe('null: the contract sets no time'), provisional: z.boolean(), segments: z.array(Segment) });
const Simulate = z.strictObject({ ...Terms, customerId: Id, from: TimeInput, to: TimeInput });
const Simulated = z.object({
  ref: z.string(),
  totals: z.record(z.string(), z.number().int()).describe('clocks by state'),
  reallyTotals: z.record(z.string(), z.number().int()).describe('the same of what really happened'),
  incidents: z.array(z.object({ id: Id, number: z.number().int(), clocks: z.array(Clock), really: z.array(Clock).describe('under the terms that it had') })),
  truncated: z.boolean(),
});

export function policyRoutes(api: Api, { policies, incidents, database, rules }: AppDeps): void {
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/policies',
      id: 'listPolicies',
      summary: 'Support policies, every version',
      permission: 'policy.read',
      answer: z.object({ items: z.array(PolicyLine) }),
    },
    async () => ({
      items: policies.all.map(({ id, version, name, source, tiers }) => ({
        id,
        version,
        name,
        document: source.document,
        tiers: Object.entries(tiers).map(([tier, { name: text }]) => ({ id: tier, name: text })),
      })),
    }),
  );
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/policies/:id',
      id: 'getPolicy',
      summary: 'A policy as its file says it',
      permission: 'policy.read',
      params: z.strictObject({ id: PolicyId }),
      query: z.strictObject({ version: z.coerce.number().int().min(1).max(9_999).optional() }),
      answer: z.record(z.string(), z.unknown()),
    },
    async ({ params, query }) => {
      const policy = policies.find(params.id, query.version);
      if (!policy) throw notFound('policy');
      return { ...policy };
    },
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/policies/explain',
      id: 'explainPolicy',
      summary: 'When a clock would be due, with the arithmetic',
      permission: 'policy.read',
      body: Explain,
      answer: Explained,
    },
    async ({ body }) => {
      const terms = termsOf(policies, body);
      const { segments, ...rest } = explainClock(terms, body);
      return { ref: terms.ref, ...rest, segments: [...segments] };
    },
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/policies/simulate',
      id: 'simulatePolicy',
      summary: "A customer's past incidents under another policy; 200 at most",
      permission: 'policy.simulate',
      body: Simulate,
      answer: Simulated,
      limit: { perMinute: 20 },
    },
    async ({ visibility, body: { customerId, from, to, ...request }, now }) => {
      requireSeen(visibility, customerId, 'customer');
      const terms = termsOf(policies, request);
      const page = await incidents.list(visibility, { customerId, openedFrom: from, openedBefore: to }, { now, limit: 200 });
      const { totals, reallyTotals, results } = await simulate(terms, database.db, page.items, now, async (one) => (await rules.termsFor(database.db, one)).terms);
      const shown = results.map(({ clocks, really, ...one }) => ({ ...one, clocks: clocks.map(clockView), really: really.map(clockView) }));
      return { ref: terms.ref, totals, reallyTotals, incidents: shown, truncated: page.next !== undefined };
    },
  );
}
