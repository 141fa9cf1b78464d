/** MySQL's variables, status and replication rows, reduced to typed fields. Pure; foreign text is never trusted to have a shape. */
import type { Sections } from '../../../wire/section-values.ts';
import type { Role } from '../../../wire/sections/middleware/products.ts';
import { toVersion } from '../../../wire/version.ts';

type MemberRow = Sections['middlewareMysql']['members'][number];
type Row = Readonly<Record<string, unknown>>;
export type Pairs = ReadonlyMap<string, string>;

/** Asked beside the allow-list; never go on as they are. */
export const ALSO_VARIABLES = ['version', 'version_comment', 'read_only', 'wsrep_on'] as const;
export const STATUS = [
  'Uptime',
  'Threads_connected',
  'Threads_running',
  'Max_used_connections',
  'Connection_errors_max_connections',
  'Innodb_buffer_pool_read_requests',
  'Innodb_buffer_pool_reads',
  'Innodb_history_list_length',
  'Innodb_log_waits',
  'Open_files',
  'wsrep_cluster_status',
  'wsrep_local_state',
] as const;

/** Rows of `SHOW … VARIABLES/STATUS`; names in lower case, MySQL and MariaDB differ in them. */
export function pairsOf(rows: readonly Row[] | undefined): Pairs {
  return new Map((rows ?? []).slice(0, 1_000).map(({ Variable_name, Value }) => [String(Variable_name).slice(0, 100).toLowerCase(), wordOf(Value)]));
}
function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 1_024) : '';
}
export function numberIn(pairs: Pairs, key: string): number | undefined {
  return numberOf(pairs.get(key.toLowerCase()));
}
export function numberOf(value: unknown): number | undefined {
  const number = value === null || value === undefined || value === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) && number >= 0 && number <= Number.MAX_SAFE_INTEGER ? number : undefined;
}
function wholeOf(value: unknown): number | undefined {
  const number = numberOf(value);
  return number === undefined ? undefined : Math.floor(number);
}
function isOn(pairs: Pairs, key: string): boolean | undefined {
  const value = pairs.get(key)?.toUpperCase();
  return value === undefined ? undefined : value === 'ON' || value === '1' || value === 'YES';
}

export function versionOf(variables: Pairs): string | undefined {
  return toVersion(/^(?:5\.5\.5-)?(\d{1,3}(?:\.\d{1,3}){1,2})/.exec(variables.get('version') ?? '')?.[1]);
}
export function forkOf(variables: Pairs): MemberRow['fork'] {
  const text = `${variables.get('version') ?? ''} ${variables.get('version_comment') ?? ''}`.toLowerCase();
  if (text.includes('mariadb')) return 'mariadb';
  if (text.includes('percona')) return 'percona';
  return text.includes('mysql') || text.includes('source distribution') ? 'mysql' : 'other';
}
export function isGalera(variables: Pairs): boolean {
  return isOn(variables, 'wsrep_on') ?? false;
}

export interface Replication {
  readonly replicates: boolean;
  readonly receiverRunning?: boolean | undefined;
  readonly applierRunning?: boolean | undefined;
  readonly lagSeconds?: number | undefined;
  readonly replicationError?: number | undefined;
  readonly gtid?: boolean | undefined;
}
/** One row per channel, in the spelling of any release; the worst channel counts. Hosts and users in it are never looked at. */
export function replicationOf(rows: readonly Row[] | undefined): Replication | undefined {
  if (rows === undefined) return undefined;
  const channels = rows.slice(0, 64).map((row) => ({
    receiver: first(row, 'Replica_IO_Running', 'Slave_IO_Running'),
    applier: first(row, 'Replica_SQL_Running', 'Slave_SQL_Running'),
    lag: wholeOf(first(row, 'Seconds_Behind_Source', 'Seconds_Behind_Master')),
    errors: [wholeOf(row['Last_IO_Errno']) ?? 0, wholeOf(row['Last_SQL_Errno']) ?? 0],
    usingGtid: row['Using_Gtid'],
  }));
  if (channels.length === 0) return { replicates: false };
  const lags = channels.flatMap(({ lag }) => lag ?? []);
  const gtids = channels.flatMap(({ usingGtid }) => (typeof usingGtid === 'string' ? [usingGtid !== 'No'] : []));
  return {
    replicates: true,
    receiverRunning: channels.every(({ receiver }) => receiver === 'Yes'),
    applierRunning: channels.every(({ applier }) => applier === 'Yes'),
    lagSeconds: lags.length === channels.length ? Math.max(...lags) : undefined,
    replicationError: Math.max(...channels.flatMap(({ errors }) => errors)),
    ...(gtids.length > 0 && { gtid: gtids.every(Boolean) }),
  };
}
function first(row: Row, ...keys: readonly string[]): unknown {
  return keys.map((key) => row[key]).find((value) => value !== undefined);
}

export interface Group {
  readonly members: number;
  readonly online: number;
  /** Left out by releases that do not tell roles (5.7). */
  readonly primaries?: number | undefined;
}
/** `performance_schema.replication_group_members`; a server that is in no group shows one row without an id. */
export function groupOf(rows: readonly Row[] | undefined): Group | undefined {
  const members = (rows ?? []).slice(0, 64).filter(({ id }) => typeof id === 'string' && id !== '');
  if (members.length === 0) return undefined;
  const roles = members.flatMap(({ role }) => (typeof role === 'string' && role !== '' ? [role] : []));
  return {
    members: members.length,
    online: members.filter(({ state }) => state === 'ONLINE').length,
    ...(roles.length > 0 && { primaries: roles.filter((role) => role === 'PRIMARY').length }),
  };
}
export function roleOf(replicates: boolean | undefined, writable: boolean | undefined): Role {
  if (replicates === undefined) return 'unknown';
  return replicates ? 'replica' : writable === false ? 'unknown' : 'primary';
}

type Measured = Omit<MemberRow, 'instance' | 'member' | 'role' | 'reach' | 'denied'>;
export function memberFields(variables: Pairs, status: Pairs): Measured {
  return { version: versionOf(variables), fork: forkOf(variables), ...loadOf(variables, status), ...logsOf(variables), ...innodbOf(variables, status) };
}
function loadOf(variables: Pairs, status: Pairs): Measured {
  const openFiles = numberIn(status, 'Open_files');
  const limit = numberIn(variables, 'open_files_limit');
  const readOnly = variables.get('read_only'); // MariaDB 12 has words for it
  return {
    uptimeSeconds: numberIn(status, 'Uptime'),
    connections: numberIn(status, 'Threads_connected'),
    maxConnections: numberIn(variables, 'max_connections'),
    peakConnections: numberIn(status, 'Max_used_connections'),
    refusedConnections: numberIn(status, 'Connection_errors_max_connections'),
    threadsRunning: numberIn(status, 'Threads_running'),
    writable: readOnly === undefined ? undefined : /^(OFF|0)$/i.test(readOnly),
    openFilesPercent: openFiles === undefined || !limit ? undefined : (openFiles / limit) * 100,
    ...(isGalera(variables) && { galeraSynced: status.get('wsrep_cluster_status') === 'Primary' && status.get('wsrep_local_state') === '4' }),
  };
}
function logsOf(variables: Pairs): Measured {
  const format = variables.get('binlog_format');
  const seconds = numberIn(variables, 'binlog_expire_logs_seconds');
  const days = numberIn(variables, 'expire_logs_days');
  const mode = variables.get('gtid_mode');
  return {
    binaryLog: isOn(variables, 'log_bin'),
    binaryLogFormat: format === undefined ? undefined : (BINLOG_FORMATS.find((word) => word === format) ?? 'other'),
    binaryLogExpires: seconds === undefined && days === undefined ? undefined : (seconds ?? 0) > 0 || (days ?? 0) > 0,
    gtid: mode === undefined ? undefined : mode === 'ON',
    syncBinaryLog: wholeOf(variables.get('sync_binlog')),
    slowLog: isOn(variables, 'slow_query_log'),
    localInfile: isOn(variables, 'local_infile'),
  };
}
const BINLOG_FORMATS = ['ROW', 'MIXED', 'STATEMENT'] as const;
function innodbOf(variables: Pairs, status: Pairs): Measured {
  const requests = numberIn(status, 'Innodb_buffer_pool_read_requests');
  const reads = numberIn(status, 'Innodb_buffer_pool_reads');
  const charset = variables.get('character_set_server');
  return {
    flushLogAtCommit: wholeOf(variables.get('innodb_flush_log_at_trx_commit')),
    forceRecovery: wholeOf(variables.get('innodb_force_recovery')),
    utf8mb4: charset === undefined ? undefined : charset === 'utf8mb4',
    bufferPoolBytes: numberIn(variables, 'innodb_buffer_pool_size'),
    bufferPoolReads: requests,
    bufferPoolHitPercent: requests === undefined || reads === undefined || requests === 0 ? undefined : Math.max(0, Math.min(100, 100 - (reads / requests) * 100)),
    historyLength: numberIn(status, 'Innodb_history_list_length'),
    logWaits: numberIn(status, 'Innodb_log_waits'),
  };
}
