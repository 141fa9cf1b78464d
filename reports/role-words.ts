/** Roles of a machine as readers call them. */
import type { Locale, Text } from '../agent/wire/vocabulary.ts';
import { say } from './format.ts';

const ROLE_WORDS: Readonly<Record<string, Text>> = {
  any: { zh: '所有主机', en: 'every machine' },
  'kubernetes-node': { zh: 'Kubernetes 节点', en: 'Kubernetes node' },
  redis: { zh: 'Redis', en: 'Redis' },
  mysql: { zh: 'MySQL', en: 'MySQL' },
  postgresql: { zh: 'PostgreSQL', en: 'PostgreSQL' },
  mongodb: { zh: 'MongoDB', en: 'MongoDB' },
  'other-database': { zh: '其他数据库', en: 'other database' },
  elasticsearch: { zh: 'Elasticsearch', en: 'Elasticsearch' },
  kafka: { zh: 'Kafka', en: 'Kafka' },
  rabbitmq: { zh: 'RabbitMQ', en: 'RabbitMQ' },
  'java-server': { zh: 'Java 应用服务器', en: 'Java application server' },
  tonglinkq: { zh: 'TongLINK/Q', en: 'TongLINK/Q' },
  nginx: { zh: 'nginx', en: 'nginx' },
  tonghttpserver: { zh: 'TongHttpServer', en: 'TongHttpServer' },
};

export function rolesWords(roles: readonly string[], locale: Locale): string {
  return roles.map((role) => ROLE_WORDS[role]?.[locale] ?? role).join(say(locale, '、', ', '));
}
/** Behind the machine that a finding is about: which of its roles ask for what is missing. */
export function askedByWords(roles: readonly string[] | undefined, locale: Locale): string {
  return roles === undefined || roles.length === 0 ? '' : say(locale, `（要求方：${rolesWords(roles, locale)}）`, ` (required by ${rolesWords(roles, locale)})`);
}
