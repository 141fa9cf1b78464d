import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const kafkaAuthorizerOff = defineCheck({
  id: 'kafka-authorizer-off',
  area: 'middleware',
  product: 'kafka',
  group: 'configuration',
  title: { zh: 'Kafka 未启用授权', en: 'Kafka authorization disabled' },
  why: { zh: '能连上的任何客户端都可读写、删除任意主题。', en: 'Any client that can connect can read, write or delete any topic.' },
  remedy: {
    zh: '执行 `kafka-configs.sh --bootstrap-server <broker> --entity-type brokers --entity-name <编号> --describe --all` 查看 authorizer.class.name；KRaft 使用 StandardAuthorizer，ZooKeeper 模式使用 AclAuthorizer，先为现有客户端授权再启用。',
    en: 'Run `kafka-configs.sh --bootstrap-server <broker> --entity-type brokers --entity-name <id> --describe --all` to see authorizer.class.name; use StandardAuthorizer (KRaft) or AclAuthorizer (ZooKeeper), and grant existing clients their permissions before enabling it.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareKafka'],
  unit: 'value',
  threshold: {},
  source: 'Apache Kafka documentation, "Security: Authorization and ACLs"',

  evaluate({ middlewareKafka: { rows } }) {
    return judgeInstances(rows, ({ authorizer }) => wrongWhen(authorizer === undefined ? undefined : !authorizer));
  },
});
