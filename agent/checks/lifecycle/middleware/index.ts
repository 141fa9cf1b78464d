/** Lifecycles by product: one line each. A product without one answers `unknown`. */
import type { Product } from '../../../wire/sections/middleware/products.ts';
import type { ProductLifecycle } from './lifecycle.ts';
import { MYSQL_LIFECYCLE } from './mysql.ts';
import { POSTGRESQL_LIFECYCLE } from './postgresql.ts';
import { RABBITMQ_LIFECYCLE } from './rabbitmq.ts';
import { REDIS_LIFECYCLE } from './redis.ts';

export const MIDDLEWARE_LIFECYCLES: Readonly<Partial<Record<Product, ProductLifecycle>>> = {
  mysql: MYSQL_LIFECYCLE,
  postgresql: POSTGRESQL_LIFECYCLE,
  rabbitmq: RABBITMQ_LIFECYCLE,
  redis: REDIS_LIFECYCLE,
};
