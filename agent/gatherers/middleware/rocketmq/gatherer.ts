/**
 * Reads a RocketMQ by its own remoting protocol, which every installation has. A member is asked whether it is a broker or a
 * name server; brokers that a name server only tells of are not asked.
 */
import { InstanceFailure } from '../../../middleware/failure.ts';
import type { Visit } from '../../../middleware/visit.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { Mode, Role } from '../../../wire/sections/middleware/products.ts';
import type { CounterMemory } from '../counters.ts';
import type { ProductGatherer, RawSetting } from '../product.ts';
import { memberStates, type Outcome, reachOfAll, visitMembers } from '../visit-members.ts';
import { type BrokerSets, brokerSets, configOf, type Lags, lagsOf, type Runtime, runtimeOf, topicCounts } from './answers.ts';
import { RocketmqClient } from './client.ts';

type Row = Sections['middlewareRocketmq']['rows'][number];
type MemberRow = Sections['middlewareRocketmq']['members'][number];

interface NameServer {
  readonly kind: 'name-server';
  readonly sets: BrokerSets;
  readonly counts?: ReturnType<typeof topicCounts>;
  readonly tls: boolean;
}
interface Broker {
  readonly kind: 'broker';
  readonly runtime: Runtime;
  readonly config?: ReadonlyMap<string, string> | undefined;
  readonly lags?: Lags | undefined;
  readonly tls: boolean;
}
type Told = NameServer | Broker;

export const rocketmqGatherer: ProductGatherer<'middlewareRocketmq'> = {
  async inspect(context) {
    const { instance, now, counters } = context;
    const outcomes = await visitMembers(context, readMember);
    const told = outcomes.flatMap(({ value }) => value ?? []);
    const brokers = told.filter((one) => one.kind === 'broker');
    const version = brokers.map(({ runtime }) => runtime.version).find((one) => one !== undefined);
    const whole = wholeOf(told);
    const mode = modeOf(whole, brokers.length, instance.mode);
    const reach = reachOfAll(outcomes);
    return {
      mode,
      version,
      reach,
      members: memberStates(outcomes, (one) => ({ role: roleOf(one), version: one.kind === 'broker' ? one.runtime.version : undefined })),
      lists: {
        rows: [{ ...whole, instance: instance.id, mode, reach, version }],
        members: outcomes.map((outcome) => memberRow(instance.id, outcome, brokers, now, counters)),
      },
      settings: outcomes.flatMap(({ member, value }): RawSetting[] =>
        value?.kind === 'broker' ? [...(value.config ?? [])].map(([key, text]) => ({ member: member.name, key, value: text })) : [],
      ),
    };
  },
};

async function readMember(visit: Visit): Promise<Told> {
  const client = await RocketmqClient.open(visit);
  const tls = visit.secrets.tls !== undefined;
  const body = await client.ask('brokerRuntime');
  if (body === undefined) {
    const sets = brokerSets((await client.ask('clusterInfo')) ?? '');
    if (!sets) throw new InstanceFailure('protocol');
    return { kind: 'name-server', sets, counts: topicCounts((await client.ask('topicList')) ?? ''), tls };
  }
  const runtime = runtimeOf(body);
  if (!runtime) throw new InstanceFailure('protocol');
  const config = await permitted(visit, async () => await client.ask('brokerConfig'));
  const stats = await permitted(visit, async () => await client.ask('consumeStats', { isOrder: 'false' }));
  return { kind: 'broker', runtime, config: config === undefined ? undefined : configOf(config), lags: stats === undefined ? undefined : lagsOf(stats), tls };
}
/** One request may be refused where others were answered. */
async function permitted(visit: Visit, ask: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof InstanceFailure) || error.reach !== 'no-rights') throw error;
    visit.deny();
    return undefined;
  }
}

function wholeOf(told: readonly Told[]): Partial<Row> {
  const nameServers = told.filter((one) => one.kind === 'name-server');
  const brokers = told.filter((one) => one.kind === 'broker');
  return {
    nameServers: nameServers.length,
    brokersAsked: brokers.length,
    ...(nameServers.length > 0 && registered(nameServers, brokers)),
    ...lagOf(brokers),
  };
}

function registered(nameServers: readonly NameServer[], brokers: readonly Broker[]): Partial<Row> {
  const sets = new Map<string, Set<string>>();
  for (const one of nameServers) for (const [name, ids] of one.sets) sets.set(name, new Set([...(sets.get(name) ?? []), ...ids]));
  const all = [...sets.values()];
  const texts = new Set(nameServers.map((one) => JSON.stringify([...one.sets].map(([name, ids]) => JSON.stringify([name, [...ids].sort()])).sort())));
  const known = brokers.filter(({ config }) => config?.has('brokerName'));
  const counts = nameServers.find((one) => one.counts !== undefined)?.counts;
  return {
    nameServersDiffer: texts.size > 1,
    masters: all.filter((ids) => ids.has('0')).length,
    slaves: all.reduce((sum, ids) => sum + ids.size - (ids.has('0') ? 1 : 0), 0),
    mastersMissing: all.filter((ids) => ids.size > 0 && !ids.has('0')).length,
    mastersAlone: all.filter((ids) => ids.has('0') && ids.size === 1).length,
    ...(known.length === brokers.length && {
      brokersUnregistered: known.filter(({ config }) => !nameServers.some((one) => one.sets.get(config?.get('brokerName') ?? '')?.has(config?.get('brokerId') ?? ''))).length,
    }),
    ...counts,
  };
}
/** Masters tell the lag of their own queues: a group's is the sum of all of them. A slave would count them twice. */
function lagOf(brokers: readonly Broker[]): Partial<Row> {
  const masters = brokers.filter(({ config, lags }) => lags !== undefined && config?.get('brokerRole') !== 'SLAVE');
  if (masters.length === 0) return {};
  const sums = new Map<string, { lag: number; retryLag: number }>();
  for (const { lags } of masters)
    for (const [group, { lag, retryLag }] of lags ?? []) {
      const before = sums.get(group) ?? { lag: 0, retryLag: 0 };
      sums.set(group, { lag: before.lag + lag, retryLag: before.retryLag + retryLag });
    }
  const all = [...sums.values()];
  return { groups: sums.size, worstLag: Math.max(0, ...all.map(({ lag }) => lag)), worstRetryLag: Math.max(0, ...all.map(({ retryLag }) => retryLag)) };
}

function modeOf({ masters, slaves }: Partial<Row>, brokers: number, declared: Mode | undefined): Mode {
  if (masters === undefined) return declared ?? (brokers > 1 ? 'cluster' : brokers === 1 ? 'standalone' : 'unknown');
  return masters > 1 ? 'cluster' : (slaves ?? 0) > 0 ? 'primary-replica' : 'standalone';
}
function roleOf(one: Told): Role {
  if (one.kind === 'name-server') return 'node';
  const role = one.config?.get('brokerRole');
  return role === 'SLAVE' ? 'replica' : role === undefined ? 'broker' : 'primary';
}

function memberRow(instance: string, { member, reach, value }: Outcome<Told>, brokers: readonly Broker[], now: number, counters: CounterMemory): MemberRow {
  const base = { instance, member: member.name, reach };
  if (!value) return { ...base, role: 'unknown' };
  if (value.kind === 'name-server') return { ...base, role: 'node', nameServer: true, tls: value.tls };
  const { bootAt, commitLogEnd: _commitLogEnd, version: _version, ...measured } = value.runtime;
  const growth = counters.grown(instance, member.name, now, { putFailures: measured.putFailures });
  return {
    ...base,
    role: roleOf(value),
    nameServer: false,
    tls: value.tls,
    ...measured,
    uptimeSeconds: bootAt === undefined ? undefined : Math.max(0, now - bootAt),
    recentSeconds: growth?.seconds,
    recentPutFailures: growth?.values['putFailures'],
    behindBytes: behindOf(value, brokers),
    ...configFacts(value.config),
  };
}
/** Asked one after the other: what a slave got meanwhile is no lag, so less than nothing is none. */
function behindOf({ config, runtime }: Broker, brokers: readonly Broker[]): number | undefined {
  if (config?.get('brokerRole') !== 'SLAVE' || runtime.commitLogEnd === undefined) return undefined;
  const master = brokers.find((one) => one.config?.get('brokerName') === config.get('brokerName') && one.config?.get('brokerRole') !== 'SLAVE');
  return master?.runtime.commitLogEnd === undefined ? undefined : Math.max(0, master.runtime.commitLogEnd - runtime.commitLogEnd);
}
function configFacts(config: Broker['config']): Partial<MemberRow> {
  if (!config) return {};
  const flag = (key: string): boolean | undefined => (config.has(key) ? config.get(key) === 'true' : undefined);
  const access = [flag('aclEnable'), flag('authenticationEnabled')].filter((one) => one !== undefined);
  return {
    asyncMaster: config.has('brokerRole') ? config.get('brokerRole') === 'ASYNC_MASTER' : undefined,
    asyncFlush: config.has('flushDiskType') ? config.get('flushDiskType') === 'ASYNC_FLUSH' : undefined,
    autoCreatesTopics: flag('autoCreateTopicEnable'),
    autoCreatesGroups: flag('autoCreateSubscriptionGroup'),
    accessControl: access.length > 0 ? access.includes(true) : undefined,
  };
}
