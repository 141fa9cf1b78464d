/** Answers of MongoDB's commands, reduced to numbers and words of closed lists. Pure; foreign documents are never trusted to have a shape. */
import type { Sections } from '../../../wire/section-values.ts';
import type { MONGODB_STATES } from '../../../wire/sections/middleware/mongodb.ts';
import type { Role } from '../../../wire/sections/middleware/products.ts';
import { toVersion } from '../../../wire/version.ts';
import { at, countAt, flagAt, listAt, numberAt, percentOf, textAt } from '../json.ts';
import type { RawSetting } from '../product.ts';

type MemberRow = Sections['middlewareMongodb']['members'][number];
export type State = (typeof MONGODB_STATES)[number];
/** Most members that a replica set may have. */
const MOST_IN_SET = 50;
const MOST_SHARDS = 1_000;

/** Whether it is MongoDB that greets so. */
export function greets(hello: unknown): boolean {
  return numberAt(hello, 'maxWireVersion') !== undefined && (at(hello, 'isWritablePrimary') !== undefined || at(hello, 'ismaster') !== undefined);
}
export interface Standing {
  readonly kind: 'standalone' | 'member' | 'router';
  readonly role: Role;
  /** Name of its replica set: told apart by it, in memory only. */
  readonly set?: string | undefined;
}
export function standingOf(hello: unknown): Standing {
  const set = textAt(hello, 'setName')?.slice(0, 200);
  const writes = flagAt(hello, 'isWritablePrimary') ?? flagAt(hello, 'ismaster') ?? false;
  if (textAt(hello, 'msg') === 'isdbgrid') return { kind: 'router', role: 'node' };
  if (set === undefined && flagAt(hello, 'isreplicaset') !== true) return { kind: 'standalone', role: 'node' };
  if (flagAt(hello, 'arbiterOnly') === true) return { kind: 'member', role: 'arbiter', set };
  return { kind: 'member', role: writes ? 'primary' : flagAt(hello, 'secondary') === true ? 'replica' : 'unknown', set };
}

export interface SetFacts {
  readonly hasPrimary: boolean;
  readonly members: number;
  readonly dataMembers: number;
  readonly arbiters: number;
  /** Told since 4.2. */
  readonly voting?: number | undefined;
  readonly unhealthy: number;
  /** Behind the primary; left out without one. */
  readonly lagSeconds?: number | undefined;
  /** Of the member that was asked. */
  readonly state?: State | undefined;
}
const SERVING: ReadonlySet<State> = new Set(['primary', 'secondary', 'arbiter']);

/** @param status of `replSetGetStatus`; a member that is delayed on purpose is not told apart */
export function setFacts(status: unknown): SetFacts | undefined {
  const members = listAt(status, MOST_IN_SET, 'members');
  if (members.length === 0) return undefined;
  const states = members.map((member) => stateOf(numberAt(member, 'state')));
  const primary = members[states.indexOf('primary')];
  const head = timeAt(primary, 'optimeDate');
  let lag = 0;
  for (const [index, member] of members.entries()) {
    const applied = timeAt(member, 'optimeDate');
    if (states[index] === 'secondary' && head !== undefined && applied !== undefined) lag = Math.max(lag, (head - applied) / 1_000);
  }
  return {
    hasPrimary: primary !== undefined,
    members: members.length,
    dataMembers: states.filter((state) => state !== 'arbiter').length,
    arbiters: states.filter((state) => state === 'arbiter').length,
    unhealthy: members.filter((member, index) => numberAt(member, 'health') === 0 || !SERVING.has(states[index] ?? 'unknown')).length,
    voting: countAt(status, 'votingMembersCount'),
    state: stateOf(numberAt(status, 'myState')),
    ...(head !== undefined && { lagSeconds: Math.round(lag) }),
  };
}
/** Numbers of the states (MongoDB manual, "Replica Set Member States"); 4 is not used. */
function stateOf(number: number | undefined): State {
  const states: readonly State[] = ['startup', 'primary', 'secondary', 'recovering', 'unknown', 'startup2', 'unknown', 'arbiter', 'down', 'rollback', 'removed'];
  return states[number ?? 6] ?? 'unknown';
}
/** Milliseconds since 1970, of a date. */
function timeAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  return found instanceof Date && Number.isFinite(found.getTime()) ? found.getTime() : undefined;
}
/** Seconds since 1970, of a timestamp of the oplog. */
function stampAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'object' && found !== null && 'high' in found && typeof found.high === 'number' ? found.high >>> 0 : undefined;
}

/** @param status of `serverStatus` */
export function statusFacts(status: unknown): Partial<MemberRow> {
  if (status === undefined) return {};
  const current = numberAt(status, 'connections', 'current');
  const available = numberAt(status, 'connections', 'available');
  const cacheMost = numberAt(status, 'wiredTiger', 'cache', 'maximum bytes configured');
  const uptime = numberAt(status, 'uptime');
  return {
    version: toVersion(textAt(status, 'version')),
    uptimeSeconds: uptime === undefined ? undefined : Math.floor(uptime),
    connectionsPercent: available === undefined ? undefined : percentOf(current, (current ?? 0) + available),
    openCursors: countAt(status, 'metrics', 'cursor', 'open', 'total'),
    timedOutCursors: countAt(status, 'metrics', 'cursor', 'timedOut'),
    queuedOperations: countAt(status, 'globalLock', 'currentQueue', 'total'),
    ...ticketsOf(status),
    cachePercent: percentOf(numberAt(status, 'wiredTiger', 'cache', 'bytes currently in the cache'), cacheMost),
    cacheDirtyPercent: percentOf(numberAt(status, 'wiredTiger', 'cache', 'tracked dirty bytes in the cache'), cacheMost),
    cacheMostBytes: cacheMost,
    oplogSeconds: oplogSeconds(status),
    asserts: assertsOf(status),
    majorityWrites: majorityOf(status),
  };
}
/** Before 7.0 with the storage engine; since then among the queues, where the server moves their number by itself. */
function ticketsOf(status: unknown): Partial<MemberRow> {
  const old = at(status, 'wiredTiger', 'concurrentTransactions') ?? at(status, 'concurrentTransactions');
  const queues = at(status, 'queues', 'execution');
  const tickets = queues ?? old;
  if (tickets === undefined) return {};
  const version = Number(/^(\d+)/.exec(textAt(status, 'version') ?? '')?.[1] ?? Number.NaN);
  return {
    freeReadTickets: countAt(tickets, 'read', 'available'),
    freeWriteTickets: countAt(tickets, 'write', 'available'),
    ...(Number.isFinite(version) && { dynamicTickets: version >= 7 }),
  };
}
function oplogSeconds(status: unknown): number | undefined {
  const first = stampAt(status, 'oplog', 'earliestOptime');
  const last = stampAt(status, 'oplog', 'latestOptime');
  return first === undefined || last === undefined || last < first || first === 0 ? undefined : last - first;
}
function assertsOf(status: unknown): number | undefined {
  const kinds = ['regular', 'warning', 'msg'].flatMap((kind) => countAt(status, 'asserts', kind) ?? []);
  if (kinds.length === 0) return undefined;
  let sum = 0;
  for (const kind of kinds) sum += kind;
  return sum;
}
/** Told since 4.4; the implicit default is `majority` since 5.0. */
function majorityOf(status: unknown): boolean | undefined {
  const told = at(status, 'defaultRWConcern');
  if (told === undefined) return undefined;
  const w = at(told, 'defaultWriteConcern', 'w');
  if (w === undefined) return textAt(told, 'defaultWriteConcernSource') === 'implicit' ? false : undefined;
  return w === 'majority' || (typeof w === 'number' && w > 1) || (typeof w === 'string' && w !== '');
}

/** @param options of `getCmdLineOpts`: only `parsed` is looked at, and of it only allow-listed paths */
export function optionFacts(options: unknown): Pick<MemberRow, 'authorization' | 'journal' | 'bindsAll'> {
  const parsed = at(options, 'parsed');
  if (typeof parsed !== 'object' || parsed === null) return {};
  const authorization = textAt(parsed, 'security', 'authorization');
  const hasKeyFile = at(parsed, 'security', 'keyFile') !== undefined || at(parsed, 'security', 'clusterAuthMode') !== undefined;
  const addresses = textAt(parsed, 'net', 'bindIp');
  return {
    authorization: authorization === undefined ? hasKeyFile : authorization === 'enabled' || hasKeyFile, // a key file implies access control
    journal: flagAt(parsed, 'storage', 'journal', 'enabled') ?? true, // on unless it is switched off, which 6.1 no longer takes
    bindsAll: flagAt(parsed, 'net', 'bindIpAll') === true || /(^|,)\s*(0\.0\.0\.0|::|\*)\s*(,|$)/.test(addresses ?? ''),
  };
}
const OPTIONS = [
  'net.maxIncomingConnections',
  'operationProfiling.mode',
  'operationProfiling.slowOpThresholdMs',
  'replication.oplogSizeMB',
  'security.authorization',
  'security.javascriptEnabled',
  'storage.directoryPerDB',
  'storage.engine',
  'storage.journal.enabled',
  'storage.wiredTiger.engineConfig.cacheSizeGB',
];
export function optionSettings(member: string, options: unknown): RawSetting[] {
  const value = (key: string): RawSetting['value'] => scalar(at(options, 'parsed', ...key.split('.')));
  // Until 4.0 the words for TLS were those of SSL.
  const tls = value('net.tls.mode') ?? value('net.ssl.mode');
  return [...OPTIONS.map((key) => ({ member, key, value: value(key) })), { member, key: 'net.tls.mode', value: tls }];
}
export function parameterSetting(member: string, key: string, answer: unknown): RawSetting {
  const found = at(answer, key);
  return { member, key, value: key === 'featureCompatibilityVersion' ? compatibilityOf(answer) : scalar(found) };
}
export function compatibilityOf(answer: unknown): string | undefined {
  return textAt(answer, 'featureCompatibilityVersion', 'version') ?? textAt(answer, 'featureCompatibilityVersion');
}
function scalar(value: unknown): RawSetting['value'] {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
/** `7.0` of 8.0.4 is behind. */
export function isBehind(compatibility: string | undefined, version: string | undefined): boolean | undefined {
  const [own, release] = [compatibility, version].map((text) =>
    /^(\d+)\.(\d+)/
      .exec(text ?? '')
      ?.slice(1)
      .map(Number),
  );
  if (!own || !release) return undefined;
  const [a = 0, b = 0] = own;
  const [c = 0, d = 0] = release;
  return a < c || (a === c && b < d);
}

export function memoryOf(hostInfo: unknown): number | undefined {
  const megabytes = numberAt(hostInfo, 'system', 'memLimitMB') ?? numberAt(hostInfo, 'system', 'memSizeMB');
  return megabytes === undefined ? undefined : megabytes * 1_048_576;
}
export function shardFacts(shards: unknown): { readonly shards?: number; readonly drainingShards?: number } {
  if (!Array.isArray(at(shards, 'shards'))) return {};
  const all = listAt(shards, MOST_SHARDS, 'shards');
  return { shards: all.length, drainingShards: all.filter((shard) => flagAt(shard, 'draining') === true).length };
}
export function balancerOf(status: unknown): 'full' | 'off' | 'other' | undefined {
  const mode = textAt(status, 'mode');
  return mode === undefined ? undefined : mode === 'full' || mode === 'off' ? mode : 'other';
}
