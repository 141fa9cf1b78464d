/** The allow-listed settings of every product: one line each. */

import { ELASTICSEARCH_SETTINGS } from './elasticsearch.ts';
import { ETCD_SERVER_SETTINGS } from './etcd-server.ts';
import { KAFKA_SETTINGS } from './kafka.ts';
import { MINIO_SETTINGS } from './minio.ts';
import { MONGODB_SETTINGS } from './mongodb.ts';
import { MYSQL_SETTINGS } from './mysql.ts';
import { NACOS_SETTINGS } from './nacos.ts';
import { NGINX_SETTINGS } from './nginx.ts';
import { POSTGRESQL_SETTINGS } from './postgresql.ts';
import type { Product } from './products.ts';
import { RABBITMQ_SETTINGS } from './rabbitmq.ts';
import { REDIS_SETTINGS } from './redis.ts';
import { ROCKETMQ_SETTINGS } from './rocketmq.ts';
import type { SettingTypes, SettingUnit } from './settings.ts';
import { TOMCAT_SETTINGS } from './tomcat.ts';
import { TONGWEB_SETTINGS } from './tongweb.ts';
import { ZOOKEEPER_SETTINGS } from './zookeeper.ts';

export const PRODUCT_SETTINGS: Readonly<Partial<Record<Product, SettingTypes>>> = {
  mysql: MYSQL_SETTINGS,
  postgresql: POSTGRESQL_SETTINGS,
  rabbitmq: RABBITMQ_SETTINGS,
  'etcd-server': ETCD_SERVER_SETTINGS,
  rocketmq: ROCKETMQ_SETTINGS,
  nacos: NACOS_SETTINGS,
  kafka: KAFKA_SETTINGS,
  zookeeper: ZOOKEEPER_SETTINGS,
  nginx: NGINX_SETTINGS,
  elasticsearch: ELASTICSEARCH_SETTINGS,
  minio: MINIO_SETTINGS,
  mongodb: MONGODB_SETTINGS,
  redis: REDIS_SETTINGS,
  tomcat: TOMCAT_SETTINGS,
  tongweb: TONGWEB_SETTINGS,
};

/** What the numbers of a setting are in; products that share a key share its unit. */
export function settingUnit(key: string): SettingUnit | undefined {
  const types = Object.values(PRODUCT_SETTINGS).flatMap((settings) => (Object.hasOwn(settings, key) ? (settings[key] ?? []) : []));
  return types.flatMap((type) => (type.type === 'number' ? (type.unit ?? []) : []))[0];
}
