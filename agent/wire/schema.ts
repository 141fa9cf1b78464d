/** The zod schema of a payload, from the same registry: what the collector accepts and what tests hold the encoder against. */
import { z } from 'zod';
import { CHECK_IDS } from './check-ids.ts';
import { MOST_FINDINGS } from './encode.ts';
import type { Sender } from './encode-values.ts';
import type { Field, Fields } from './fields.ts';
import { SCHEMA_VERSION } from './inspection.ts';
import { HOLDS, LEAVING } from './leaves.ts';
import { PSEUDONYM } from './pseudonym.ts';
import { SECTIONS } from './registry.ts';
import { registryWords } from './registry-words.ts';
import { REFUSALS, REQUEST_STATES, TAKES } from './request.ts';
import type { SectionDefinition } from './section.ts';
import { HOST_ROLES } from './sections/host/system-roles.ts';
import { SETTING_KEYS } from './sections/middleware/inventory.ts';
import { settingParts } from './setting-scope.ts';
import { DROP_REASONS, type Heartbeat, MOST_SIGNALS, SIGNAL_STATES, type SignalBatch } from './signal.ts';
import { KNOWN_ALERTS, MOST_SITE_INCIDENTS, SITE_INCIDENT_KINDS, SITE_SOURCES, SITE_STATES } from './site-incident.ts';
import { isVersion } from './version.ts';
import { AGENT_ROLES, AREAS, DOMAINS, GROUPS, NAME_KINDS, type NameKind, REASONS, SCOPE_KINDS, type ScopeKind, SEVERITIES, UNITS, VERDICTS } from './vocabulary.ts';
import { isWellKnown } from './well-known.ts';

const versionText = z.string().refine(isVersion, 'not in the grammar of versions');
const whole = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/**
 * Strict at every level: an unknown field refuses the payload.
 * @param clearNames kinds that the site declared clear; all others must be well known or pseudonyms
 */
export function payloadSchema(clearNames: readonly NameKind[] = []): z.ZodType {
  const clear = new Set(clearNames);
  const { sender, finding } = partsOf(clear);
  const sections = Object.fromEntries(Object.values(SECTIONS).map((definition: SectionDefinition) => [definition.id, rowSchema(definition.fields, clear).optional()]));
  return z.strictObject({
    schema: z.literal(SCHEMA_VERSION),
    agent: sender,
    takenAt: whole,
    clearNames: clearKinds,
    sections: z.strictObject(sections),
    gatherers: z
      .array(
        z.strictObject({
          section: z.enum(Object.keys(SECTIONS) as [string, ...string[]]),
          domain: z.enum(DOMAINS),
          status: z.enum(['ok', 'absent', 'failed']),
          reason: z.enum(REASONS).optional(),
          durationMs: whole,
          dropped: whole,
        }),
      )
      .max(500),
    verdicts: z
      .array(
        z.strictObject({
          check: z.enum(CHECK_IDS),
          area: z.enum(AREAS),
          verdict: z.enum(VERDICTS),
          severity: z.enum(SEVERITIES),
          reason: z.enum(REASONS).optional(),
          missing: z
            .array(z.enum(Object.keys(SECTIONS) as [string, ...string[]]))
            .max(50)
            .optional(),
          atLeast: z.literal(true).optional(),
        }),
      )
      .max(2_000),
    findings: z.array(z.strictObject({ ...finding, askedBy: z.array(z.enum(HOST_ROLES)).max(HOST_ROLES.length).optional() })).max(MOST_FINDINGS),
    findingsCut: whole,
  });
}

/** Signals and heartbeats: {@link sealSignals} and {@link sealHeartbeat} write what these read. */
export function signalsSchema(clearNames: readonly NameKind[] = []): z.ZodType<WireSignals> {
  const { sender, finding, scope } = partsOf(new Set(clearNames));
  const signal = z.strictObject({
    ...finding,
    state: z.enum(SIGNAL_STATES),
    since: whole,
    at: whole,
    flapping: z.boolean(),
    maintenance: z.boolean(),
    parent: z.strictObject({ check: z.enum(CHECK_IDS), scope }).optional(),
  });
  const incident = z.strictObject({
    number: whole,
    source: z.enum(SITE_SOURCES),
    kind: z.enum(SITE_INCIDENT_KINDS),
    severity: z.enum(SEVERITIES),
    level: z.number().int().min(1).max(5),
    state: z.enum(SITE_STATES),
    rule: z.enum(KNOWN_ALERTS as readonly [string, ...string[]]).optional(),
    scope: scope.optional(),
    openedAt: whole,
    at: whole,
  });
  return z.strictObject({
    schema: z.literal(SCHEMA_VERSION),
    agent: sender,
    at: whole,
    clearNames: clearKinds,
    complete: z.boolean(),
    signals: z.array(signal).max(MOST_SIGNALS),
    incidents: z.array(incident).max(MOST_SITE_INCIDENTS).optional(),
  });
}
export function heartbeatSchema(clearNames: readonly NameKind[] = []): z.ZodType<WireHeartbeat> {
  const { sender } = partsOf(new Set(clearNames));
  return z.strictObject({
    schema: z.literal(SCHEMA_VERSION),
    agent: sender,
    at: whole,
    clearNames: clearKinds,
    intervalSeconds: whole.max(86_400),
    uptimeSeconds: whole,
    lastInspectionAt: whole.optional(),
    outbox: z.strictObject({ items: whole, bytes: whole, oldestAgeSeconds: whole, dropped: z.partialRecord(z.enum(DROP_REASONS), whole) }),
    activeSignals: whole,
    takes: z.enum(TAKES).optional(),
    request: z.strictObject({ id: whole, state: z.enum(REQUEST_STATES), refusal: z.enum(REFUSALS).optional() }).optional(),
    leaves: z.strictObject({ level: z.enum(LEAVING), hold: z.enum(HOLDS), optOut: z.array(z.enum(GROUPS)).max(GROUPS.length) }).optional(),
  });
}
/** What a reader of the wire gets, names as they travelled. */
export interface WireSignals extends SignalBatch {
  readonly schema: number;
  readonly agent: Sender;
  readonly clearNames: readonly NameKind[];
}
export interface WireHeartbeat extends Heartbeat {
  readonly schema: number;
  readonly agent: Sender;
  readonly clearNames: readonly NameKind[];
}

const clearKinds = z.array(z.enum(NAME_KINDS)).max(NAME_KINDS.length);

/** What every kind of payload is made of. */
function partsOf(clear: ReadonlySet<NameKind>) {
  const scope = z
    .strictObject({
      kind: z.enum(Object.keys(SCOPE_KINDS) as [ScopeKind, ...ScopeKind[]]),
      name: z.string().max(253),
      node: nameSchema('node', clear).optional(),
      namespace: nameSchema('namespace', clear).optional(),
    })
    .refine(({ kind, name }) => isNameOf(kind, name, clear), 'not a name of this kind');
  const observed = z.union([z.number(), z.boolean(), z.string().refine((word) => registryWords().has(word) || isVersion(word), 'not a registered word')]).optional();
  return {
    scope,
    sender: z.strictObject({
      role: z.enum(AGENT_ROLES),
      version: versionText.or(z.literal('0')),
      epoch: whole,
      pack: versionText.or(z.literal('0')).optional(),
      node: nameSchema('node', clear).optional(),
    }),
    finding: { check: z.enum(CHECK_IDS), area: z.enum(AREAS), severity: z.enum(SEVERITIES), unit: z.enum(UNITS), scope, observed, threshold: observed },
  };
}

function isNameOf(kind: ScopeKind, name: string, clear: ReadonlySet<NameKind>): boolean {
  const setting = kind === 'Setting' ? settingParts(name) : undefined;
  if (kind === 'Setting' && !(setting && SETTING_KEYS.includes(setting.key))) return false;
  if (setting?.member !== undefined && !nameSchema('member', clear).safeParse(setting.member).success) return false;
  return nameSchema(SCOPE_KINDS[kind], clear).safeParse(setting?.instance ?? name).success;
}

function rowSchema(fields: Fields, clear: ReadonlySet<NameKind>): z.ZodType {
  return z.strictObject(
    Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, 'optional' in field ? fieldSchema(field, clear).optional() : fieldSchema(field, clear)])),
  );
}

function fieldSchema(field: Field, clear: ReadonlySet<NameKind>): z.ZodType {
  switch (field.type) {
    case 'gauge':
      return z.number().min(field.min).max(field.max);
    case 'counter':
    case 'timestamp':
      return whole;
    case 'bool':
      return z.boolean();
    case 'enum':
      return z.enum(field.values as readonly [string, ...string[]]);
    case 'enum-set':
      return z.array(z.enum(field.values as readonly [string, ...string[]])).max(field.values.length);
    case 'version':
      return versionText;
    case 'name':
      return nameSchema(field.kind, clear);
    case 'list':
      return z.array(rowSchema(field.row, clear)).max(field.cap);
    case 'map':
      return z.partialRecord(z.enum(field.keys as readonly [string, ...string[]]), z.number().min(field.min).max(field.max));
    default:
      return field satisfies never;
  }
}

function nameSchema(kind: NameKind, clear: ReadonlySet<NameKind>): z.ZodType<string> {
  return z
    .string()
    .max(253)
    .refine((name) => (PSEUDONYM.test(name) && name.startsWith(`${kind}~`)) || isWellKnown(kind, name) || clear.has(kind), `neither a pseudonym nor a well-known ${kind}`);
}
