/** How Redis (and Valkey) is recognised. */
import { defineProduct } from '../product.ts';

export const REDIS = defineProduct({
  product: 'redis',
  section: 'middlewareRedis',
  title: 'Redis',
  signature: {
    images: [/^((bitnami|library|dragonwell|percona)-)?(redis|valkey)(-(stack|stack-server|server|sentinel|cluster|ha|failover))?$/],
    imageVersion: (name, tag) => (name.includes('valkey') ? undefined : tag), // releases of its own, which are not Redis'
    labels: ['redis', 'redis-cluster', 'redis-sentinel', 'valkey', 'redis-ha'],
    operators: [
      'databases.spotahome.com/RedisFailover',
      'redis.redis.opstreelabs.in/Redis',
      'redis.redis.opstreelabs.in/RedisCluster',
      'redis.redis.opstreelabs.in/RedisReplication',
      'redis.redis.opstreelabs.in/RedisSentinel',
    ],
    ports: [6379, 26379],
    processes: ['redis-server', 'redis-sentinel', 'valkey-server', 'valkey-sentinel'],
    portArgument: /\b(?:redis|valkey)-(?:server|sentinel) \S*:(\d{1,5})\b/, // as it titles itself
  },
  needs: [{ network: 'RESP (6379, 26379): INFO, CONFIG GET, CLUSTER INFO, SLOWLOG LEN, SENTINEL MASTERS/CKQUORUM' }],
  load: async () => (await import('./gatherer.ts')).redisGatherer,
});
