/**
 * The values that every payload is built of: names turn into pseudonyms here and nowhere else, words must be registered,
 * numbers finite; and the brand that marks bytes which may leave.
 */
import { createHash } from 'node:crypto';
import { CHECK_IDS } from './check-ids.ts';
import { LONGEST_NAME } from './conform.ts';
import type { Field, NameField } from './fields.ts';
import { guardHit } from './guard.ts';
import type { Finding, Observed, Scope } from './inspection.ts';
import type { Pseudonyms } from './pseudonym.ts';
import { SECTIONS } from './registry.ts';
import type { SectionDefinition } from './section.ts';
import { DROP_REASONS, SIGNAL_STATES } from './signal.ts';
import { isVersion, toVersion } from './version.ts';
import { AREAS, DOMAINS, NAME_KINDS, type NameKind, REASONS, SCOPE_KINDS, SEVERITIES, UNITS, VERDICTS } from './vocabulary.ts';
import { isWellKnown } from './well-known.ts';

declare const sealed: unique symbol;
/** Bytes that may leave. Only {@link seal} makes one. */
export interface SealedPayload {
  readonly [sealed]: true;
  /** Canonical JSON: keys sorted, no white space. */
  readonly json: string;
  /** SHA-256 of `json`, hexadecimal. */
  readonly sha256: string;
}

export interface Boundary {
  readonly pseudonyms: Pseudonyms;
  /** Kinds whose names travel clear; empty by default. */
  readonly clearNames: ReadonlySet<NameKind>;
}

/** A payload was refused; nothing was built. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly path: string;
  /** @param path where the contract was broken, never the value */
  constructor(path: string) {
    super(`refused to send: ${path} is outside the contract`);
    this.path = path;
  }
}

/** Roles that a payload can come from. */
export const AGENT_ROLES = ['node', 'cluster', 'host', 'inspect'] as const;
export type AgentRole = (typeof AGENT_ROLES)[number];

/** Who sends. */
export interface Sender {
  readonly role: AgentRole;
  readonly version: string;
  /** Fencing epoch: the Lease's transitions, 0 outside a cluster. */
  readonly epoch: number;
  /** Name of the machine that a node or host agent looks at; a cluster agent has none. */
  readonly node?: string | undefined;
}

/** Canonical JSON with its digest; the one place that brands. Not exported beyond `encode*.ts`. @throws RefusedError when the guard finds a text that nobody knows */
export function brand(payload: Record<string, unknown>, { pseudonyms, clearNames }: Boundary): SealedPayload {
  const json = canonical(payload);
  const hit = guardHit(json, { words: guardWords(), keys: guardKeys(), pseudonyms, clearNames });
  if (hit !== undefined) throw new RefusedError(`guard: ${hit}`);
  const made: Omit<SealedPayload, typeof sealed> = { json, sha256: createHash('sha256').update(json).digest('hex') };
  return made as SealedPayload;
}

export function encodeSender({ role, version, epoch, node }: Sender, boundary: Boundary): Record<string, unknown> {
  return {
    role: member(AGENT_ROLES, role, 'agent.role'),
    version: toVersion(version) ?? '0',
    epoch: whole(epoch, 'agent.epoch'),
    ...(node !== undefined && { node: encodeName('node', node, 'agent.node', boundary) }),
  };
}

export function encodeName(kind: NameField['kind'], value: unknown, path: string, { pseudonyms, clearNames }: Boundary): string {
  if (typeof value !== 'string' || value.length > LONGEST_NAME) throw new RefusedError(path);
  if (isWellKnown(kind, value)) return value;
  if (clearNames.has(kind) && isPrintable(value)) return value;
  return pseudonyms.of(kind, value);
}

export function encodeFinding(finding: Finding, boundary: Boundary): Record<string, unknown> {
  const observed = encodeObserved(finding.observed);
  const threshold = encodeObserved(finding.threshold);
  return {
    check: member(CHECK_IDS, finding.check, 'findings.check'),
    area: member(AREAS, finding.area, 'findings.area'),
    severity: member(SEVERITIES, finding.severity, 'findings.severity'),
    unit: member(UNITS, finding.unit, 'findings.unit'),
    scope: encodeScope(finding.scope, boundary),
    ...(observed !== undefined && { observed }),
    ...(threshold !== undefined && { threshold }),
  };
}

export function encodeScope({ kind, node, namespace, name }: Scope, boundary: Boundary): Record<string, unknown> {
  if (!Object.hasOwn(SCOPE_KINDS, kind)) throw new RefusedError('findings.scope.kind');
  return {
    kind,
    name: encodeName(SCOPE_KINDS[kind], name, 'findings.scope.name', boundary),
    ...(node !== undefined && { node: encodeName('node', node, 'findings.scope.node', boundary) }),
    ...(namespace !== undefined && { namespace: encodeName('namespace', namespace, 'findings.scope.namespace', boundary) }),
  };
}

/** A number, a truth value, a version, or a word that some enum of the registry has; anything else stays at the site. */
export function encodeObserved(observed: Observed | undefined): Observed | undefined {
  if (typeof observed === 'boolean') return observed;
  if (typeof observed === 'number') return Number.isFinite(observed) ? observed : undefined;
  if (observed === undefined) return undefined;
  return registryWords().has(observed) || isVersion(observed) ? observed : undefined;
}

let words: ReadonlySet<string> | undefined;
/** All members of all enums in the registry: the only words that may stand as an observed value. */
export function registryWords(): ReadonlySet<string> {
  words ??= new Set(Object.values(SECTIONS).flatMap((section: SectionDefinition) => Object.values(section.fields).flatMap(wordsOf)));
  return words;
}
/** Words that stand around the sections. */
const AROUND: readonly (readonly string[])[] = [
  AGENT_ROLES,
  AREAS,
  DOMAINS,
  DROP_REASONS,
  Object.keys(SCOPE_KINDS),
  NAME_KINDS,
  REASONS,
  SEVERITIES,
  SIGNAL_STATES,
  UNITS,
  VERDICTS,
  ['ok', 'absent', 'failed'],
];
/** Names of what stands around the sections. */
const ENVELOPE_KEYS = [
  ...['schema', 'agent', 'role', 'version', 'epoch', 'node', 'takenAt', 'clearNames', 'sections', 'gatherers', 'section', 'domain', 'status', 'reason', 'durationMs', 'dropped'],
  ...['verdicts', 'check', 'area', 'verdict', 'findings', 'findingsCut', 'severity', 'unit', 'scope', 'kind', 'name', 'namespace', 'observed', 'threshold'],
  ...['at', 'complete', 'signals', 'state', 'since', 'flapping', 'maintenance', 'parent'],
  ...['intervalSeconds', 'uptimeSeconds', 'lastInspectionAt', 'outbox', 'items', 'bytes', 'oldestAgeSeconds', 'activeSignals'],
];
let allWords: ReadonlySet<string> | undefined;
function guardWords(): ReadonlySet<string> {
  allWords ??= new Set([...registryWords(), ...AROUND.flat()]);
  return allWords;
}
let allKeys: ReadonlySet<string> | undefined;
function guardKeys(): ReadonlySet<string> {
  const keysOf = ([key, field]: [string, Field]): readonly string[] => [
    key,
    ...(field.type === 'list' ? Object.entries(field.row).flatMap(keysOf) : field.type === 'map' ? field.keys : []),
  ];
  allKeys ??= new Set([
    ...ENVELOPE_KEYS,
    ...Object.entries(SECTIONS).flatMap(([id, section]: [string, SectionDefinition]) => [id, ...Object.entries(section.fields).flatMap(keysOf)]),
  ]);
  return allKeys;
}
function wordsOf(field: Field): readonly string[] {
  if (field.type === 'enum' || field.type === 'enum-set') return field.values;
  if (field.type === 'map') return field.keys;
  if (field.type === 'list') return Object.values(field.row).flatMap(wordsOf);
  return [];
}

export function member<T extends string>(closed: readonly T[], value: string, path: string): T {
  const found = closed.find((candidate) => candidate === value);
  if (found === undefined) throw new RefusedError(path);
  return found;
}
export function whole(value: number, path: string): number {
  if (!Number.isFinite(value) || value < 0) throw new RefusedError(path);
  return Math.round(value);
}
function isPrintable(value: string): boolean {
  return value.length <= 253 && !/[\p{C}\p{Zl}\p{Zp}]/u.test(value);
}

/** JSON with sorted keys, so that equal content has equal bytes. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}
