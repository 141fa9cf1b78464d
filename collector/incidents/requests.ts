/** Incidents that people and other systems open, and what they do to any incident. */
import { z } from 'zod';
import { SCOPE_KINDS, type ScopeKind, SEVERITIES } from '../../agent/wire/vocabulary.ts';
import { sees, type Visibility } from '../access/visibility.ts';
import { AppError, notFound } from '../errors.ts';
import { appendAudit } from '../store/audit-store.ts';
import type { Db } from '../store/database.ts';
import { activeHeads, childrenOf, loadIncident, lockSubject } from '../store/incident-store.ts';
import { decide, LONGEST_NOTE } from './decide.ts';
import { type Actor, AWAITED, CANCEL_REASONS, CLOSURES, CONTACTS, HOLD_REASONS, type Level, RESOLUTION_CODES } from './event.ts';
import { foreignKey } from './identity.ts';
import { append, hasEnded, open, rulesOf } from './ledger.ts';
import type { Desk, IncidentFile, SupportRules } from './rules.ts';
import { releaseChildren } from './signals.ts';

const LevelSchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
/** One line that people typed; NUL, which PostgreSQL does not take, is a control character too. */
const Line = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'one line of text');
const Paragraphs = z
  .string()
  .max(LONGEST_NOTE)
  .regex(/^(?:[^\p{Cc}]|[\n\r\t])*$/u, 'text');
const Name = z
  .string()
  .max(253)
  .regex(/^[^\p{Cc}]*$/u, 'a name');
const ScopeSchema = z.strictObject({
  kind: z.enum(Object.keys(SCOPE_KINDS) as [ScopeKind, ...ScopeKind[]]),
  node: Name.optional(),
  namespace: Name.optional(),
  name: Name.min(1),
});

/** What a person or another system says to open an incident. */
export const OpenRequest = z.strictObject({
  customerId: z.string().max(64),
  clusterId: z.string().max(64).nullable().default(null),
  kind: z.enum(['incident', 'problem']).default('incident'),
  severity: z.enum(SEVERITIES).default('warning'),
  /** Chosen by a person, by the contract's definitions; otherwise the policy chooses it by severity. */
  level: LevelSchema.optional(),
  title: Line,
  description: Paragraphs.trim().optional(),
  scope: ScopeSchema.optional(),
  /** The other system's own id: opened again while active, it is the same incident. */
  externalId: Line.optional(),
});
export type OpenRequest = z.infer<typeof OpenRequest>;

/** What may be done to an incident, as the API takes it. */
export const CommandSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('acknowledge') }),
  z.strictObject({ kind: z.literal('start') }),
  z.strictObject({ kind: z.literal('assign'), to: z.string().min(1).max(64), name: Line }),
  z.strictObject({ kind: z.literal('hold'), reason: z.enum(HOLD_REASONS), awaits: z.enum(AWAITED).optional() }),
  z.strictObject({ kind: z.literal('resume') }),
  z.strictObject({ kind: z.literal('resolve'), code: z.enum(RESOLUTION_CODES) }),
  z.strictObject({ kind: z.literal('reopen') }),
  z.strictObject({ kind: z.literal('close'), closure: z.enum(CLOSURES) }),
  z.strictObject({ kind: z.literal('cancel'), reason: z.enum(CANCEL_REASONS).exclude(['member-of-group']), of: z.string().max(64).optional() }),
  z.strictObject({ kind: z.literal('relevel'), to: LevelSchema, reason: z.enum(['person', 'no-access', 'customer-impact']) }),
  z.strictObject({ kind: z.literal('unsuppress') }),
  z.strictObject({ kind: z.literal('note'), visibility: z.enum(['internal', 'customer']), text: Paragraphs.min(1) }),
  z.strictObject({ kind: z.literal('contact'), contact: z.enum(CONTACTS) }),
]);

/** @returns the incident, and whether it is new: the same external id twice is one incident */
export async function openRequest(desk: Desk, db: Db, request: OpenRequest, actor: Actor, now: number): Promise<{ readonly file: IncidentFile; readonly isNew: boolean }> {
  const { customerId, clusterId, kind, severity, title, description, scope, externalId } = request;
  await lockSubject(db, desk.engine, clusterId ?? customerId);
  const id = desk.newId();
  const dedupKey = foreignKey(customerId, clusterId, externalId === undefined ? 'own' : `external ${actor.kind} ${actor.id ?? ''}`, externalId ?? id);
  const known = await activeFile(db, dedupKey);
  if (known) return { file: known, isNew: false };
  const terms = await desk.rulesFor(db, { customerId, clusterId });
  const source = actor.kind === 'user' ? 'person' : 'api';
  if (request.level !== undefined) requireLevel(terms.rules, request.level);
  const level: Level = request.level ?? terms.rules.levelFor({ source, kind, severity, rule: source });
  const file = await open(
    ...([desk, db, { id, customerId, clusterId, dedupKey, groupKey: null }] as const),
    [{ kind: 'opened', source, incidentKind: kind, severity, level, rule: source, scope, title, description }],
    terms,
    { now, actor },
  );
  if (!file) {
    const other = await activeFile(db, dedupKey);
    if (other) return { file: other, isNew: false };
    throw new AppError('conflict', 'an incident of this external id is being opened: try again');
  }
  await appendAudit(db, desk.engine, { at: now, actor, customerId, action: 'incident.open', object: file.filing.id, details: { level, severity } });
  return { file, isNew: true };
}

/** On a level that the contract does not know no clock would run. */
function requireLevel({ levels, ref }: SupportRules, level: Level): void {
  if (levels === undefined || levels.includes(level)) return;
  const known = levels.join(', ');
  throw new AppError('invalid', `${ref} has no level ${level}; it has ${known}`, {
    details: { field: 'level', levels },
    text: { zh: `合同没有级别 ${level}（可选 ${known}）`, en: `the contract has no level ${level}; it has ${known}` },
  });
}

async function activeFile(db: Db, key: string): Promise<IncidentFile | undefined> {
  const head = (await activeHeads(db, [key])).get(key);
  return head && (await loadIncident(db, head.filing.id));
}

export interface CommandRequest {
  readonly incidentId: string;
  readonly command: z.infer<typeof CommandSchema>;
  readonly actor: Actor;
  readonly visibility: Visibility;
  /** Version that the person saw; a change since then is a conflict. */
  readonly expectedVersion?: number | undefined;
  /** Chosen by the caller: the same command again changes nothing. */
  readonly commandId?: string | undefined;
}

/**
 * Runs in the caller's transaction.
 * @throws AppError `not-found`, `conflict` with `allowed` and `version`, `invalid`
 */
export async function command(desk: Desk, db: Db, request: CommandRequest, now: number): Promise<IncidentFile> {
  const { incidentId, command: wanted, actor, visibility, expectedVersion, commandId } = request;
  const seen = await loadIncident(db, incidentId);
  if (!seen || !sees(visibility, seen.filing.customerId)) throw notFound('incident');
  await lockSubject(db, desk.engine, seen.filing.clusterId ?? seen.filing.customerId);
  const file = (await loadIncident(db, incidentId)) ?? seen;
  const { filing, incident } = file;
  if (commandId !== undefined && file.events.some((event) => event.commandId === commandId)) return file;
  if (expectedVersion !== undefined && expectedVersion !== incident.version) {
    throw new AppError('conflict', 'the incident was changed meanwhile: read it again', { details: { version: incident.version, expectedVersion } });
  }
  const rules = await rulesOf(desk, db, file);
  const bodies = decide(incident, wanted, now, rules);
  if (wanted.kind === 'relevel') requireLevel(rules, wanted.to);
  if (wanted.kind === 'close') await refuseWithChildren(db, filing.id);
  if (wanted.kind === 'cancel' && wanted.of !== undefined) {
    const original = await loadIncident(db, wanted.of);
    if (!original || original.filing.customerId !== filing.customerId) throw notFound('incident that this one duplicates');
  }
  const after = await append(desk, db, file, bodies, { now, actor, commandId });
  // Texts stand in the incident; the audit log says who did what.
  const details = wanted.kind === 'note' ? { visibility: wanted.visibility } : { ...wanted };
  await appendAudit(db, desk.engine, {
    at: now,
    actor,
    customerId: filing.customerId,
    action: `incident.${wanted.kind}`,
    object: filing.id,
    details: { ...details, version: after.incident.version },
  });
  if (hasEnded(after.incident)) await releaseChildren(desk, db, after, now);
  return after;
}

async function refuseWithChildren(db: Db, id: string): Promise<void> {
  const children = await childrenOf(db, id, 'unfinished');
  if (children.length > 0) throw new AppError('conflict', `${children.length} incidents behind this one are not finished`, { details: { children: children.slice(0, 20) } });
}
