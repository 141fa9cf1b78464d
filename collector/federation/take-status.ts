/** At the site: what the support centre did becomes commands to our own incidents, each once; what cannot be any more is left. */
import { z } from 'zod';
import { type Boundary, encodeScope, RefusedError } from '../../agent/wire/encode-values.ts';
import type { Scope } from '../../agent/wire/inspection.ts';
import { NAME_KINDS } from '../../agent/wire/vocabulary.ts';
import { AppError } from '../errors.ts';
import { AWAITED, CANCEL_REASONS, CLOSURES, CONTACTS, HOLD_REASONS, RESOLUTION_CODES, SOURCES } from '../incidents/event.ts';
import type { IncidentMachine } from '../incidents/machine.ts';
import { type CommandRequest, CommandSchema } from '../incidents/requests.ts';
import type { Database } from '../store/database.ts';
import { incidentsOfRule, linkedIncident, linkIncident, siteIncidentOf } from '../store/federation-store.ts';
import type { Link } from './links.ts';
import { FROM_ABOVE } from './status-feed.ts';

const Level = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
const Body = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('acknowledged') }),
  z.object({ kind: z.literal('started') }),
  z.object({ kind: z.literal('held'), reason: z.enum(HOLD_REASONS), awaits: z.enum(AWAITED).optional() }),
  z.object({ kind: z.literal('resumed') }),
  z.object({ kind: z.literal('resolved'), code: z.enum(RESOLUTION_CODES) }),
  z.object({ kind: z.literal('reopened') }),
  z.object({ kind: z.literal('closed'), closure: z.enum(CLOSURES) }),
  z.object({ kind: z.literal('cancelled'), reason: z.enum(CANCEL_REASONS) }),
  z.object({ kind: z.literal('releveled'), to: Level }),
  z.object({ kind: z.literal('contact'), contact: z.enum(CONTACTS) }),
  z.object({ kind: z.literal('note'), text: z.string().max(8_000) }),
]);
type Body = z.infer<typeof Body>;
/** Of a support centre that may be newer than this program: what is not known is left out, and told. */
export const StatusAnswer = z.object({
  items: z
    .array(
      z.object({
        incidentId: z.string().max(64),
        number: z.number().int(),
        version: z.number().int().min(1),
        at: z.number().int(),
        rule: z.string().max(200),
        source: z.enum(SOURCES),
        scope: z.object({ kind: z.string().max(60), node: z.string().max(300).optional(), namespace: z.string().max(300).optional(), name: z.string().max(300) }).nullable(),
        openedAt: z.number(),
        siteNumber: z.number().int().nullish(),
        by: z.string().max(200).optional(),
        body: z.unknown(),
      }),
    )
    .max(1_000),
  next: z.string().max(400).optional(),
});
export type TakenEvent = z.infer<typeof StatusAnswer>['items'][number];

export type StatusOutcome = 'applied' | 'repeated' | 'unmatched' | 'impossible' | 'unknown';
type Command = CommandRequest['command'];

export interface StatusTaker {
  readonly database: Database;
  readonly incidents: Pick<IncidentMachine, 'command'>;
  readonly boundary: Boundary | undefined;
  readonly now: () => number;
}

export async function takeStatus({ database, incidents, boundary, now }: StatusTaker, { clusterId, customerId }: Link, event: TakenEvent): Promise<StatusOutcome> {
  const body = Body.safeParse(event.body);
  if (!body.success) return 'unknown';
  const incidentId = await ourIncident(database, clusterId, event, boundary, now());
  if (incidentId === undefined) return 'unmatched';
  const actor = { kind: 'integration', id: FROM_ABOVE, name: event.by !== undefined && !/\p{Cc}/u.test(event.by) ? event.by : 'support centre' } as const;
  let outcome: StatusOutcome = 'impossible';
  for (const [index, wanted] of commandsOf(body.data).entries()) {
    // The same rules as for what people type: a text that the database does not take must not come again for ever.
    const checked = CommandSchema.safeParse(wanted);
    if (!checked.success) return 'unknown';
    const command = checked.data;
    try {
      // The number of the step keeps the parts of one event apart; the whole is done once.
      await incidents.command({ incidentId, command, actor, visibility: [customerId], commandId: `${event.incidentId}:${event.version}:${index}` }, now());
      outcome = 'applied';
    } catch (error) {
      // It is further already, or something of the site stands against it: what the site knows better counts.
      if (!(error instanceof AppError) || (error.code !== 'conflict' && error.code !== 'invalid')) throw error;
    }
  }
  return outcome;
}

/** To be done one after the other, as far as our own incident allows it. */
function commandsOf(body: Body): readonly Command[] {
  switch (body.kind) {
    case 'acknowledged':
      return [{ kind: 'acknowledge' }];
    case 'started':
      return [{ kind: 'start' }];
    case 'held':
      return [{ kind: 'hold', reason: body.reason, awaits: body.awaits }];
    case 'resumed':
      return [{ kind: 'resume' }];
    case 'resolved':
      return [{ kind: 'resolve', code: body.code }];
    case 'reopened':
      return [{ kind: 'reopen' }];
    case 'closed':
      return [
        { kind: 'resolve', code: 'cleared' },
        { kind: 'close', closure: body.closure },
      ];
    case 'cancelled':
      return body.reason === 'false-positive' || body.reason === 'policy' ? [{ kind: 'cancel', reason: body.reason }] : [];
    case 'releveled':
      return [{ kind: 'relevel', to: body.to, reason: 'person' }];
    case 'contact':
      return [{ kind: 'contact', contact: body.contact }];
    case 'note':
      return [{ kind: 'note', visibility: 'customer', text: body.text }];
    default:
      return body satisfies never;
  }
}

/** The same trouble has the same rule and scope on both sides, in the names that left. */
async function ourIncident(
  database: Database,
  clusterId: string,
  { incidentId, number, siteNumber, rule, source, scope, at }: TakenEvent,
  boundary: Boundary | undefined,
  now: number,
): Promise<string | undefined> {
  const linked = await linkedIncident(database.db, clusterId, incidentId);
  if (linked !== undefined) return linked;
  if (typeof siteNumber === 'number') {
    const own = await siteIncidentOf(database.db, clusterId, siteNumber);
    if (own !== undefined) await linkIncident(database.db, { clusterId, upstreamId: incidentId, number, incidentId: own, at: now });
    return own;
  }
  const wanted = scope === null ? null : keyOf(scope);
  const found = (await incidentsOfRule(database.db, clusterId, { rule, source, openedBefore: at + CLOCKS_MS })).find((one) => matches(one.scope, wanted, boundary));
  if (found) await linkIncident(database.db, { clusterId, upstreamId: incidentId, number, incidentId: found.id, at: now });
  return found?.id;
}
/** Clocks of two collectors. */
const CLOCKS_MS = 300_000;

function matches(own: string | null, wanted: string | null, boundary: Boundary | undefined): boolean {
  if (own === null || wanted === null) return own === wanted;
  const scope = JSON.parse(own) as Scope;
  if (keyOf(scope) === wanted) return true;
  if (!boundary) return false;
  try {
    return keyOf(encodeScope(scope, { ...boundary, kept: new Set(NAME_KINDS) }) as unknown as Scope) === wanted;
  } catch (error) {
    if (error instanceof RefusedError) return false;
    throw error;
  }
}
function keyOf({
  kind,
  node,
  namespace,
  name,
}: {
  readonly kind: string;
  readonly node?: string | undefined;
  readonly namespace?: string | undefined;
  readonly name: string;
}): string {
  return JSON.stringify([kind, node ?? null, namespace ?? null, name]);
}
