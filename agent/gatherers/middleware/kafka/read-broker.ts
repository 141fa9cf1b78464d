/** What one broker is asked. Names live in what it tells until the whole is counted, and end there. */
import { InstanceFailure } from '../../../middleware/failure.ts';
import type { Visit } from '../../../middleware/visit.ts';
import { type KAFKA_GRANTS, KAFKA_SETTINGS } from '../../../wire/sections/middleware/kafka.ts';
import { KafkaClient, type Mechanism } from './client.ts';
import { modeOf, releaseOf } from './release.ts';

export type Grant = (typeof KAFKA_GRANTS)[number];
/** Read beside the allow-list; only whether they are set, or whether a listener is open, goes on. */
const ALSO_READ = ['authorizer.class.name', 'listener.security.protocol.map', 'listeners', 'controller.listener.names'];
const TOPIC_KEYS = ['min.insync.replicas', 'unclean.leader.election.enable', 'cleanup.policy', 'retention.ms', 'retention.bytes'];
const BROKER = 4;
const TOPIC = 2;
/** Error codes of the protocol. */
const REFUSED = new Set([29, 30, 31]);
const STORAGE_FAILED = 56;
const NEVER_COMMITTED = -1n;
const LATEST = -1n;
const MOST_TOPICS = 2_000;
const TOPICS_AT_ONCE = 500;
const MOST_GROUPS = 200;
const MOST_GROUPS_ONE_BY_ONE = 20;
const MOST_PARTITIONS = 5_000;
const MOST_BROKERS = 100;

export interface Partition {
  readonly index: number;
  readonly leader: number;
  readonly replicas: readonly number[];
  readonly inSync: number;
}
export interface Topic {
  readonly name: string;
  readonly internal: boolean;
  readonly partitions: readonly Partition[];
}
export type Config = ReadonlyMap<string, string>;
export interface Group {
  /** No member, though it has committed. */
  readonly idle: boolean;
  /** By topic and partition. */
  readonly committed: ReadonlyMap<string, bigint>;
}
export interface Told {
  readonly mode: 'kraft' | 'zookeeper';
  readonly role: 'broker' | 'controller';
  readonly release?: string | undefined;
  readonly brokerId?: number | undefined;
  readonly brokers: readonly number[];
  readonly controller?: number | undefined;
  readonly quorum?: { readonly leader: number; readonly voters: number; readonly behind: number } | undefined;
  readonly topics?: readonly Topic[] | undefined;
  readonly topicConfigs?: ReadonlyMap<string, Config> | undefined;
  readonly config?: Config | undefined;
  readonly logDirs?: { readonly count: number; readonly offline: number; readonly usedPercent?: number | undefined; readonly bytes: number; readonly replicas: number } | undefined;
  /** How many groups it coordinates; `groups` has those that were looked at. */
  readonly groupCount?: number | undefined;
  readonly groups?: readonly Group[] | undefined;
  readonly ends?: ReadonlyMap<string, bigint> | undefined;
  readonly denied: readonly Grant[];
  readonly saslRequired: boolean;
  readonly tls: boolean;
}
/** The broker that takes it asks for the topics' configurations: all would tell the same. */
export interface Turn {
  taken: boolean;
}

/** @param now Unix seconds. @throws InstanceFailure */
export async function readBroker(visit: Visit, mechanism: Mechanism | undefined, turn: Turn): Promise<Told> {
  using client = await KafkaClient.open(visit, mechanism);
  const denied = new Set<Grant>();
  const mode = modeOf(client.apis);
  const base = { mode, release: releaseOf(client.apis), saslRequired: client.saslRequired, tls: visit.secrets.tls !== undefined };
  if (!client.knows('metadata')) {
    const quorum = await readQuorum(client, denied);
    return { ...base, role: 'controller', brokers: [], quorum, denied: counted(visit, denied) };
  }
  const metadata = await firstAnswer(visit, client);
  const brokers = metadata.brokers.slice(0, MOST_BROKERS).map(({ nodeId }) => nodeId);
  const quorum = mode === 'kraft' ? await readQuorum(client, denied) : undefined;
  const { brokerId, config } = await readConfig(client, brokers, denied);
  const topics = topicsOf(metadata.topics);
  const logs = await readLogDirs(client, topics, denied);
  const groups = await readGroups(client, denied);
  const ends = await readEnds(client, topics, brokerId);
  return {
    ...base,
    role: 'broker',
    brokerId,
    brokers,
    controller: mode === 'zookeeper' && metadata.controllerId >= 0 ? metadata.controllerId : undefined,
    quorum,
    topics,
    topicConfigs: await readTopicConfigs(client, topics, turn, denied),
    config,
    logDirs: logs,
    ...groups,
    ends,
    denied: counted(visit, denied),
  };
}
function counted(visit: Visit, denied: ReadonlySet<Grant>): readonly Grant[] {
  for (const _grant of denied) visit.deny();
  return [...denied];
}

/** A listener with SASL hangs up on whoever has not signed in: that is the one thing that it says. */
async function firstAnswer(visit: Visit, client: KafkaClient) {
  try {
    const metadata = await client.ask('metadata', null, false);
    if (!metadata) throw new InstanceFailure('protocol');
    return metadata;
  } catch (error) {
    if (error instanceof InstanceFailure && error.reach === 'protocol' && visit.secrets.password === undefined) throw new InstanceFailure('credentials-missing');
    throw error;
  }
}

interface MetadataTopic {
  readonly errorCode: number;
  readonly name?: string | null | undefined;
  readonly isInternal: boolean;
  readonly partitions: readonly { readonly partitionIndex: number; readonly leaderId: number; readonly replicaNodes: readonly number[]; readonly isrNodes: readonly number[] }[];
}
function topicsOf(topics: readonly MetadataTopic[]): readonly Topic[] {
  return topics.flatMap(({ name, isInternal, partitions }) =>
    name === null || name === undefined
      ? []
      : [
          {
            name,
            internal: isInternal || name.startsWith('__'),
            partitions: partitions.map((one) => ({ index: one.partitionIndex, leader: one.leaderId, replicas: one.replicaNodes, inSync: one.isrNodes.length })),
          },
        ],
  );
}

/** Voters that have not caught up for longer than this are behind: the quorum's own time to give up on a fetch, twice. */
const BEHIND_MS = 4_000n;
async function readQuorum(client: KafkaClient, denied: Set<Grant>): Promise<Told['quorum']> {
  const answer = await client.ask('quorum', [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }]);
  if (answer && REFUSED.has(answer.errorCode)) denied.add('Describe Cluster');
  const partition = answer?.topics[0]?.partitions[0];
  if (!partition) return undefined;
  if (REFUSED.has(partition.errorCode)) denied.add('Describe Cluster');
  if (partition.errorCode !== 0) return undefined;
  const voters: readonly { readonly lastCaughtUpTimestamp?: bigint }[] = partition.currentVoters; // brokers older than 3.3 do not say
  const newest = voters.reduce((most, { lastCaughtUpTimestamp: at = -1n }) => (at > most ? at : most), -1n);
  const behind = newest < 0n ? 0 : voters.filter(({ lastCaughtUpTimestamp: at = -1n }) => newest - at > BEHIND_MS).length;
  return { leader: partition.leaderId, voters: voters.length, behind };
}

/** Only the broker itself answers for its id: that is how it is told which of the brokers it is. */
async function readConfig(client: KafkaClient, brokers: readonly number[], denied: Set<Grant>): Promise<Pick<Told, 'brokerId' | 'config'>> {
  const keys = [...Object.keys(KAFKA_SETTINGS), ...ALSO_READ];
  const answer = await client.ask(
    'configs',
    brokers.map((id) => ({ resourceType: BROKER, resourceName: String(id), configurationKeys: keys })),
    false,
    false,
  );
  if (answer?.results.some(({ errorCode }) => REFUSED.has(errorCode))) denied.add('DescribeConfigs Cluster');
  const own = answer?.results.find(({ errorCode }) => errorCode === 0);
  const brokerId = own ? Number(own.resourceName) : undefined;
  return { brokerId: brokerId !== undefined && brokers.includes(brokerId) ? brokerId : brokers.length === 1 ? brokers[0] : undefined, config: own && configOf(own.configs) };
}
function configOf(configs: readonly { readonly name: string; readonly value?: string | null; readonly isSensitive: boolean }[]): Config {
  return new Map(configs.flatMap(({ name, value, isSensitive }) => (isSensitive || value === null || value === undefined ? [] : [[name, value.slice(0, 4_096)] as const])));
}

async function readTopicConfigs(client: KafkaClient, topics: readonly Topic[], turn: Turn, denied: Set<Grant>): Promise<Told['topicConfigs']> {
  if (turn.taken) return undefined;
  turn.taken = true;
  const configs = new Map<string, Config>();
  const names = topics.slice(0, MOST_TOPICS).map(({ name }) => name);
  for (let begin = 0; begin < names.length; begin += TOPICS_AT_ONCE) {
    const answer = await client.ask(
      'configs',
      names.slice(begin, begin + TOPICS_AT_ONCE).map((resourceName) => ({ resourceType: TOPIC, resourceName, configurationKeys: TOPIC_KEYS })),
      false,
      false,
    );
    for (const { errorCode, resourceName, configs: own } of answer?.results ?? []) {
      if (errorCode === 0) configs.set(resourceName, configOf(own));
      else if (REFUSED.has(errorCode)) denied.add('DescribeConfigs Topic');
    }
  }
  return configs;
}

/** Replicas of topics that the metadata left out are topics that the account may not describe. */
async function readLogDirs(client: KafkaClient, topics: readonly Topic[], denied: Set<Grant>): Promise<Told['logDirs']> {
  const answer = await client.ask('logDirs', null);
  if (!answer) return undefined;
  const dirs = answer.results.filter(({ errorCode }) => !REFUSED.has(errorCode));
  if (dirs.length === 0) {
    denied.add('Describe Cluster'); // older brokers answer nothing instead of refusing
    return undefined;
  }
  const seen = new Set(topics.map(({ name }) => name));
  const held = dirs.filter(({ errorCode }) => errorCode === 0).flatMap((dir) => dir.topics);
  if (held.some(({ name }) => !seen.has(name) && name !== '__cluster_metadata')) denied.add('Describe Topic');
  const replicas = held.flatMap(({ partitions }) => partitions);
  const used = dirs.flatMap(({ errorCode, totalBytes, usableBytes }) =>
    errorCode === 0 && totalBytes > 0n && usableBytes >= 0n ? [(1 - Number(usableBytes) / Number(totalBytes)) * 100] : [],
  );
  return {
    count: dirs.length,
    offline: dirs.filter(({ errorCode }) => errorCode === STORAGE_FAILED).length,
    bytes: replicas.reduce((sum, { partitionSize }) => sum + Number(partitionSize), 0),
    replicas: replicas.length,
    ...(used.length > 0 && { usedPercent: Math.max(...used) }),
  };
}

/** Groups that this broker coordinates, with what they have committed. Without the right for all, a broker lists only some. */
async function readGroups(client: KafkaClient, denied: Set<Grant>): Promise<Pick<Told, 'groupCount' | 'groups'>> {
  const listed = await client.ask('groups', [], []);
  if (!listed) return {};
  if (REFUSED.has(listed.errorCode)) denied.add('Describe Cluster');
  if (listed.errorCode !== 0) return {};
  const consumers = listed.groups.filter(({ protocolType }) => protocolType === 'consumer' || protocolType === '');
  const together = client.asksGroupsTogether;
  const wanted = consumers.slice(0, together ? MOST_GROUPS : MOST_GROUPS_ONE_BY_ONE);
  const groups: Group[] = [];
  for (const some of together && wanted.length > 0 ? [wanted] : wanted.map((one) => [one])) {
    const answer = await client.ask(
      'offsets',
      some.map(({ groupId }) => ({ groupId, memberEpoch: -1, topics: null })),
      false,
    );
    for (const { groupId, errorCode, topics } of answer?.groups ?? []) {
      if (REFUSED.has(errorCode)) denied.add('Describe Group');
      if (errorCode !== 0) continue;
      const committed = topics.flatMap(({ name, partitions }) =>
        partitions.flatMap(({ partitionIndex, committedOffset }) => (committedOffset > NEVER_COMMITTED ? [[keyOf(name, partitionIndex), committedOffset] as const] : [])),
      );
      groups.push({ idle: some.find((one) => one.groupId === groupId)?.groupState === 'Empty', committed: new Map(committed) });
    }
  }
  return { groupCount: consumers.length, groups };
}

/** Where the partitions end that this broker leads. */
async function readEnds(client: KafkaClient, topics: readonly Topic[], brokerId: number | undefined): Promise<Told['ends']> {
  if (brokerId === undefined) return undefined;
  const wanted: { name: string; partitions: { partitionIndex: number; currentLeaderEpoch: number; timestamp: bigint }[] }[] = [];
  let count = 0;
  for (const { name, internal, partitions } of topics) {
    if (internal || count >= MOST_PARTITIONS) continue;
    const led = partitions.flatMap(({ leader, index }) => (leader === brokerId ? [{ partitionIndex: index, currentLeaderEpoch: -1, timestamp: LATEST }] : []));
    if (led.length > 0) wanted.push({ name, partitions: led });
    count += led.length;
  }
  const answer = wanted.length > 0 ? await client.ask('ends', -1, 0, wanted) : { topics: [] };
  return new Map(
    (answer?.topics ?? []).flatMap(({ name, partitions }) =>
      partitions.flatMap(({ partitionIndex, errorCode, offset }) => (errorCode === 0 ? [[keyOf(name, partitionIndex), offset] as const] : [])),
    ),
  );
}
function keyOf(topic: string, partition: number): string {
  return `${topic}\0${partition}`;
}
