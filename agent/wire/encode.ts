/**
 * The only way to build a payload. What is not in the registry cannot be expressed: an unknown section, an unknown field
 * or a value outside its type refuses the whole payload. Names turn into pseudonyms here and nowhere else.
 */
import { CHECK_IDS } from './check-ids.ts';
import { scalar } from './conform.ts';
import { type Boundary, brand, encodeFinding, encodeName, encodeSender, member, RefusedError, type SealedPayload, type Sender, whole } from './encode-values.ts';
import type { Field, Fields } from './fields.ts';
import { type CheckVerdict, type Finding, type GathererReport, SCHEMA_VERSION } from './inspection.ts';
import { SECTIONS } from './registry.ts';
import type { SectionDefinition } from './section.ts';
import type { SectionName, SomeSections } from './section-values.ts';
import { AREAS, REASONS, SEVERITIES, VERDICTS } from './vocabulary.ts';

/** Everything that an inspection may send, names still clear. */
export interface Outgoing {
  readonly agent: Sender;
  /** Unix seconds. */
  readonly takenAt: number;
  readonly sections: SomeSections;
  readonly gatherers: readonly GathererReport[];
  readonly verdicts: readonly CheckVerdict[];
  readonly findings: readonly Finding[];
  /** Findings that were left out before, of a payload that is sealed anew. */
  readonly findingsCut?: number | undefined;
}

/** Findings in one payload; the worst come first, the rest is counted. */
export const MOST_FINDINGS = 5_000;

/**
 * @throws RefusedError for an unknown section or field, or a value outside its type; GuardTrippedError for bytes that may not leave
 */
export function seal(outgoing: Outgoing, boundary: Boundary): SealedPayload {
  return brand(encodePayload(outgoing, boundary), boundary);
}

function encodePayload(outgoing: Outgoing, boundary: Boundary): Record<string, unknown> {
  const sections: Record<string, unknown> = {};
  for (const [id, value] of Object.entries(outgoing.sections)) {
    if (!Object.hasOwn(SECTIONS, id)) throw new RefusedError(`section ${Object.keys(sections).length + 1}`);
    if (value !== undefined) sections[id] = encodeSection(SECTIONS[id as SectionName], value, boundary);
  }
  const beyond = new Set(outgoing.findings.slice(MOST_FINDINGS).map(({ check }) => check));
  return {
    schema: SCHEMA_VERSION,
    agent: encodeSender(outgoing.agent, boundary),
    takenAt: whole(outgoing.takenAt, 'takenAt'),
    clearNames: [...boundary.clearNames].sort(),
    sections,
    gatherers: outgoing.gatherers.map(encodeGatherer),
    verdicts: outgoing.verdicts.map((verdict) => encodeVerdict(verdict, beyond.has(verdict.check))),
    findings: outgoing.findings.slice(0, MOST_FINDINGS).map((finding) => encodeFinding(finding, boundary)),
    findingsCut: Math.max(0, outgoing.findings.length - MOST_FINDINGS) + whole(outgoing.findingsCut ?? 0, 'findingsCut'),
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

function encodeVerdict({ check, area, verdict, severity, reason, missing, atLeast }: CheckVerdict, hasMore: boolean): Record<string, unknown> {
  return {
    check: member(CHECK_IDS, check, 'verdicts.check'),
    area: member(AREAS, area, 'verdicts.area'),
    verdict: member(VERDICTS, verdict, 'verdicts.verdict'),
    severity: member(SEVERITIES, severity, 'verdicts.severity'),
    ...(reason && { reason: member(REASONS, reason, 'verdicts.reason') }),
    ...(missing && { missing: missing.map((section) => member(Object.keys(SECTIONS), section, 'verdicts.missing')) }),
    ...((atLeast === true || hasMore) && { atLeast: true }),
  };
}
