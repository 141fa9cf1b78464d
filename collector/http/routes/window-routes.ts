import { z } from 'zod';
import { SCOPE_KINDS, type ScopeKind } from '../../../agent/wire/vocabulary.ts';
import { may } from '../../access/permissions.ts';
import { requireSeen } from '../../access/visibility.ts';
import { AppError, notFound } from '../../errors.ts';
import { listWindows, type PlannedWindow } from '../../store/window-store.ts';
import type { AppDeps } from '../deps.ts';
import { type Api, addEndpoint, personOf } from '../endpoint.ts';
import { Id, IdParams, line, Time, TimeInput, TimeQuery } from '../values.ts';

const KINDS = ['maintenance', 'change'] as const;
const ScopeInput = z.strictObject({
  kind: z.enum(Object.keys(SCOPE_KINDS) as [ScopeKind, ...ScopeKind[]]),
  node: line(253).optional(),
  namespace: line(253).optional(),
  name: line(253),
});
const NewWindow = z.strictObject({
  customerId: Id,
  clusterId: Id.nullable().default(null),
  kind: z.enum(KINDS).describe('`change`: announced to the contract; what outlasts it is an outage of level 1. `maintenance`: quiet only'),
  scope: ScopeInput.optional(),
  startsAt: TimeInput,
  endsAt: TimeInput,
  title: line(200),
  approve: z.boolean().default(false).describe("support's approval of a change that is announced late"),
});
const Window = z.object({
  id: Id,
  customerId: Id,
  clusterId: Id.nullable(),
  kind: z.enum(KINDS),
  scope: z.object({ kind: z.string(), node: z.string().optional(), namespace: z.string().optional(), name: z.string() }).optional(),
  startsAt: Time,
  endsAt: Time,
  title: z.string(),
  announcedAt: Time,
  approvedBy: z.string().optional(),
  cancelledAt: Time.optional(),
});

export function windowRoutes(api: Api, { incidents, fleet, database }: AppDeps): void {
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/windows',
      id: 'listWindows',
      summary: 'Planned changes and maintenance, soonest first',
      permission: 'window.read',
      query: z.strictObject({ since: TimeQuery.optional().describe('that had not ended by then; now unless it says otherwise') }),
      answer: z.object({ items: z.array(Window) }),
    },
    async ({ visibility, query, now }) => ({ items: (await listWindows(database.db, visibility, query.since ?? now)).map(view) }),
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/windows',
      id: 'planWindow',
      summary: 'Announce a change, or maintenance',
      permission: 'window.write',
      body: NewWindow,
      answer: Window,
      status: 201,
    },
    async ({ caller, principal, visibility, body: { approve, ...body }, now }) => {
      requireSeen(visibility, body.customerId, 'customer');
      if (body.clusterId !== null && (await fleet.cluster(visibility, body.clusterId)).customerId !== body.customerId) throw notFound('cluster');
      if (approve && !may(principal, 'incident.work')) throw new AppError('forbidden', 'support approves changes', { details: { field: 'approve' } });
      return view(await incidents.planWindow({ ...body, approvedBy: approve ? personOf(principal).userId : undefined }, caller.actor, now));
    },
  );
  addEndpoint(
    api,
    { method: 'DELETE', path: '/api/v1/windows/:id', id: 'withdrawWindow', summary: 'Call it off', permission: 'window.write', params: IdParams },
    async ({ caller: { actor, visibility }, params, now }) => await incidents.withdrawWindow(visibility, params.id, actor, now),
  );
}

function view(window: PlannedWindow): z.input<typeof Window> {
  return window;
}
