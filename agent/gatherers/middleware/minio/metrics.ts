/** MinIO's metrics of both generations, reduced to numbers. Pure; buckets, drives and users in labels end here. */
import type { Sections } from '../../../wire/section-values.ts';
import { toVersion } from '../../../wire/version.ts';
import { type Families, parseExposition, type Sample, sumOf } from '../exposition.ts';
import { percentOf } from '../json.ts';

type Row = Sections['middlewareMinio']['rows'][number];
type MemberRow = Sections['middlewareMinio']['members'][number];

const WANTED = new Set([
  // v2, cluster
  'minio_cluster_nodes_online_total',
  'minio_cluster_nodes_offline_total',
  'minio_cluster_drive_online_total',
  'minio_cluster_drive_offline_total',
  'minio_cluster_capacity_usable_total_bytes',
  'minio_cluster_capacity_usable_free_bytes',
  'minio_cluster_health_erasure_set_status',
  'minio_cluster_health_erasure_set_healing_drives',
  'minio_cluster_health_erasure_set_online_drives',
  'minio_cluster_health_erasure_set_write_quorum',
  'minio_cluster_write_quorum',
  'minio_cluster_bucket_total',
  'minio_cluster_usage_object_total',
  'minio_cluster_kms_online',
  'minio_software_version_info',
  // v2, node
  'minio_node_storage_class_standard_parity',
  'minio_node_drive_total',
  'minio_node_drive_total_bytes',
  'minio_node_drive_used_bytes',
  'minio_node_drive_errors_ioerror',
  'minio_node_drive_errors_timeout',
  'minio_node_drive_errors_availability',
  'minio_s3_requests_total',
  'minio_s3_requests_5xx_errors_total',
  'minio_s3_requests_waiting_total',
  'minio_process_open_fds',
  'minio_process_max_fds',
  'minio_process_start_time_seconds',
  // v3
  'minio_cluster_health_nodes_online_count',
  'minio_cluster_health_nodes_offline_count',
  'minio_cluster_health_drives_online_count',
  'minio_cluster_health_drives_offline_count',
  'minio_cluster_health_capacity_usable_total_bytes',
  'minio_cluster_health_capacity_usable_free_bytes',
  'minio_cluster_erasure_set_health',
  'minio_cluster_erasure_set_healing_drives_count',
  'minio_cluster_erasure_set_write_tolerance',
  'minio_cluster_erasure_set_overall_write_quorum',
  'minio_system_drive_count',
  'minio_system_drive_used_bytes',
  'minio_system_drive_total_bytes',
  'minio_system_drive_used_inodes',
  'minio_system_drive_free_inodes',
  'minio_system_drive_total_inodes',
  'minio_system_drive_timeout_errors_total',
  'minio_system_drive_io_errors_total',
  'minio_system_drive_availability_errors_total',
  'minio_system_process_start_time_seconds',
  'minio_system_process_file_descriptor_open_total',
  'minio_system_process_file_descriptor_limit_total',
  'minio_api_requests_total',
  'minio_api_requests_5xx_errors_total',
  'minio_api_requests_waiting_total',
]);
/** Told apart by them, in memory only. */
const LABELS = new Set(['drive', 'pool', 'set', 'pool_id', 'set_id', 'version', 'server']);

export function parseMetrics(text: string): Families {
  return parseExposition(text, WANTED, LABELS);
}
export function isMinio(families: Families): boolean {
  return [...families.keys()].some((name) => name.startsWith('minio_'));
}

/** Of the whole deployment, from `cluster` of v2 or `cluster/health` and `cluster/erasure-set` of v3. */
export function wholeFacts(families: Families): Partial<Row> {
  const sum = (...names: readonly string[]): number | undefined => names.map((name) => sumOf(families, name)).find((one) => one !== undefined);
  const sets = samplesOf(families, 'minio_cluster_health_erasure_set_status', 'minio_cluster_erasure_set_health');
  const keyServer = sum('minio_cluster_kms_online');
  return {
    nodesOnline: sum('minio_cluster_nodes_online_total', 'minio_cluster_health_nodes_online_count'),
    nodesOffline: sum('minio_cluster_nodes_offline_total', 'minio_cluster_health_nodes_offline_count') ?? zeroBeside(families, 'minio_cluster_health_nodes_online_count'),
    drivesOnline: sum('minio_cluster_drive_online_total', 'minio_cluster_health_drives_online_count'),
    drivesOffline: sum('minio_cluster_drive_offline_total', 'minio_cluster_health_drives_offline_count') ?? zeroBeside(families, 'minio_cluster_health_drives_online_count'),
    ...(sets.length > 0 && { erasureSets: sets.length, unhealthySets: sets.filter(({ value }) => value < 1).length }),
    leastTolerance: toleranceOf(families),
    healingDrives: sum('minio_cluster_health_erasure_set_healing_drives', 'minio_cluster_erasure_set_healing_drives_count'),
    usableBytes: sum('minio_cluster_capacity_usable_total_bytes', 'minio_cluster_health_capacity_usable_total_bytes'),
    usableFreeBytes: sum('minio_cluster_capacity_usable_free_bytes', 'minio_cluster_health_capacity_usable_free_bytes'),
    buckets: sum('minio_cluster_bucket_total'),
    objects: sum('minio_cluster_usage_object_total'),
    keyServerOnline: keyServer === undefined ? undefined : keyServer >= 1,
  };
}
export function writeQuorumOf(families: Families): number | undefined {
  return sumOf(families, 'minio_cluster_write_quorum') ?? sumOf(families, 'minio_cluster_erasure_set_overall_write_quorum');
}
export function parityOf(families: Families): number | undefined {
  return sumOf(families, 'minio_node_storage_class_standard_parity');
}
/** `2025-09-07T16:13:09Z`, as the name of the release writes it: with colons it would look like an address. */
export function versionOf(families: Families): string | undefined {
  return toVersion(families.get('minio_software_version_info')?.[0]?.labels.get('version')?.replaceAll(':', '-'));
}

/** Of one node, from `node` of v2 and `system/drive`, `api/requests` of v3. @param now Unix seconds */
export function nodeFacts(families: Families, now: number): Partial<MemberRow> {
  const sum = (...names: readonly string[]): number | undefined => names.map((name) => sumOf(families, name)).find((one) => one !== undefined);
  const started = sum('minio_process_start_time_seconds', 'minio_system_process_start_time_seconds');
  const requests = sum('minio_s3_requests_total', 'minio_api_requests_total');
  return {
    uptimeSeconds: started === undefined ? undefined : Math.max(0, Math.floor(now - started)),
    drives: sum('minio_node_drive_total', 'minio_system_drive_count'),
    fullestDrivePercent: mostShare(families, 'used_bytes', 'total_bytes'),
    freeInodesPercent: leastInodes(families),
    driveErrors: driveErrors(families),
    requests,
    // A node that never failed lists no such errors.
    serverErrors: sum('minio_s3_requests_5xx_errors_total', 'minio_api_requests_5xx_errors_total') ?? (requests === undefined ? undefined : 0),
    waitingRequests: sum('minio_s3_requests_waiting_total', 'minio_api_requests_waiting_total'),
    openFiles: sum('minio_process_open_fds', 'minio_system_process_file_descriptor_open_total'),
    openFilesLimit: sum('minio_process_max_fds', 'minio_system_process_file_descriptor_limit_total'),
  };
}

/** v3 leaves offline counts out while they are zero. */
function zeroBeside(families: Families, name: string): number | undefined {
  return families.has(name) ? 0 : undefined;
}
function samplesOf(families: Families, ...names: readonly string[]): readonly Sample[] {
  return names.map((name) => families.get(name)).find((one) => one !== undefined) ?? [];
}
/** How many drives the worst set may lose and still take writes; below zero it takes none. */
function toleranceOf(families: Families): number | undefined {
  const told = samplesOf(families, 'minio_cluster_erasure_set_write_tolerance').map(({ value }) => value);
  const quorum = new Map(samplesOf(families, 'minio_cluster_health_erasure_set_write_quorum').map(({ labels, value }) => [setOf(labels), value]));
  const counted = samplesOf(families, 'minio_cluster_health_erasure_set_online_drives').flatMap(({ labels, value }) => {
    const needed = quorum.get(setOf(labels));
    return needed === undefined ? [] : [value - needed];
  });
  const all = told.length > 0 ? told : counted;
  return all.length === 0 ? undefined : Math.max(0, Math.min(...all));
}
function setOf(labels: Sample['labels']): string {
  return `${labels.get('pool') ?? ''}/${labels.get('set') ?? ''}`;
}
function byDrive(families: Families, name: string): ReadonlyMap<string, number> {
  return new Map(
    samplesOf(families, `minio_node_drive_${name}`, `minio_system_drive_${name}`).map(({ labels, value }) => [`${labels.get('server') ?? ''} ${labels.get('drive') ?? ''}`, value]),
  );
}
function mostShare(families: Families, part: string, whole: string): number | undefined {
  const totals = byDrive(families, whole);
  const shares = [...byDrive(families, part)].flatMap(([drive, value]) => percentOf(value, totals.get(drive)) ?? []);
  return shares.length === 0 ? undefined : Math.max(...shares);
}
function leastInodes(families: Families): number | undefined {
  const totals = byDrive(families, 'total_inodes');
  const shares = [...byDrive(families, 'free_inodes')].flatMap(([drive, value]) => percentOf(value, totals.get(drive)) ?? []);
  return shares.length === 0 ? undefined : Math.min(...shares);
}
function driveErrors(families: Families): number | undefined {
  const v2 = ['ioerror', 'timeout'].map((kind) => sumOf(families, `minio_node_drive_errors_${kind}`)).filter((one) => one !== undefined);
  const v3 = ['io', 'timeout'].map((kind) => sumOf(families, `minio_system_drive_${kind}_errors_total`)).filter((one) => one !== undefined);
  const told = v2.length > 0 ? v2 : v3;
  if (told.length === 0) return families.has('minio_node_drive_total') || families.has('minio_system_drive_count') ? 0 : undefined;
  let sum = 0;
  for (const one of told) sum += one;
  return sum;
}
