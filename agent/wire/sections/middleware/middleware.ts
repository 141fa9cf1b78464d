/** Sections about middleware: three about all instances, and one for each product. */
import { middleware, middlewareDrift, middlewareSettings } from './inventory.ts';
import { middlewareMysql } from './mysql.ts';
import { middlewarePostgresql } from './postgresql.ts';
import { middlewareRabbitmq } from './rabbitmq.ts';
import { middlewareRedis } from './redis.ts';
import { middlewareTongweb } from './tongweb.ts';

export const MIDDLEWARE_SECTIONS = {
  middleware,
  middlewareSettings,
  middlewareDrift,
  middlewareMysql,
  middlewarePostgresql,
  middlewareRabbitmq,
  middlewareRedis,
  middlewareTongweb,
} as const;
