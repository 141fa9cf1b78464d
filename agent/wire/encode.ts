/**
 * The only way to build a payload. What is not in the registry cannot be expressed: an unknown section, an unknown field
 * or a value outside its type refuses the whole payload. Names turn into pseudonyms here and nowhere else.
 */
import { createHash } from 'node:crypto';
import { CHECK_IDS } from './check-ids.ts';
import { LONGEST_NAME, scalar } from './conform.ts';
import type { Field, Fields, NameField } from './fields.ts';
import { type CheckVerdict, type Finding, type GathererReport, type Observed, SCHEMA_VERSION, type Scope } from './inspection.ts';
import type { Pseudonyms } from './pseudonym.ts';
import { SECTIONS } from './registry.ts';
import type { SectionDefinition } from './section.ts';
import type { SectionName, SomeSections } from './section-values.ts';
import { isVersion, toVersion } from './version.ts';
import { AREAS, type NameKind, REASONS, SCOPE_KINDS, SEVERITIES, UNITS, VERDICTS } from './vocabulary.ts';
import { isWellKnown } from './well-known.ts';

/** Roles that a payload can come from. */
export const AGENT_ROLES = ['node', 'cluster', 'host', 'inspect'] as const;
export type AgentRole = (typeof AGENT_ROLES)[number];

/** Everything that an inspection may send, names still clear. */
export interface Outgoing {
  readonly agent: { readonly role: AgentRole; readonly version: string /** Fencing epoch: the Lease's transitions, 0 outside a cluster. */; readonly epoch: number };
  /** Unix seconds. */
  readonly takenAt: number;
  readonly sections: SomeSections;
  readonly gatherers: readonly GathererReport[];
  readonly verdicts: readonly CheckVerdict[];
  readonly findings: readonly Finding[];
}

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

/** Findings in one payload; the worst come first, the rest is counted. */
export const MOST_FINDINGS = 5_000;

/**
 * @throws RefusedError for an unknown section or field, or a value outside its type
 */
export function seal(outgoing: Outgoing, boundary: Boundary): SealedPayload {
  const json = canonical(encodePayload(outgoing, boundary));
  const payload: Omit<SealedPayload, typeof sealed> = { json, sha256: createHash('sha256').update(json).digest('hex') };
  return payload as SealedPayload; // the one place that brands
}

function encodePayload(outgoing: Outgoing, boundary: Boundary): Record<string, unknown> {
  const sections: Record<string, unknown> = {};
  for (const [id, value] of Object.entries(outgoing.sections)) {
    if (!Object.hasOwn(SECTIONS, id)) throw new RefusedError(`section ${Object.keys(sections).length + 1}`);
    if (value !== undefined) sections[id] = encodeSection(SECTIONS[id as SectionName], value, boundary);
  }
  return {
    schema: SCHEMA_VERSION,
    agent: { role: member(AGENT_ROLES, outgoing.agent.role, 'agent.role'), version: toVersion(outgoing.agent.version) ?? '0', epoch: whole(outgoing.agent.epoch, 'agent.epoch') },
    takenAt: whole(outgoing.takenAt, 'takenAt'),
    clearNames: [...boundary.clearNames].sort(),
    sections,
    gatherers: outgoing.gatherers.map(encodeGatherer),
    verdicts: outgoing.verdicts.map(encodeVerdict),
    findings: outgoing.findings.slice(0, MOST_FINDINGS).map((finding) => encodeFinding(finding, boundary)),
    findingsCut: Math.max(0, outgoing.findings.length - MOST_FINDINGS),
  };
}

/** One section as it leaves. Exported for the preview. */
export function encodeSection(definition: SectionDefinition, value: unknown, boundary: Boundary): Record<string, unknown> {
  return encodeRow(definition.fields, value, definition.id, boundary);
}

function encodeRow(fields: Fields, value: unknown, path: string, boundary: Boundary): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new RefusedError(path);
  const out: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const field = fields[key];
    if (!field || !Object.hasOwn(fields, key)) throw new RefusedError(`${path}, an unregistered field`);
    if (inner === undefined) continue;
    out[key] = encodeField(field, inner, `${path}.${key}`, boundary);
  }
  for (const key in fields) if (!(key in out) && !('optional' in (fields[key] ?? {}))) throw new RefusedError(`${path}.${key}`);
  return out;
}

function encodeField(field: Field, value: unknown, path: string, boundary: Boundary): unknown {
  switch (field.type) {
    case 'list':
      if (!Array.isArray(value) || value.length > field.cap) throw new RefusedError(path);
      return value.map((row: unknown) => encodeRow(field.row, row, path, boundary));
    case 'map':
      return encodeMap(field.keys, value, path);
    case 'name':
      return encodeName(field.kind, value, path, boundary);
    default: {
      const conforming = scalar(field, value);
      if (conforming === undefined) throw new RefusedError(path);
      return conforming;
    }
  }
}

function encodeMap(keys: readonly string[], value: unknown, path: string): Record<string, number> {
  if (typeof value !== 'object' || value === null) throw new RefusedError(path);
  const out: Record<string, number> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (!keys.includes(key) || typeof inner !== 'number' || !Number.isFinite(inner)) throw new RefusedError(`${path}, an unregistered key`);
    out[key] = inner;
  }
  return out;
}

function encodeName(kind: NameField['kind'], value: unknown, path: string, { pseudonyms, clearNames }: Boundary): string {
  if (typeof value !== 'string' || value.length > LONGEST_NAME) throw new RefusedError(path);
  if (isWellKnown(kind, value)) return value;
  if (clearNames.has(kind) && isPrintable(value)) return value;
  return pseudonyms.of(kind, value);
}

function encodeGatherer({ section, domain, status, reason, durationMs, dropped }: GathererReport): Record<string, unknown> {
  if (!Object.hasOwn(SECTIONS, section)) throw new RefusedError('gatherers.section');
  return {
    section,
    domain,
    status,
    durationMs: whole(durationMs, 'gatherers.durationMs'),
    dropped: whole(dropped, 'gatherers.dropped'),
    ...(reason && { reason: member(REASONS, reason, 'gatherers.reason') }),
  };
}

function encodeVerdict({ check, area, verdict, severity, reason, missing }: CheckVerdict): Record<string, unknown> {
  return {
    check: member(CHECK_IDS, check, 'verdicts.check'),
    area: member(AREAS, area, 'verdicts.area'),
    verdict: member(VERDICTS, verdict, 'verdicts.verdict'),
    severity: member(SEVERITIES, severity, 'verdicts.severity'),
    ...(reason && { reason: member(REASONS, reason, 'verdicts.reason') }),
    ...(missing && { missing: missing.map((section) => member(Object.keys(SECTIONS), section, 'verdicts.missing')) }),
  };
}

function encodeFinding(finding: Finding, boundary: Boundary): Record<string, unknown> {
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

function encodeScope({ kind, node, namespace, name }: Scope, boundary: Boundary): Record<string, unknown> {
  if (!Object.hasOwn(SCOPE_KINDS, kind)) throw new RefusedError('findings.scope.kind');
  return {
    kind,
    name: encodeName(SCOPE_KINDS[kind], name, 'findings.scope.name', boundary),
    ...(node !== undefined && { node: encodeName('node', node, 'findings.scope.node', boundary) }),
    ...(namespace !== undefined && { namespace: encodeName('namespace', namespace, 'findings.scope.namespace', boundary) }),
  };
}

/** A number, a truth value, a version, or a word that some enum of the registry has; anything else stays at the site. */
function encodeObserved(observed: Observed | undefined): Observed | undefined {
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
function wordsOf(field: Field): readonly string[] {
  if (field.type === 'enum' || field.type === 'enum-set') return field.values;
  if (field.type === 'map') return field.keys;
  if (field.type === 'list') return Object.values(field.row).flatMap(wordsOf);
  return [];
}

function member<T extends string>(closed: readonly T[], value: string, path: string): T {
  const found = closed.find((candidate) => candidate === value);
  if (found === undefined) throw new RefusedError(path);
  return found;
}
function whole(value: number, path: string): number {
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
