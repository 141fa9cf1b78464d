/** Redis' INFO, CONFIG GET and SENTINEL answers, reduced to typed fields. Pure; foreign text is never trusted to have a shape. */
import type { Sections } from '../../../wire/section-values.ts';
import type { Mode, Role } from '../../../wire/sections/middleware/products.ts';
import { REDIS_SETTINGS } from '../../../wire/sections/middleware/redis.ts';
import { toVersion } from '../../../wire/version.ts';

type MemberRow = Sections['middlewareRedis']['members'][number];
export type Info = ReadonlyMap<string, string>;
const MOST_LINES = 5_000;

/** `key:value` lines; of `Keyspace` and the like only what is asked for by name is ever looked at. */
export function parseInfo(answer: unknown): Info {
  const info = new Map<string, string>();
  if (typeof answer !== 'string') return info;
  for (const line of answer.split('\n', MOST_LINES)) {
    const colon = line.indexOf(':');
    if (colon > 0 && !line.startsWith('#')) info.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return info;
}
/** A flat list of names and values (RESP2), or an object (RESP3). */
export function parsePairs(answer: unknown): Info {
  const pairs = new Map<string, string>();
  if (Array.isArray(answer)) {
    for (let index = 0; index + 1 < Math.min(answer.length, MOST_LINES); index += 2) pairs.set(String(answer[index]).slice(0, 100), String(answer[index + 1]).slice(0, 1_024));
  } else if (typeof answer === 'object' && answer !== null) for (const [key, value] of Object.entries(answer)) pairs.set(key, String(value).slice(0, 1_024));
  return pairs;
}

export function numberOf(info: Info, key: string): number | undefined {
  const text = info.get(key);
  const value = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : undefined;
}
function isOf(info: Info, key: string, word: string): boolean | undefined {
  const text = info.get(key);
  return text === undefined ? undefined : text === word;
}

export function roleOf(info: Info): Role {
  if (info.get('redis_mode') === 'sentinel') return 'sentinel';
  const role = info.get('role');
  return role === 'master' ? 'primary' : role === 'slave' ? 'replica' : 'unknown';
}
/** Of one member: whether others stand behind it is known only when all have answered. */
export function modeOf(info: Info): Mode {
  switch (info.get('redis_mode')) {
    case 'cluster':
      return 'cluster';
    case 'sentinel':
      return 'sentinel';
    default:
      return roleOf(info) === 'replica' || (numberOf(info, 'connected_slaves') ?? 0) > 0 ? 'primary-replica' : 'standalone';
  }
}
export function versionOf(info: Info): string | undefined {
  return toVersion(info.get('valkey_version') ?? info.get('TongRDS_Version') ?? info.get('redis_version'));
}
export function forkOf(info: Info): MemberRow['fork'] {
  if (info.has('valkey_version') || info.get('server_name') === 'valkey') return 'valkey';
  if (info.has('TongRDS_Version')) return 'tongrds';
  return info.has('redis_version') ? 'redis' : 'other';
}

type Measured = Omit<MemberRow, 'instance' | 'member' | 'role' | 'reach' | 'denied'>;
/** @param config `undefined` when CONFIG GET was refused */
export function memberFields(info: Info, config: Info | undefined, now: number): Measured {
  return {
    version: versionOf(info),
    fork: forkOf(info),
    ...memoryOf(info, config),
    ...clientsOf(info, config),
    ...replicationOf(info),
    ...persistenceOf(info, config, now),
    ...securityOf(config),
  };
}

function memoryOf(info: Info, config: Info | undefined): Measured {
  const hits = numberOf(info, 'keyspace_hits');
  const misses = numberOf(info, 'keyspace_misses');
  const lookups = (hits ?? 0) + (misses ?? 0);
  const policy = config?.get('maxmemory-policy') ?? info.get('maxmemory_policy');
  return {
    uptimeSeconds: numberOf(info, 'uptime_in_seconds'),
    usedMemoryBytes: numberOf(info, 'used_memory'),
    maxMemoryBytes: numberOf(info, 'maxmemory'),
    systemMemoryBytes: numberOf(info, 'total_system_memory'),
    fragmentationRatio: numberOf(info, 'mem_fragmentation_ratio'),
    evictedKeys: numberOf(info, 'evicted_keys'),
    hitPercent: hits === undefined || lookups === 0 ? undefined : Math.min(100, (hits / lookups) * 100),
    evictionPolicy: policy === undefined ? undefined : (REDIS_SETTINGS['maxmemory-policy'].words.find((word) => word === policy) ?? 'other'),
  };
}
function clientsOf(info: Info, config: Info | undefined): Measured {
  return {
    clients: numberOf(info, 'connected_clients'),
    maxClients: numberOf(info, 'maxclients') ?? (config && numberOf(config, 'maxclients')),
    blockedClients: numberOf(info, 'blocked_clients'),
    rejectedConnections: numberOf(info, 'rejected_connections'),
    idleTimeoutSeconds: config && numberOf(config, 'timeout'),
  };
}
function replicationOf(info: Info): Measured {
  if (roleOf(info) === 'sentinel') return {};
  const host = info.get('master_host');
  const isReplica = roleOf(info) === 'replica';
  return {
    replicas: numberOf(info, 'connected_slaves'),
    ...(isReplica && {
      linkUp: isOf(info, 'master_link_status', 'up'),
      linkDownSeconds: numberOf(info, 'master_link_down_since_seconds'),
      lagSeconds: numberOf(info, 'master_last_io_seconds_ago'),
      primaryOf: host === undefined ? undefined : `${host.slice(0, 253)}:${info.get('master_port')?.slice(0, 5) ?? ''}`,
    }),
  };
}
function persistenceOf(info: Info, config: Info | undefined, now: number): Measured {
  const save = config?.get('save');
  const appendWrite = isOf(info, 'aof_last_write_status', 'ok');
  const appendRewrite = isOf(info, 'aof_last_bgrewrite_status', 'ok');
  const lastSave = numberOf(info, 'rdb_last_save_time');
  const rdbOk = isOf(info, 'rdb_last_bgsave_status', 'ok');
  const forkMicroseconds = numberOf(info, 'latest_fork_usec');
  return {
    loading: isOf(info, 'loading', '1'),
    appendOnly: isOf(info, 'aof_enabled', '1'),
    snapshots: save === undefined ? undefined : save !== '',
    lastSaveFailed: rdbOk === undefined ? undefined : !rdbOk,
    lastSaveAt: lastSave === undefined || lastSave > now + 86_400 ? undefined : lastSave,
    changesSinceSave: numberOf(info, 'rdb_changes_since_last_save'),
    appendFailed: appendWrite === undefined && appendRewrite === undefined ? undefined : appendWrite === false || appendRewrite === false,
    forkMs: forkMicroseconds === undefined ? undefined : forkMicroseconds / 1_000,
  };
}
function securityOf(config: Info | undefined): Measured {
  const minimum = config?.get('min-replicas-to-write') ?? config?.get('min-slaves-to-write');
  const protectedMode = config?.get('protected-mode');
  return {
    protectedMode: protectedMode === undefined ? undefined : protectedMode === 'yes',
    minReplicasToWrite: minimum === undefined || !/^\d{1,6}$/.test(minimum) ? undefined : Number(minimum),
  };
}
