/**
 * The values that every payload is built of: names turn into pseudonyms here and nowhere else, words must be registered,
 * numbers finite; and the brand that marks bytes which may leave.
 */
import { createHash } from 'node:crypto';
import { CHECK_IDS } from './check-ids.ts';
import { LONGEST_NAME } from './conform.ts';
import type { NameField } from './fields.ts';
import { assertClean } from './guard.ts';
import type { Finding, Observed, Scope } from './inspection.ts';
import { PSEUDONYM, type Pseudonyms } from './pseudonym.ts';
import { registryWords } from './registry-words.ts';
import { HOST_ROLES } from './sections/host/system-roles.ts';
import { SETTING_KEYS } from './sections/middleware/inventory.ts';
import { settingParts, settingScope } from './setting-scope.ts';
import { isVersion, toVersion } from './version.ts';
import { AGENT_ROLES, type AgentRole, AREAS, type NameKind, SCOPE_KINDS, SEVERITIES, UNITS } from './vocabulary.ts';
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
  /** Kinds whose names are pseudonyms already, of a payload that is sealed anew. */
  readonly kept?: ReadonlySet<NameKind> | undefined;
  /** Words of the site that must not leave, in any case; the last-line guard looks for them. */
  readonly words?: readonly string[] | undefined;
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

/** Who sends. */
export interface Sender {
  readonly role: AgentRole;
  readonly version: string;
  /** Fencing epoch: the Lease's transitions, 0 outside a cluster. */
  readonly epoch: number;
  /** Version of the rule pack that it judged with; left out: the program's own rules. */
  readonly pack?: string | undefined;
  /** Name of the machine that a node or host agent looks at; a cluster agent has none. */
  readonly node?: string | undefined;
}

/**
 * Canonical JSON with its digest; the one place that brands, and only what the last-line guard has read. Not exported beyond `encode*.ts`.
 * @throws GuardTrippedError when the bytes hold anything that may not leave
 */
export function brand(payload: Record<string, unknown>, { pseudonyms, words }: Boundary): SealedPayload {
  const json = canonical(payload);
  assertClean(json, { liveNames: () => pseudonyms.names(), isOpened: (name) => pseudonyms.isOpened(name), words });
  const made: Omit<SealedPayload, typeof sealed> = { json, sha256: createHash('sha256').update(json).digest('hex') };
  return made as SealedPayload;
}

export function encodeSender({ role, version, epoch, pack, node }: Sender, boundary: Boundary): Record<string, unknown> {
  return {
    role: member(AGENT_ROLES, role, 'agent.role'),
    version: toVersion(version) ?? '0',
    epoch: whole(epoch, 'agent.epoch'),
    ...(pack !== undefined && { pack: toVersion(pack) ?? '0' }),
    ...(node !== undefined && { node: encodeName('node', node, 'agent.node', boundary) }),
  };
}

export function encodeName(kind: NameField['kind'], value: unknown, path: string, { pseudonyms, clearNames, kept }: Boundary): string {
  if (typeof value !== 'string' || value.length > LONGEST_NAME) throw new RefusedError(path);
  if (isWellKnown(kind, value)) return value;
  if (kept?.has(kind) && PSEUDONYM.test(value) && value.startsWith(`${kind}~`)) return value;
  if (clearNames.has(kind) && isPrintable(value)) return pseudonyms.open(value);
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
    ...(finding.askedBy && { askedBy: finding.askedBy.map((role) => member(HOST_ROLES, role, 'findings.askedBy')) }),
  };
}

export function encodeScope({ kind, node, namespace, name }: Scope, boundary: Boundary): Record<string, unknown> {
  if (!Object.hasOwn(SCOPE_KINDS, kind)) throw new RefusedError('findings.scope.kind');
  return {
    kind,
    name: kind === 'Setting' ? encodeSetting(name, boundary) : encodeName(SCOPE_KINDS[kind], name, 'findings.scope.name', boundary),
    ...(node !== undefined && { node: encodeName('node', node, 'findings.scope.node', boundary) }),
    ...(namespace !== undefined && { namespace: encodeName('namespace', namespace, 'findings.scope.namespace', boundary) }),
  };
}

function encodeSetting(name: string, boundary: Boundary): string {
  const parts = settingParts(name);
  if (!parts || name.length > LONGEST_NAME) throw new RefusedError('findings.scope.name');
  const key = member(SETTING_KEYS, parts.key, 'findings.scope.name');
  const own = parts.member === undefined ? undefined : encodeName('member', parts.member, 'findings.scope.name', boundary);
  return settingScope(encodeName('instance', parts.instance, 'findings.scope.name', boundary), key, own).name;
}

/** A number, a truth value, a version, or a word that some enum of the registry has; anything else stays at the site. */
export function encodeObserved(observed: Observed | undefined): Observed | undefined {
  if (typeof observed === 'boolean') return observed;
  if (typeof observed === 'number') return Number.isFinite(observed) ? observed : undefined;
  if (observed === undefined) return undefined;
  return registryWords().has(observed) || isVersion(observed) ? observed : undefined;
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
