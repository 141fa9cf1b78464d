/** PostgreSQL's settings and statistics, reduced to typed fields. Pure; foreign text is never trusted to have a shape. */
import type { Sections } from '../../../wire/section-values.ts';
import { toVersion } from '../../../wire/version.ts';

type MemberRow = Sections['middlewarePostgresql']['members'][number];
type Measured = Partial<Omit<MemberRow, 'instance' | 'member' | 'role' | 'reach' | 'denied'>>;
type Row = Readonly<Record<string, unknown>>;
export type Settings = ReadonlyMap<string, string>;

/** Sizes in bytes and times in the unit of the registry, whatever the server counts in: its own pages of 8 kB tell a reader nothing. */
export function settingsOf(rows: readonly Row[] | undefined): Settings {
  return new Map(
    (rows ?? [])
      .slice(0, 500)
      .flatMap(({ name, setting, unit }) => (typeof name === 'string' && typeof setting === 'string' ? [[name, inBaseUnit(setting.slice(0, 1_024), unit)] as const] : [])),
  );
}
/** −1 and 0 are words of PostgreSQL (off, not limited), no sizes. */
function inBaseUnit(setting: string, unit: unknown): string {
  const size = typeof unit === 'string' ? /^(\d{0,6})(B|kB|MB|min)$/.exec(unit) : null;
  const value = Number(setting);
  if (!size || !(value > 0)) return setting;
  return String(value * (size[1] === '' ? 1 : Number(size[1])) * (UNIT_SIZES[size[2] ?? ''] ?? 1));
}
const UNIT_SIZES: Readonly<Record<string, number>> = { B: 1, kB: 1_024, MB: 1_024 ** 2, min: 60 };
/** A whole number ≥ 0; positions that ran past each other between two readings count as none behind. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  return value === '' || !Number.isFinite(number) || number > Number.MAX_SAFE_INTEGER ? undefined : Math.max(0, Math.floor(number));
}
/** What PostgreSQL writes for true and false. */
export function isTrue(value: unknown): boolean | undefined {
  return value === 't' || value === 'true' ? true : value === 'f' || value === 'false' ? false : undefined;
}
function isOn(settings: Settings, key: string): boolean | undefined {
  const value = settings.get(key);
  return value === undefined ? undefined : value === 'on';
}

export function versionOf(settings: Settings): string | undefined {
  return toVersion(/^\d{1,3}(\.\d{1,3}){0,2}/.exec(settings.get('server_version') ?? '')?.[0]);
}
export function configured(settings: Settings): Measured {
  const most = numberOf(settings.get('max_connections'));
  const level = settings.get('wal_level');
  const encryption = settings.get('password_encryption');
  const archive = settings.get('archive_mode');
  const synchronous = settings.get('synchronous_standby_names');
  return {
    version: versionOf(settings),
    maxConnections: most === undefined ? undefined : Math.max(1, most - (numberOf(settings.get('superuser_reserved_connections')) ?? 0)),
    fsync: isOn(settings, 'fsync'),
    fullPageWrites: isOn(settings, 'full_page_writes'),
    autovacuum: isOn(settings, 'autovacuum'),
    scram: encryption === undefined ? undefined : encryption === 'scram-sha-256',
    walLevel: level === undefined ? undefined : (WAL_LEVELS.find((word) => word === level) ?? 'other'),
    archiving: archive === undefined ? undefined : archive !== 'off',
    synchronousWanted: synchronous === undefined ? undefined : synchronous.trim() !== '',
  };
}
const WAL_LEVELS = ['minimal', 'replica', 'logical'] as const;

/** What anybody may read. */
export function openFacts(told: {
  readonly archiver?: Row | undefined;
  readonly databases?: Row | undefined;
  readonly totals?: Row | undefined;
  readonly checksums?: Row | undefined;
}): Measured {
  const hits = numberOf(told.totals?.['hits']);
  const reads = numberOf(told.totals?.['reads']);
  const asked = hits === undefined || reads === undefined ? undefined : hits + reads;
  return {
    archiveFailing: told.archiver && (isTrue(told.archiver['failing']) ?? false),
    transactionIdAge: numberOf(told.databases?.['age']),
    deadlocks: numberOf(told.totals?.['deadlocks']),
    checksumFailures: told.checksums && (numberOf(told.checksums['failures']) ?? 0), // null where pages have none
    cacheReads: asked,
    cacheHitPercent: hits === undefined || !asked ? undefined : (hits / asked) * 100,
  };
}
export function tableFacts(tables: Row | undefined, indexes: Row | undefined, rules: Row | undefined): Measured {
  return {
    tables: numberOf(tables?.['total']),
    bloatedTables: numberOf(tables?.['bloated']),
    unvacuumedTables: numberOf(tables?.['unvacuumed']),
    invalidIndexes: numberOf(indexes?.['invalid']),
    trustedRules: numberOf(rules?.['trusted']),
  };
}
/** What wants pg_monitor: without it the views show other people's sessions empty, and counts would be lies. */
export function sessionFacts(activity: Row | undefined, prepared: Row | undefined): Measured {
  return {
    lockWaiters: numberOf(activity?.['waiting']),
    longestTransactionSeconds: activity && (numberOf(activity['oldest']) ?? 0),
    idleInTransactionSeconds: activity && (numberOf(activity['idle']) ?? 0),
    preparedSeconds: prepared && (numberOf(prepared['oldest']) ?? 0),
  };
}
export function primaryFacts(replicas: Row | undefined): Measured {
  const total = numberOf(replicas?.['total']);
  return {
    replicas: total,
    streamingReplicas: numberOf(replicas?.['streaming']),
    synchronousReplicas: numberOf(replicas?.['synchronous']),
    replicaLagBytes: total === undefined || total === 0 ? undefined : numberOf(replicas?.['behind']),
  };
}
export function replicaFacts(receiver: Row | undefined): Measured {
  const streaming = numberOf(receiver?.['streaming']);
  return { receiverStreaming: streaming === undefined ? undefined : streaming > 0, lagSeconds: numberOf(receiver?.['lag']) };
}
export function slotFacts(slots: Row | undefined): Measured {
  return { slots: numberOf(slots?.['total']), inactiveSlots: numberOf(slots?.['inactive']), slotRetainedBytes: slots && (numberOf(slots['retained']) ?? 0) };
}
