/** What the brokers told, put together as counts. Pure; no name of a topic or a group leaves here. */
import type { Sections } from '../../../wire/section-values.ts';
import type { Config, Partition, Told, Topic } from './read-broker.ts';

type Row = Sections['middlewareKafka']['rows'][number];

export function wholeOf(told: readonly Told[]): Partial<Row> {
  const brokers = new Set(told.flatMap((one) => one.brokers));
  const first = told.find(({ topics }) => topics !== undefined);
  const configs = told.find(({ topicConfigs }) => topicConfigs !== undefined)?.topicConfigs;
  const denied = [...new Set(told.flatMap((one) => one.denied))];
  // Topics and groups that the account may not describe are left out by the broker without a word: then nothing is said of the rest.
  const seesTopics = !denied.includes('Describe Topic') && !denied.includes('Describe Cluster');
  const seesGroups = seesTopics && !denied.includes('Describe Group');
  const quorum = told.map((one) => one.quorum).find((one) => one !== undefined);
  return {
    denied,
    ...(brokers.size > 0 && { brokers: brokers.size, brokersAsked: told.filter(({ role }) => role === 'broker').length }),
    ...controllersOf(told),
    ...(quorum && { quorumVoters: quorum.voters, quorumBehind: quorum.behind }),
    ...(seesTopics && first?.topics && topicFacts(first.topics, brokers, configs)),
    ...(seesGroups && lagOf(told)),
    ...securityOf(told),
  };
}

/** In ZooKeeper mode each broker names the controller that it follows; a quorum knows its leader. */
function controllersOf(told: readonly Told[]): Pick<Row, 'controllers'> {
  const leaders = new Set(told.flatMap(({ quorum, controller }) => (quorum ? (quorum.leader >= 0 ? [quorum.leader] : []) : (controller ?? []))));
  const isTold = told.some(({ mode, role, quorum }) => (mode === 'kraft' ? quorum !== undefined : role === 'broker'));
  return isTold ? { controllers: leaders.size } : {};
}

function topicFacts(topics: readonly Topic[], brokers: ReadonlySet<number>, configs: ReadonlyMap<string, Config> | undefined): Partial<Row> {
  const partitions = topics.flatMap((topic) => topic.partitions);
  const own = topics.filter(({ internal, partitions: parts }) => !internal && parts.length > 0);
  const absent = new Set(partitions.flatMap(({ replicas }) => replicas.filter((id) => !brokers.has(id))));
  const internal = topics.filter(({ name, partitions: parts }) => (name === '__consumer_offsets' || name === '__transaction_state') && parts.length > 0);
  return {
    brokersAbsent: absent.size,
    topics: topics.length,
    partitions: partitions.length,
    offlinePartitions: partitions.filter(({ leader }) => leader < 0).length,
    underReplicated: partitions.filter(({ inSync, replicas }) => inSync < replicas.length).length,
    notPreferred: partitions.filter(({ leader, replicas }) => leader >= 0 && leader !== replicas[0]).length,
    leaderSkewPercent: skewOf(partitions, brokers),
    singleReplicaTopics: own.filter((topic) => replicasOf(topic) === 1).length,
    ...(internal.length > 0 && { internalReplicas: Math.min(...internal.map(replicasOf)) }),
    ...(configs && configFacts(topics, configs)),
  };
}
function replicasOf({ partitions }: Topic): number {
  return Math.min(...partitions.map(({ replicas }) => replicas.length));
}
/** Judged only where every broker would lead several: few partitions are uneven by themselves. */
const LEAST_PARTITIONS_EACH = 10;
function skewOf(partitions: readonly Partition[], brokers: ReadonlySet<number>): number | undefined {
  if (brokers.size < 2) return undefined;
  const average = partitions.length / brokers.size;
  if (average < LEAST_PARTITIONS_EACH) return 0;
  const led = [...brokers].map((id) => partitions.filter(({ leader }) => leader === id).length);
  return (Math.max(...led) / average - 1) * 100;
}

function configFacts(topics: readonly Topic[], configs: ReadonlyMap<string, Config>): Partial<Row> {
  const known = topics.flatMap((topic) => {
    const config = configs.get(topic.name);
    return config ? [{ topic, config }] : [];
  });
  const least = (config: Config): number => Number(config.get('min.insync.replicas') ?? 'NaN');
  const own = known.filter(({ topic }) => !topic.internal);
  return {
    topicsConfigured: known.length,
    underMinIsr: known.flatMap(({ topic, config }) => topic.partitions.filter(({ inSync, leader, replicas }) => leader >= 0 && inSync < Math.min(least(config), replicas.length)))
      .length,
    weakMinIsrTopics: own.filter(({ topic, config }) => topic.partitions.length > 0 && replicasOf(topic) > 1 && least(config) < 2).length,
    uncleanTopics: own.filter(({ config }) => config.get('unclean.leader.election.enable') === 'true').length,
    unlimitedTopics: own.filter(({ config }) => config.get('cleanup.policy') === 'delete' && config.get('retention.ms') === '-1' && config.get('retention.bytes') === '-1').length,
  };
}

/** A group's lag is known in full when the leaders of all its partitions told where they end; else it is a lower bound. */
function lagOf(told: readonly Told[]): Partial<Row> {
  const counts = told.flatMap(({ groupCount }) => groupCount ?? []);
  if (counts.length === 0) return {};
  const ends = new Map(told.flatMap((one) => [...(one.ends ?? [])]));
  const lags = told.flatMap(({ groups = [] }) =>
    groups.map(({ idle, committed }) => {
      let lag = 0;
      let isWhole = true;
      for (const [key, offset] of committed) {
        const end = ends.get(key);
        if (end === undefined) isWhole = false;
        else lag += Math.max(0, Number(end - offset));
      }
      return { idle, lag, isWhole };
    }),
  );
  return {
    groups: counts.reduce((sum, count) => sum + count, 0),
    groupsMeasured: lags.filter(({ isWhole }) => isWhole).length,
    worstLag: Math.max(0, ...lags.map(({ lag }) => lag)),
    idleLaggingGroups: lags.filter(({ idle, lag }) => idle && lag > 0).length,
  };
}

function securityOf(told: readonly Told[]): Pick<Row, 'authorizer' | 'plainListener' | 'autoCreatesTopics' | 'defaultReplicas'> {
  const configs = told.flatMap(({ config }) => config ?? []);
  if (configs.length === 0) return {};
  const maps = configs.filter((config) => config.has('listeners'));
  const defaults = configs.flatMap((config) => Number(config.get('default.replication.factor') ?? 'NaN')).filter(Number.isSafeInteger);
  return {
    autoCreatesTopics: configs.some((config) => config.get('auto.create.topics.enable') === 'true'),
    ...(defaults.length > 0 && { defaultReplicas: Math.max(0, Math.min(...defaults)) }),
    authorizer: configs.every((config) => (config.get('authorizer.class.name') ?? '') !== ''),
    ...(maps.length > 0 && { plainListener: maps.some(hasPlainListener) }),
  };
}
/** Listeners on the loopback, and the controllers' own, take no clients from elsewhere. */
export function hasPlainListener(config: Config): boolean {
  const protocols = new Map((config.get('listener.security.protocol.map') ?? '').split(',').map((pair) => pair.split(':', 2) as [string, string]));
  const controllers = new Set((config.get('controller.listener.names') ?? '').split(','));
  return (config.get('listeners') ?? '').split(',').some((listener) => {
    const [, name = '', host = ''] = /^\s*([A-Za-z0-9_-]+):\/\/(.*):\d+\s*$/.exec(listener) ?? [];
    const isHere = host === 'localhost' || host.startsWith('127.') || host === '[::1]';
    return name !== '' && !controllers.has(name) && !isHere && (protocols.get(name) ?? name) === 'PLAINTEXT';
  });
}
