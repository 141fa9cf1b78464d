/** Reads a Redis of any mode: every member is asked the same few questions, then the answers are put together. */
import { InstanceFailure } from '../../../middleware/failure.ts';
import type { Visit } from '../../../middleware/visit.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { FORKS, type Mode, type Role } from '../../../wire/sections/middleware/products.ts';
import { REDIS_SETTINGS } from '../../../wire/sections/middleware/redis.ts';
import type { CounterMemory } from '../counters.ts';
import type { ProductGatherer, RawSetting, Reading } from '../product.ts';
import { memberStates, type Outcome, reachOfAll, visitMembers } from '../visit-members.ts';
import { RedisClient } from './client.ts';
import { forkOf, type Info, memberFields, modeOf, numberOf, parseInfo, parsePairs, roleOf, versionOf } from './info.ts';

type Row = Sections['middlewareRedis']['rows'][number];
type MemberRow = Sections['middlewareRedis']['members'][number];
/** Asked beside the allow-list; never go on as they are. */
const ALSO_READ = ['save'];
/** Primaries of one sentinel whose quorum is asked for. */
const MOST_PRIMARIES = 16;

interface Told {
  readonly info: Info;
  readonly config?: Info | undefined;
  readonly cluster?: Info | undefined;
  readonly slowLogEntries?: number | undefined;
  readonly sentinel?: Pick<Row, 'sentinelMonitored' | 'sentinelsLeast' | 'quorumLost' | 'sentinelPrimariesDown'> | undefined;
  readonly authRequired?: boolean | undefined;
  readonly tls: boolean;
  readonly denied: MemberRow['denied'];
}

export const redisGatherer: ProductGatherer<'middlewareRedis'> = {
  async inspect(context) {
    const { instance, now, counters } = context;
    const outcomes = await visitMembers(context, (visit) => readMember(visit));
    const mode = modeOfAll(outcomes, instance.mode);
    const told = outcomes.flatMap(({ value }) => value ?? []);
    const version = told.map(({ info }) => versionOf(info)).find((one) => one !== undefined);
    const reach = reachOfAll(outcomes);
    const row: Row = { instance: instance.id, mode, reach, version, ...wholeOf(told, mode) };
    const reading: Reading<'middlewareRedis'> = {
      mode,
      version,
      fork: FORKS.find((fork) => told.some(({ info }) => forkOf(info) === fork)),
      reach,
      members: memberStates(outcomes, ({ info }) => ({ role: roleOf(info), version: versionOf(info) })),
      lists: { rows: [row], members: outcomes.map((outcome) => memberRow(instance.id, outcome, now, counters)) },
      settings: outcomes.flatMap(({ member, value }) => settingsOf(member.name, value?.config)),
    };
    return reading;
  },
};

async function readMember(visit: Visit): Promise<Told> {
  using client = await RedisClient.open(visit);
  const info = parseInfo(await client.ask('info'));
  if (info.size === 0) throw new InstanceFailure(client.denied.length > 0 ? 'no-rights' : 'protocol');
  if (!info.has('redis_version') && !info.has('valkey_version') && !info.has('TongRDS_Version')) throw new InstanceFailure('protocol');
  const isSentinel = roleOf(info) === 'sentinel';
  const config = isSentinel ? undefined : await readConfig(client);
  return {
    info,
    config,
    cluster: info.get('redis_mode') === 'cluster' ? parseInfo(await client.ask('clusterInfo')) : undefined,
    slowLogEntries: isSentinel ? undefined : countOf(await client.ask('slowLogLength')),
    sentinel: isSentinel ? await readSentinel(client) : undefined,
    authRequired: client.authRequired,
    tls: visit.secrets.tls !== undefined,
    denied: client.denied,
  };
}

/** Only allow-listed names are asked for: `requirepass` and the like never cross the wire. */
async function readConfig(client: RedisClient): Promise<Info | undefined> {
  const names = [...Object.keys(REDIS_SETTINGS), ...ALSO_READ];
  const together = parsePairs(await client.ask('config', ...names)); // 7.0 and newer
  if (together.size > 0 || client.denied.includes('+config|get')) return together.size > 0 ? together : undefined;
  const config = new Map<string, string>();
  for (const name of names) {
    const answer = await client.ask('config', name);
    for (const [key, value] of parsePairs(answer)) config.set(key, value);
  }
  return config;
}

async function readSentinel(client: RedisClient): Promise<Told['sentinel']> {
  const answer = await client.ask('sentinelPrimaries');
  if (!Array.isArray(answer)) return undefined;
  const primaries = answer.slice(0, MOST_PRIMARIES).map(parsePairs);
  let quorumLost = 0;
  for (const primary of primaries) {
    const checked = await client.ask('sentinelQuorum', primary.get('name') ?? '');
    if (client.denied.includes('+sentinel|ckquorum')) return { ...watched(primaries, answer.length) };
    if (typeof checked !== 'string' || !checked.startsWith('OK')) quorumLost += 1; // NOQUORUM is an error reply
  }
  return { ...watched(primaries, answer.length), quorumLost };
}
function watched(primaries: readonly Info[], total: number): NonNullable<Told['sentinel']> {
  const others = primaries.map((primary) => numberOf(primary, 'num-other-sentinels') ?? 0);
  return {
    sentinelMonitored: total,
    sentinelPrimariesDown: primaries.filter((primary) => /\b[so]_down\b/.test(primary.get('flags') ?? '')).length,
    ...(others.length > 0 && { sentinelsLeast: Math.min(...others) + 1 }),
  };
}

/** What the members say together goes before what was declared; a lone replica has a primary somewhere. */
function modeOfAll(outcomes: readonly Outcome<Told>[], declared: Mode | undefined): Mode {
  const modes = outcomes.flatMap(({ value }) => (value ? [modeOf(value.info)] : []));
  if (modes.includes('cluster')) return 'cluster';
  if (modes.length > 0 && modes.every((mode) => mode === 'sentinel')) return 'sentinel';
  if (modes.includes('primary-replica') || (modes.length > 0 && outcomes.length > 1)) return 'primary-replica';
  return modes[0] ?? declared ?? 'unknown';
}

function wholeOf(told: readonly Told[], mode: Mode): Partial<Row> {
  const roles: readonly Role[] = told.map(({ info }) => roleOf(info));
  const clusters = told.flatMap(({ cluster }) => cluster ?? []).filter(({ size }) => size > 0);
  const sentinels = told.flatMap(({ sentinel }) => sentinel ?? []);
  const worst = <K extends keyof NonNullable<Told['sentinel']>>(key: K, pick: (...numbers: number[]) => number): number | undefined => {
    const numbers = sentinels.flatMap((one) => one[key] ?? []);
    return numbers.length === 0 ? undefined : pick(...numbers);
  };
  const fewest = (key: string): number | undefined => {
    const numbers = clusters.flatMap((one) => numberOf(one, key) ?? []);
    return numbers.length === 0 ? undefined : Math.min(...numbers);
  };
  if (mode === 'sentinel')
    return {
      sentinelMonitored: worst('sentinelMonitored', Math.min),
      sentinelsLeast: worst('sentinelsLeast', Math.min),
      quorumLost: worst('quorumLost', Math.max),
      sentinelPrimariesDown: worst('sentinelPrimariesDown', Math.max),
    };
  return {
    ...(told.length > 0 && { primaries: roles.filter((role) => role === 'primary').length }),
    ...(clusters.length > 0 && {
      clusterState: clusters.every((one) => one.get('cluster_state') === 'ok') ? ('ok' as const) : ('fail' as const),
      slotsAssigned: fewest('cluster_slots_assigned'),
      slotsFailed: Math.max(...clusters.map((one) => numberOf(one, 'cluster_slots_fail') ?? 0)),
      clusterSize: fewest('cluster_size'),
      clusterNodes: fewest('cluster_known_nodes'),
    }),
  };
}

function memberRow(instance: string, { member, reach, value }: Outcome<Told>, now: number, counters: CounterMemory): MemberRow {
  const base = { instance, member: member.name, reach };
  if (!value) return { ...base, role: 'unknown', denied: [] };
  const fields = memberFields(value.info, value.config, now);
  const growth = counters.grown(instance, member.name, now, { evicted: fields.evictedKeys, rejected: fields.rejectedConnections });
  return {
    ...base,
    role: roleOf(value.info),
    denied: value.denied,
    ...fields,
    recentSeconds: growth?.seconds,
    recentEvicted: growth?.values['evicted'],
    recentRejected: growth?.values['rejected'],
    authRequired: value.authRequired,
    tls: value.tls,
    slowLogEntries: value.slowLogEntries,
  };
}

function settingsOf(member: string, config: Info | undefined): RawSetting[] {
  return config ? [...config].map(([key, value]) => ({ member, key, value })) : [];
}
function countOf(answer: unknown): number | undefined {
  const value = typeof answer === 'string' || typeof answer === 'number' ? Number(answer) : Number.NaN;
  return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
