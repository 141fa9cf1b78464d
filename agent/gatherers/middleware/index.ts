/** Every product that can be inspected: one line each. Light: what inspects, and its driver, is loaded when an instance exists. */

import { ELASTICSEARCH } from './elasticsearch/elasticsearch.ts';
import { ETCD_SERVER } from './etcd-server/etcd-server.ts';
import { MINIO } from './minio/minio.ts';
import { MONGODB } from './mongodb/mongodb.ts';
import { MYSQL } from './mysql/mysql.ts';
import { NGINX } from './nginx/nginx.ts';
import { POSTGRESQL } from './postgresql/postgresql.ts';
import type { ProductDefinition } from './product.ts';
import { RABBITMQ } from './rabbitmq/rabbitmq.ts';
import { REDIS } from './redis/redis.ts';
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
  MYSQL,
  NGINX,
  POSTGRESQL,
  RABBITMQ,
  REDIS,
  THS,
  TLQ,
  TOMCAT,
  TONGRDS,
  TONGWEB,
  ZOOKEEPER,
];
