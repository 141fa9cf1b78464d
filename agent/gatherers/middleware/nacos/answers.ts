/** Answers of a Nacos and its properties file, reduced to typed fields. Pure; foreign text is never trusted to have a shape. */
import type { AllowedKeys } from '../../../host/allowed-properties.ts';
import { keep } from '../../../host/allowed-xml.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { NACOS_SETTINGS } from '../../../wire/sections/middleware/nacos.ts';
import { toVersion } from '../../../wire/version.ts';
import { type Families, parseExposition, sumOf } from '../exposition.ts';
import { at, flagAt, percentOf, textAt } from '../json.ts';

type Row = Sections['middlewareNacos']['rows'][number];
type MemberRow = Sections['middlewareNacos']['members'][number];

export interface State {
  readonly version?: string | undefined;
  readonly standalone?: boolean | undefined;
  readonly authEnabled?: boolean | undefined;
  readonly database?: Row['database'];
}
export function stateOf(state: unknown): State {
  const mode = textAt(state, 'standalone_mode') ?? textAt(state, 'startup_mode');
  return {
    version: toVersion(textAt(state, 'version')),
    standalone: mode === undefined ? undefined : mode === 'standalone',
    authEnabled: flagAt(state, 'auth_enabled'),
    database: databaseOf(textAt(state, 'datasource_platform')),
  };
}
export function databaseOf(platform: string | undefined): Row['database'] {
  if (platform === undefined) return undefined;
  const word = platform.trim().toLowerCase();
  return word === '' || word === 'derby' ? 'derby' : word === 'mysql' || word === 'postgresql' ? word : 'other';
}

/** @param nodes as one member sees the cluster */
export function nodeFacts(nodes: readonly unknown[]): Pick<Row, 'nodes' | 'nodesUp' | 'raftGroups' | 'raftLeaderless' | 'versions'> {
  const leaders = new Map<string, boolean>();
  for (const node of nodes) {
    const groups = at(node, 'extendInfo', 'raftMetaData', 'metaDataMap');
    if (typeof groups !== 'object' || groups === null) continue;
    // Members that have just joined may not know a leader yet: one that does is enough.
    for (const [group, value] of Object.entries(groups).slice(0, 50)) leaders.set(group, (leaders.get(group) ?? false) || (textAt(value, 'leader') ?? '') !== '');
  }
  const versions = new Set(nodes.flatMap((node) => textAt(node, 'extendInfo', 'version') ?? []));
  return {
    nodes: nodes.length,
    nodesUp: nodes.filter((node) => textAt(node, 'state') === 'UP').length,
    ...(leaders.size > 0 && { raftGroups: leaders.size, raftLeaderless: [...leaders.values()].filter((hasLeader) => !hasLeader).length }),
    ...(versions.size > 0 && { versions: versions.size }),
  };
}

const METRICS = new Set([
  'nacos_monitor',
  'nacos_exception_total',
  'process_start_time_seconds',
  'process_files_open_files',
  'process_files_max_files',
  'jvm_memory_used_bytes',
  'jvm_memory_max_bytes',
]);
/** Names of samples are Nacos' own words (`failedPush`); a module's or a name's value is never passed on. */
export function metricFacts(text: string, now: number): Partial<MemberRow> {
  const families = parseExposition(text, METRICS, new Set(['name', 'area', 'id']));
  const monitor = (name: string): number | undefined => sampleOf(families, 'nacos_monitor', name);
  const push = (families.get('nacos_monitor') ?? []).find(({ labels }) => labels.get('name') === 'avgPushCost')?.value;
  const started = sumOf(families, 'process_start_time_seconds');
  return {
    metrics: families.has('nacos_monitor'),
    uptimeSeconds: started === undefined ? undefined : Math.max(0, Math.floor(now - started)),
    services: monitor('serviceCount'),
    instances: monitor('ipCount'),
    configurations: monitor('configCount'),
    longPolling: monitor('longPolling'),
    pushes: monitor('totalPush'),
    failedPushes: monitor('failedPush'),
    // A counter that has never counted is not listed.
    databaseErrors: families.has('nacos_monitor') ? (sampleOf(families, 'nacos_exception_total', 'db') ?? 0) : undefined,
    pushMs: push === undefined ? undefined : Math.max(0, push), // -1: nothing was pushed yet
    heapPercent: percentOf(areaOf(families, 'jvm_memory_used_bytes'), areaOf(families, 'jvm_memory_max_bytes')),
    descriptorsPercent: percentOf(sumOf(families, 'process_files_open_files'), sumOf(families, 'process_files_max_files')),
  };
}
function sampleOf(families: Families, family: string, name: string): number | undefined {
  const value = (families.get(family) ?? []).find(({ labels }) => labels.get('name') === name)?.value;
  return value === undefined || !Number.isFinite(value) || value < 0 ? undefined : Math.floor(value);
}
/** Pools without a limit of their own say -1. */
function areaOf(families: Families, family: string): number | undefined {
  const heap = (families.get(family) ?? []).filter(({ labels, value }) => labels.get('area') === 'heap' && value >= 0);
  return heap.length === 0 ? undefined : heap.reduce((sum, { value }) => sum + value, 0);
}

/** Keys of signed tokens that Nacos' own releases and guides published. */
const PUBLISHED_KEYS = new Set([
  'SecretKey012345678901234567890123456789012345678901234567890123456789',
  'U2VjcmV0S2V5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODk=',
  'VGhpc0lzTXlDdXN0b21TZWNyZXRLZXkwMTIzNDU2Nzg=',
]);
/** What becomes of a secret where it is read: whether it is one that everybody knows. */
function published(known: ReadonlySet<string>): (value: string) => string {
  return (value) => (known.has(value.trim()) ? 'published' : value.trim() === '' || value.includes('${') ? 'unset' : 'own');
}
const KEYS = ['nacos.core.auth.default.token.secret.key', 'nacos.core.auth.plugin.nacos.token.secret.key'] as const;
const IDENTITIES = ['nacos.core.auth.server.identity.key', 'nacos.core.auth.server.identity.value'] as const;
const OWN_KEYS: AllowedKeys = Object.fromEntries(KEYS.map((key) => [key, published(PUBLISHED_KEYS)]));
const OWN_IDENTITIES: AllowedKeys = Object.fromEntries(IDENTITIES.map((key) => [key, published(new Set(['serverIdentity', 'security', 'nacos', 'example']))]));
/** Values of the allow-list as they are; of secrets one word. */
export const NACOS_PROPERTIES: AllowedKeys = { ...Object.fromEntries(Object.keys(NACOS_SETTINGS).map((key) => [key, keep])), ...OWN_KEYS, ...OWN_IDENTITIES };

/** @param properties as {@link NACOS_PROPERTIES} kept them */
export function fileFacts(properties: ReadonlyMap<string, string>): Pick<MemberRow, 'defaultSecretKey' | 'defaultIdentity' | 'userAgentTrusted'> {
  const keys = KEYS.flatMap((key) => properties.get(key) ?? []);
  const identities = IDENTITIES.map((key) => properties.get(key) ?? 'unset');
  const userAgent = properties.get('nacos.core.auth.enable.userAgentAuthWhite')?.trim();
  return {
    ...(keys.length > 0 && { defaultSecretKey: keys.includes('published') }),
    defaultIdentity: identities.some((word) => word !== 'own'),
    userAgentTrusted: userAgent === 'true',
  };
}
