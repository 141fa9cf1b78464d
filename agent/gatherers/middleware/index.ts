/** Every product that can be inspected: one line each. Light: what inspects, and its driver, is loaded when an instance exists. */

import { ELASTICSEARCH } from './elasticsearch/elasticsearch.ts';
import { ETCD_SERVER } from './etcd-server/etcd-server.ts';
import { KAFKA } from './kafka/kafka.ts';
import { MINIO } from './minio/minio.ts';
import { MONGODB } from './mongodb/mongodb.ts';
import { MYSQL } from './mysql/mysql.ts';
import { NACOS } from './nacos/nacos.ts';
import { NGINX } from './nginx/nginx.ts';
import { POSTGRESQL } from './postgresql/postgresql.ts';
import type { ProductDefinition } from './product.ts';
import { RABBITMQ } from './rabbitmq/rabbitmq.ts';
import { REDIS } from './redis/redis.ts';
import { ROCKETMQ } from './rocketmq/rocketmq.ts';
import { THS } from './ths/ths.ts';
import { TLQ } from './tlq/tlq.ts';
import { TOMCAT } from './tomcat/tomcat.ts';
import { TONGRDS } from './tongrds/tongrds.ts';
import { TONGWEB } from './tongweb/tongweb.ts';
import { ZOOKEEPER } from './zookeeper/zookeeper.ts';

export const MIDDLEWARE: readonly ProductDefinition[] = [
  // one line each
  ELASTICSEARCH,
  ETCD_SERVER,
  MINIO,
  MONGODB,
  KAFKA,
  MYSQL,
  NACOS,
  NGINX,
  POSTGRESQL,
  RABBITMQ,
  REDIS,
  ROCKETMQ,
  THS,
  TLQ,
  TOMCAT,
  TONGRDS,
  TONGWEB,
  ZOOKEEPER,
];
