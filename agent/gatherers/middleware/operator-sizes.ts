/**
 * How many members a resource of an operator asks for. Most say it in one number; the others, as the operators' published
 * definitions and samples have them, in lists of groups or in parts that are summed.
 */
import { listAt, numberAt, objectAt } from '../../kube/read.ts';

/** Where operators keep how many members there shall be; the first that is a number counts. */
const SIZES = [
  ['replicas'],
  ['instances'],
  ['numberOfInstances'],
  ['size'],
  ['clusterSize'],
  ['members'],
  ['redis', 'replicas'],
  ['kafka', 'replicas'],
  ['pxc', 'size'],
  ['mysql', 'size'],
] as const;
const MOST_MEMBERS = 1_000;

/** Those that one number does not say; `spec` is the resource's. */
const OWN: Readonly<Record<string, (spec: unknown) => number | undefined>> = {
  'elasticsearch.k8s.elastic.co/Elasticsearch': (spec) => summed(spec, 'nodeSets', 'count'),
  'opensearch.opster.io/OpenSearchCluster': (spec) => summed(spec, 'nodePools', 'replicas'),
  'opensearch.org/OpenSearchCluster': (spec) => summed(spec, 'nodePools', 'replicas'),
  'minio.min.io/Tenant': (spec) => summed(spec, 'pools', 'servers'),
  'postgres-operator.crunchydata.com/PostgresCluster': (spec) => summed(spec, 'instances', 'replicas', 1),
  'upstream.pgv2.percona.com/PostgresCluster': (spec) => summed(spec, 'instances', 'replicas', 1),
  'kafka.banzaicloud.io/KafkaCluster': (spec) => listAt(spec, 'brokers').length || undefined,
  'psmdb.percona.com/PerconaServerMongoDB': ofPercona,
  'mongodb.com/MongoDB': ofSharded,
  // As many followers as leaders, unless one of them says otherwise.
  'redis.redis.opstreelabs.in/RedisCluster': (spec) => {
    const leaders = numberAt(spec, 'clusterSize');
    return plus(numberAt(spec, 'redisLeader', 'replicas') ?? leaders, numberAt(spec, 'redisFollower', 'replicas') ?? leaders);
  },
  'redis.redis.opstreelabs.in/Redis': () => 1,
  // Groups of one master with its replicas.
  'rocketmq.apache.org/Broker': (spec) => {
    const groups = numberAt(spec, 'size');
    return groups === undefined ? undefined : groups * (1 + (numberAt(spec, 'replicaPerGroup') ?? 0));
  },
};

/** @param type `group/Kind`; undefined when the resource leaves it to another (a Kafka of node pools) or to its operator */
export function sizeOf(type: string, object: unknown): number | undefined {
  const spec = objectAt(object, 'spec');
  const own = OWN[type];
  const size = own ? own(spec) : SIZES.map((path) => numberAt(spec, ...path)).find((one) => one !== undefined);
  return size !== undefined && size >= 0 && size <= MOST_MEMBERS ? Math.trunc(size) : undefined;
}

/** @param otherwise what an entry without the number stands for; without it, the sum is not known */
function summed(spec: unknown, list: string, field: string, otherwise?: number): number | undefined {
  const entries = listAt(spec, list);
  return entries.length === 0 ? undefined : plus(...entries.map((entry) => numberAt(entry, field) ?? otherwise));
}
function ofPercona(spec: unknown): number | undefined {
  const data = summed(spec, 'replsets', 'size');
  if (objectAt(spec, 'sharding')['enabled'] !== true) return data;
  return plus(data, numberAt(spec, 'sharding', 'configsvrReplSet', 'size'), numberAt(spec, 'sharding', 'mongos', 'size'));
}
function ofSharded(spec: unknown): number | undefined {
  const type = objectAt(spec)['type'];
  if (type === 'Standalone') return 1;
  if (type !== 'ShardedCluster') return numberAt(spec, 'members');
  const shards = numberAt(spec, 'shardCount');
  const each = numberAt(spec, 'mongodsPerShardCount');
  const data = shards === undefined || each === undefined ? undefined : shards * each;
  return plus(data, numberAt(spec, 'configServerCount'), numberAt(spec, 'mongosCount'));
}
function plus(...numbers: readonly (number | undefined)[]): number | undefined {
  let total = 0;
  for (const number of numbers) {
    if (number === undefined) return undefined;
    total += number;
  }
  return total;
}
