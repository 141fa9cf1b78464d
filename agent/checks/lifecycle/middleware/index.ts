/** Lifecycles by product: one line each. A product without one answers `unknown`. */
import type { Product } from '../../../wire/sections/middleware/products.ts';
import { extended, learnedLifecycles } from '../extension.ts';
import { ELASTICSEARCH_LIFECYCLE } from './elasticsearch.ts';
import { ETCD_SERVER_LIFECYCLE } from './etcd-server.ts';
import { KAFKA_LIFECYCLE } from './kafka.ts';
import type { ProductLifecycle } from './lifecycle.ts';
import { MINIO_LIFECYCLE } from './minio.ts';
import { MONGODB_LIFECYCLE } from './mongodb.ts';
import { MYSQL_LIFECYCLE } from './mysql.ts';
import { NACOS_LIFECYCLE } from './nacos.ts';
import { NGINX_LIFECYCLE } from './nginx.ts';
import { POSTGRESQL_LIFECYCLE } from './postgresql.ts';
import { RABBITMQ_LIFECYCLE } from './rabbitmq.ts';
import { REDIS_LIFECYCLE } from './redis.ts';
import { ROCKETMQ_LIFECYCLE } from './rocketmq.ts';
import { TOMCAT_LIFECYCLE } from './tomcat.ts';
import { ZOOKEEPER_LIFECYCLE } from './zookeeper.ts';

export const MIDDLEWARE_LIFECYCLES: Readonly<Partial<Record<Product, ProductLifecycle>>> = {
  mysql: MYSQL_LIFECYCLE,
  postgresql: POSTGRESQL_LIFECYCLE,
  rabbitmq: RABBITMQ_LIFECYCLE,
  'etcd-server': ETCD_SERVER_LIFECYCLE,
  rocketmq: ROCKETMQ_LIFECYCLE,
  nacos: NACOS_LIFECYCLE,
  kafka: KAFKA_LIFECYCLE,
  zookeeper: ZOOKEEPER_LIFECYCLE,
  nginx: NGINX_LIFECYCLE,
  elasticsearch: ELASTICSEARCH_LIFECYCLE,
  minio: MINIO_LIFECYCLE,
  mongodb: MONGODB_LIFECYCLE,
  redis: REDIS_LIFECYCLE,
  tomcat: TOMCAT_LIFECYCLE,
};

/** Whoever signed the pack answers for its rows. */
const FROM_PACK = { source: 'rule pack', checked: '' } as const;
/** Those of the applied rule pack included. */
export function middlewareLifecycle(product: Product): ProductLifecycle | undefined {
  const known = MIDDLEWARE_LIFECYCLES[product];
  const learned = learnedLifecycles().middleware?.[product];
  if (learned === undefined) return known;
  const { releases, advisories } = known ?? { releases: [], advisories: [] };
  return {
    ...(known ?? { asOf: '', sources: [] }),
    releases: extended(
      releases,
      learned.releases?.map((row) => ({ ...row, ...FROM_PACK })),
      ({ release }) => release,
    ),
    advisories: extended(
      advisories,
      learned.advisories?.map(({ from, ...rest }) => ({ ...rest, ...FROM_PACK, ...(from !== undefined && { from }) })),
      ({ id }) => id,
    ),
  };
}
