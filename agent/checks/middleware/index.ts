import type { Check } from '../check.ts';
import { COMMON_CHECKS } from './common/index.ts';
import { ELASTICSEARCH_CHECKS } from './elasticsearch/index.ts';
import { ETCD_SERVER_CHECKS } from './etcd-server/index.ts';
import { KAFKA_CHECKS } from './kafka/index.ts';
import { MINIO_CHECKS } from './minio/index.ts';
import { MONGODB_CHECKS } from './mongodb/index.ts';
import { MYSQL_CHECKS } from './mysql/index.ts';
import { NACOS_CHECKS } from './nacos/index.ts';
import { NGINX_CHECKS } from './nginx/index.ts';
import { POSTGRESQL_CHECKS } from './postgresql/index.ts';
import { RABBITMQ_CHECKS } from './rabbitmq/index.ts';
import { REDIS_CHECKS } from './redis/index.ts';
import { ROCKETMQ_CHECKS } from './rocketmq/index.ts';
import { THS_CHECKS } from './ths/index.ts';
import { TLQ_CHECKS } from './tlq/index.ts';
import { TOMCAT_CHECKS } from './tomcat/index.ts';
import { TONGRDS_CHECKS } from './tongrds/index.ts';
import { TONGWEB_CHECKS } from './tongweb/index.ts';
import { ZOOKEEPER_CHECKS } from './zookeeper/index.ts';

/** Checks of middleware: those that hold for every product, then one line for each product. */
export const MIDDLEWARE_CHECKS: readonly Check[] = [
  // one line each
  ...COMMON_CHECKS,
  ...ELASTICSEARCH_CHECKS,
  ...ETCD_SERVER_CHECKS,
  ...MINIO_CHECKS,
  ...MONGODB_CHECKS,
  ...KAFKA_CHECKS,
  ...MYSQL_CHECKS,
  ...NACOS_CHECKS,
  ...NGINX_CHECKS,
  ...POSTGRESQL_CHECKS,
  ...RABBITMQ_CHECKS,
  ...REDIS_CHECKS,
  ...ROCKETMQ_CHECKS,
  ...THS_CHECKS,
  ...TLQ_CHECKS,
  ...TOMCAT_CHECKS,
  ...TONGRDS_CHECKS,
  ...TONGWEB_CHECKS,
  ...ZOOKEEPER_CHECKS,
];
