/** Everything that this program can ever ask an Elasticsearch or OpenSearch: constants, which name the fields of the answer that are wanted. */
import type { ELASTICSEARCH_GRANTS } from '../../../wire/sections/middleware/elasticsearch.ts';

export type Grant = (typeof ELASTICSEARCH_GRANTS)[number];
interface Path {
  readonly path: string;
  readonly grant: Grant;
}

const HEALTH = 'status,number_of_nodes,number_of_data_nodes,active_shards,unassigned_shards,number_of_pending_tasks,task_max_waiting_in_queue_millis';
const STATS = [
  'name',
  'roles',
  'jvm.uptime_in_millis',
  'jvm.mem.heap_used_percent',
  'jvm.mem.heap_max_in_bytes',
  'jvm.gc.collectors.old',
  'fs.total',
  'thread_pool.write.rejected',
  'thread_pool.search.rejected',
  'breakers.*.tripped',
  'process.open_file_descriptors',
  'process.max_file_descriptors',
  'os.mem.total_in_bytes',
  'os.cgroup.memory.limit_in_bytes',
];
const INFO = [
  'name',
  'version',
  'process.mlockall',
  'jvm.using_compressed_ordinary_object_pointers',
  'settings.discovery.type',
  'settings.bootstrap.memory_lock',
  'settings.xpack.security.enabled',
];
const SETTINGS = [
  'cluster.max_shards_per_node',
  'cluster.routing.allocation.enable',
  'cluster.routing.allocation.disk',
  'cluster.routing.rebalance.enable',
  'action.destructive_requires_name',
];
const ofNodes = (fields: readonly string[]): string => fields.map((field) => `nodes.*.${field}`).join(',');

export const ROOT = '/?filter_path=version.number,version.distribution,tagline';
export const PATHS = {
  health: { path: `/_cluster/health?filter_path=${HEALTH}`, grant: 'cluster:monitor' },
  stats: { path: `/_nodes/stats/jvm,fs,thread_pool,breaker,process,os?filter_path=${ofNodes(STATS)}`, grant: 'cluster:monitor' },
  nodes: { path: `/_nodes/process,jvm,settings?filter_path=${ofNodes(INFO)}`, grant: 'cluster:monitor' },
  settings: { path: `/_cluster/settings?include_defaults=true&filter_path=${SETTINGS.map((one) => `*.${one}`).join(',')}`, grant: 'cluster:monitor' },
  // Columns without the names of indices: they never cross the wire.
  indices: { path: '/_cat/indices?format=json&bytes=b&h=health,status,pri,rep', grant: 'indices:monitor' },
  shards: { path: '/_cat/shards?format=json&bytes=b&h=prirep,state,store', grant: 'indices:monitor' },
  /** Only indices that bear a block are named, and are counted here. 12: read-only until space is freed. */
  blocks: { path: '/_cluster/state/blocks?filter_path=blocks.indices.*.12.retryable', grant: 'cluster:monitor' },
  repositories: { path: '/_snapshot?filter_path=*.type', grant: 'cluster:monitor_snapshot' },
  /** Since 7.14; the newest few are enough. */
  snapshots: {
    path: '/_snapshot/*/*?sort=start_time&order=desc&size=20&filter_path=snapshots.state,snapshots.end_time_in_millis',
    grant: 'cluster:monitor_snapshot',
  },
  lifecycle: { path: '/*/_ilm/explain?only_errors=true&filter_path=indices.*.step', grant: 'indices:view_index_metadata' },
} as const satisfies Record<string, Path>;
export type Asked = keyof typeof PATHS;

/** Of OpenSearch, which lists snapshots of one repository only. @param repository as the site declares it */
export function snapshotsOf(repository: string): string | undefined {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(repository) ? `/_snapshot/${repository}/_all?filter_path=snapshots.state,snapshots.end_time_in_millis` : undefined;
}
