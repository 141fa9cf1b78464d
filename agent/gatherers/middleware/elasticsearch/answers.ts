/** Answers of Elasticsearch and OpenSearch, reduced to counts. Pure; foreign JSON is never trusted to have a shape. */
import type { Sections } from '../../../wire/section-values.ts';
import { ELASTICSEARCH_STATUSES } from '../../../wire/sections/middleware/elasticsearch.ts';
import { toVersion } from '../../../wire/version.ts';
import { at, countAt, flagAt, listAt, numberAt, textAt } from '../json.ts';
import type { RawSetting } from '../product.ts';

type Row = Sections['middlewareElasticsearch']['rows'][number];
type MemberRow = Sections['middlewareElasticsearch']['members'][number];
const MOST_NODES = 500;
/** Rows of indices or shards that are looked at; the cap on bytes comes first, as a rule. */
const MOST_ROWS = 100_000;
/** cgroup v1 says "no limit" with a number near 2⁶³. */
const NO_LIMIT = 2 ** 60;

export function isSearchEngine(root: unknown): boolean {
  return textAt(root, 'version', 'number') !== undefined && /^(You Know, for Search|The OpenSearch Project)/.test(textAt(root, 'tagline') ?? '');
}
export function rootFacts(root: unknown): Pick<Row, 'version' | 'distribution'> {
  return {
    version: toVersion(textAt(root, 'version', 'number')),
    distribution: textAt(root, 'version', 'distribution') === 'opensearch' || /^The OpenSearch/.test(textAt(root, 'tagline') ?? '') ? 'opensearch' : 'elasticsearch',
  };
}
export function healthFacts(health: unknown): Partial<Row> {
  const status = textAt(health, 'status');
  return {
    status: ELASTICSEARCH_STATUSES.find((one) => one === status),
    nodes: countAt(health, 'number_of_nodes'),
    dataNodes: countAt(health, 'number_of_data_nodes'),
    activeShards: countAt(health, 'active_shards'),
    unassignedShards: countAt(health, 'unassigned_shards'),
    pendingTasks: countAt(health, 'number_of_pending_tasks'),
    longestTaskMs: numberAt(health, 'task_max_waiting_in_queue_millis'),
  };
}
export function indexFacts(indices: unknown): Pick<Row, 'indices' | 'unreplicatedIndices'> {
  if (!Array.isArray(indices)) return {};
  const open = indices.slice(0, MOST_ROWS).filter((index) => textAt(index, 'status') !== 'close');
  return { indices: indices.length, unreplicatedIndices: open.filter((index) => countAt(index, 'rep') === 0).length };
}
export function shardFacts(shards: unknown): Pick<Row, 'unassignedPrimaries' | 'largestShardBytes'> {
  if (!Array.isArray(shards)) return {};
  let largestShardBytes = 0;
  let unassignedPrimaries = 0;
  for (const shard of shards.slice(0, MOST_ROWS)) {
    largestShardBytes = Math.max(largestShardBytes, numberAt(shard, 'store') ?? 0);
    if (textAt(shard, 'prirep') === 'p' && textAt(shard, 'state') === 'UNASSIGNED') unassignedPrimaries += 1;
  }
  return { largestShardBytes, unassignedPrimaries };
}
/** @param key under which things are listed by their names, which end here; an empty answer lists none */
export function namedCount(answer: unknown, ...key: readonly string[]): number | undefined {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return undefined;
  const named = at(answer, ...key);
  if (named === undefined) return Object.keys(answer).length === 0 || (key.length > 1 && at(answer, key[0] ?? '') !== undefined) ? 0 : undefined;
  return typeof named === 'object' && named !== null ? Object.keys(named).length : undefined;
}
/** Those that succeeded. @param now Unix seconds */
export function snapshotFacts(answer: unknown, now: number): Pick<Row, 'snapshots' | 'newestSnapshotSeconds'> {
  if (namedCount(answer) === undefined || (namedCount(answer) !== 0 && !Array.isArray(at(answer, 'snapshots')))) return {};
  const ended = listAt(answer, MOST_ROWS, 'snapshots').flatMap((one) => (textAt(one, 'state') === 'SUCCESS' ? (numberAt(one, 'end_time_in_millis') ?? []) : []));
  let newest = 0;
  for (const one of ended) newest = Math.max(newest, one);
  return { snapshots: ended.length, ...(newest > 0 && { newestSnapshotSeconds: Math.max(0, now - Math.floor(newest / 1_000)) }) };
}

export interface Node {
  readonly name: string;
  readonly fields: Partial<MemberRow>;
  readonly settings: readonly RawSetting[];
}
/** One per node, from what it measures and what it is. */
export function nodesOf(stats: unknown, info: unknown): readonly Node[] {
  const measured = at(stats, 'nodes');
  if (typeof measured !== 'object' || measured === null) return [];
  return Object.entries(measured)
    .slice(0, MOST_NODES)
    .flatMap(([id, node]: [string, unknown]) => {
      const name = textAt(node, 'name')?.slice(0, 253);
      return name ? [{ name, fields: { ...statFields(node), ...infoFields(at(info, 'nodes', id)) }, settings: nodeSettings(name, node, at(info, 'nodes', id)) }] : [];
    });
}
function statFields(node: unknown): Partial<MemberRow> {
  const roles = listAt(node, 50, 'roles');
  const uptimeMs = numberAt(node, 'jvm', 'uptime_in_millis');
  return {
    ...(at(node, 'roles') !== undefined && {
      holdsData: roles.some((role) => typeof role === 'string' && /^data(_|$)/.test(role)),
      masterEligible: roles.includes('master') || roles.includes('cluster_manager'),
    }),
    uptimeSeconds: uptimeMs === undefined ? undefined : Math.floor(uptimeMs / 1_000),
    heapPercent: numberAt(node, 'jvm', 'mem', 'heap_used_percent'),
    heapMostBytes: numberAt(node, 'jvm', 'mem', 'heap_max_in_bytes'),
    memoryBytes: memoryOf(node),
    diskTotalBytes: numberAt(node, 'fs', 'total', 'total_in_bytes'),
    diskFreeBytes: numberAt(node, 'fs', 'total', 'available_in_bytes'),
    openFiles: countAt(node, 'process', 'open_file_descriptors'),
    openFilesLimit: countAt(node, 'process', 'max_file_descriptors'),
    rejections: both(countAt(node, 'thread_pool', 'write', 'rejected'), countAt(node, 'thread_pool', 'search', 'rejected')),
    breakerTrips: tripsOf(at(node, 'breakers')),
    oldCollections: countAt(node, 'jvm', 'gc', 'collectors', 'old', 'collection_count'),
    oldCollectionMs: numberAt(node, 'jvm', 'gc', 'collectors', 'old', 'collection_time_in_millis'),
  };
}
function infoFields(info: unknown): Partial<MemberRow> {
  return {
    version: toVersion(textAt(info, 'version')),
    memoryLocked: flagAt(info, 'process', 'mlockall'),
    compressedPointers: flagAt(info, 'jvm', 'using_compressed_ordinary_object_pointers'),
  };
}
/** The smaller of what the machine has and what its cgroup allows. */
function memoryOf(node: unknown): number | undefined {
  const total = numberAt(node, 'os', 'mem', 'total_in_bytes');
  const text = textAt(node, 'os', 'cgroup', 'memory', 'limit_in_bytes');
  const limit = text === undefined || !/^\d{1,20}$/.test(text) ? Number.NaN : Number(text); // "max" without one
  if (Number.isNaN(limit) || limit <= 0 || limit >= NO_LIMIT) return total;
  return Math.min(limit, total ?? limit);
}
function tripsOf(breakers: unknown): number | undefined {
  if (typeof breakers !== 'object' || breakers === null) return undefined;
  let trips = 0;
  for (const breaker of Object.values(breakers).slice(0, 50)) trips += countAt(breaker, 'tripped') ?? 0;
  return trips;
}
function both(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined && other === undefined ? undefined : (one ?? 0) + (other ?? 0);
}
function nodeSettings(member: string, node: unknown, info: unknown): RawSetting[] {
  return [
    { member, key: 'heap_max_in_bytes', value: numberAt(node, 'jvm', 'mem', 'heap_max_in_bytes') },
    { member, key: 'bootstrap.memory_lock', value: textAt(info, 'settings', 'bootstrap', 'memory_lock') },
    { member, key: 'xpack.security.enabled', value: textAt(info, 'settings', 'xpack', 'security', 'enabled') },
  ];
}

const CLUSTER_SETTINGS = [
  'cluster.max_shards_per_node',
  'cluster.routing.allocation.enable',
  'cluster.routing.rebalance.enable',
  'cluster.routing.allocation.disk.threshold_enabled',
  'cluster.routing.allocation.disk.watermark.low',
  'cluster.routing.allocation.disk.watermark.high',
  'cluster.routing.allocation.disk.watermark.flood_stage',
  'action.destructive_requires_name',
];
/** What is in effect: transient before persistent before the default. */
export function settingInEffect(settings: unknown, key: string): string | undefined {
  return ['transient', 'persistent', 'defaults'].map((layer) => textAt(settings, layer, ...key.split('.'))).find((value) => value !== undefined);
}
export function clusterSettings(settings: unknown): RawSetting[] {
  return CLUSTER_SETTINGS.map((key) => {
    const value = settingInEffect(settings, key);
    return { key, value: key.includes('watermark') ? /^(\d{1,3}(?:\.\d+)?)%$/.exec(value ?? '')?.[1] : value };
  });
}
