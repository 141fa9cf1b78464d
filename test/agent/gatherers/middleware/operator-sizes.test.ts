import { expect, test } from 'vitest';
import { MIDDLEWARE } from '../../../../agent/gatherers/middleware/index.ts';
import { sizeOf } from '../../../../agent/gatherers/middleware/operator-sizes.ts';
import { operatorNeeds } from '../../../../agent/gatherers/middleware/operators.ts';

/** Specs as the samples that the operators publish have them, cut to what counts. */
const SAMPLES: readonly (readonly [type: string, spec: object, size: number | undefined])[] = [
  ['kafka.strimzi.io/Kafka', { kafka: { version: '4.0.0', replicas: 3 } }, 3],
  ['kafka.strimzi.io/Kafka', { kafka: { version: '4.0.0', metadataVersion: '4.0-IV3' } }, undefined],
  ['kafka.banzaicloud.io/KafkaCluster', { brokers: [{ id: 0 }, { id: 1 }, { id: 2 }] }, 3],
  [
    'elasticsearch.k8s.elastic.co/Elasticsearch',
    {
      nodeSets: [
        { name: 'master', count: 3 },
        { name: 'data', count: 4 },
      ],
    },
    7,
  ],
  ['opensearch.opster.io/OpenSearchCluster', { nodePools: [{ component: 'masters', replicas: 3 }] }, 3],
  ['minio.min.io/Tenant', { pools: [{ servers: 4, volumesPerServer: 4 }] }, 4],
  ['postgres-operator.crunchydata.com/PostgresCluster', { instances: [{ name: 'a', replicas: 2 }, { name: 'b' }] }, 3],
  ['psmdb.percona.com/PerconaServerMongoDB', { replsets: [{ name: 'rs0', size: 3 }], sharding: { enabled: false, mongos: { size: 3 } } }, 3],
  ['psmdb.percona.com/PerconaServerMongoDB', { replsets: [{ size: 3 }], sharding: { enabled: true, configsvrReplSet: { size: 3 }, mongos: { size: 2 } } }, 8],
  ['mongodb.com/MongoDB', { type: 'ReplicaSet', members: 3 }, 3],
  ['mongodb.com/MongoDB', { type: 'ShardedCluster', shardCount: 2, mongodsPerShardCount: 3, mongosCount: 2, configServerCount: 3 }, 11],
  ['mongodbcommunity.mongodb.com/MongoDBCommunity', { type: 'ReplicaSet', members: 3 }, 3],
  ['redis.redis.opstreelabs.in/RedisCluster', { clusterSize: 3 }, 6],
  ['redis.redis.opstreelabs.in/RedisCluster', { clusterSize: 3, redisLeader: { replicas: 3 }, redisFollower: { replicas: 0 } }, 3],
  ['redis.redis.opstreelabs.in/RedisReplication', { clusterSize: 2 }, 2],
  ['redis.redis.opstreelabs.in/Redis', {}, 1],
  ['databases.spotahome.com/RedisFailover', { redis: { replicas: 3 }, sentinel: { replicas: 3 } }, 3],
  ['rocketmq.apache.org/Broker', { size: 2, replicaPerGroup: 1 }, 4],
  ['rabbitmq.com/RabbitmqCluster', { replicas: 3 }, 3],
  ['pxc.percona.com/PerconaXtraDBCluster', { pxc: { size: 3 }, haproxy: { size: 2 } }, 3],
  ['postgresql.cnpg.io/Cluster', { instances: 3 }, 3],
  ['acid.zalan.do/postgresql', { numberOfInstances: 2 }, 2],
  ['nacos.io/Nacos', { type: 'cluster', replicas: 3 }, 3],
  // What is no number of members is not believed.
  ['rabbitmq.com/RabbitmqCluster', { replicas: 'three' }, undefined],
  ['rabbitmq.com/RabbitmqCluster', { replicas: 1e9 }, undefined],
  ['elasticsearch.k8s.elastic.co/Elasticsearch', { nodeSets: [{ name: 'master', count: 3 }, { name: 'data' }] }, undefined],
  ['elasticsearch.k8s.elastic.co/Elasticsearch', { nodeSets: { count: 3 } }, undefined],
];

test.each(SAMPLES)('%s of %j has %s members', (type, spec, size) => {
  expect(sizeOf(type, { spec })).toBe(size);
});

test('the rights ask for the plurals that the operators define', () => {
  const paths = JSON.stringify(operatorNeeds(MIDDLEWARE));
  for (const plural of ['kubegres', 'mongodb', 'nacos', 'redis', 'mongodbcommunity', 'redissentinels', 'rabbitmqclusters', 'elasticsearches', 'postgresqls', 'perconaservermysqls'])
    expect(paths, plural).toContain(`"${plural}"`);
});
