/** Sections about middleware: three about all instances, and one for each product. */

import { middlewareElasticsearch } from './elasticsearch.ts';
import { middlewareEtcdServer } from './etcd-server.ts';
import { middleware, middlewareDrift, middlewareSettings } from './inventory.ts';
import { middlewareKafka } from './kafka.ts';
import { middlewareMinio } from './minio.ts';
import { middlewareMongodb } from './mongodb.ts';
import { middlewareMysql } from './mysql.ts';
import { middlewareNacos } from './nacos.ts';
import { middlewareNginx } from './nginx.ts';
import { middlewarePostgresql } from './postgresql.ts';
import { middlewareRabbitmq } from './rabbitmq.ts';
import { middlewareRedis } from './redis.ts';
import { middlewareRocketmq } from './rocketmq.ts';
import { middlewareThs } from './ths.ts';
import { middlewareTlq } from './tlq.ts';
import { middlewareTomcat } from './tomcat.ts';
import { middlewareTongrds } from './tongrds.ts';
import { middlewareTongweb } from './tongweb.ts';
import { middlewareZookeeper } from './zookeeper.ts';

export const MIDDLEWARE_SECTIONS = {
  middleware,
  middlewareSettings,
  middlewareDrift,
  middlewareMysql,
  middlewarePostgresql,
  middlewareRabbitmq,
  middlewareEtcdServer,
  middlewareZookeeper,
  middlewareKafka,
  middlewareNacos,
  middlewareRocketmq,
  middlewareNginx,
  middlewareElasticsearch,
  middlewareMinio,
  middlewareMongodb,
  middlewareRedis,
  middlewareThs,
  middlewareTlq,
  middlewareTomcat,
  middlewareTongrds,
  middlewareTongweb,
} as const;
