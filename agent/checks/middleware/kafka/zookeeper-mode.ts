import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const kafkaZookeeperMode = defineCheck({
  id: 'kafka-zookeeper-mode',
  area: 'middleware',
  product: 'kafka',
  group: 'configuration',
  title: { zh: 'Kafka 仍使用 ZooKeeper 模式', en: 'Kafka still in ZooKeeper mode' },
  why: { zh: 'Kafka 4.0 已移除该模式，不先迁移到 KRaft 就不能升级。', en: 'Kafka 4.0 removed this mode: you cannot upgrade without migrating to KRaft first.' },
  remedy: {
    zh: '执行 `kafka-broker-api-versions.sh --version` 确认版本；ZooKeeper 模式止于 3.9，先升级到 3.9，再按官方步骤迁移到 KRaft，然后升级到 4.x。',
    en: 'Run `kafka-broker-api-versions.sh --version` to confirm the version; ZooKeeper mode ends with 3.9, so upgrade to that release first, migrate to KRaft following the official steps, then upgrade to 4.x.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareKafka'],
  unit: 'value',
  threshold: {},
  source: 'Apache Kafka 4.0 release notes: ZooKeeper mode was removed; 3.9 is the last with it',

  evaluate({ middlewareKafka: { rows } }) {
    return judgeInstances(rows, ({ mode }) => (mode === 'unknown' ? 'silent' : mode === 'zookeeper' ? [{}] : []));
  },
});
