import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const kafkaOfflinePartitions = defineCheck({
  id: 'kafka-offline-partitions',
  area: 'middleware',
  product: 'kafka',
  group: 'load',
  title: { zh: 'Kafka 存在没有 leader 的分区', en: 'Kafka partitions without a leader' },
  why: { zh: '这些分区不能读也不能写，生产者报错，消息可能丢失。', en: 'They cannot be read or written: producers get errors, and messages may be lost.' },
  remedy: {
    zh: '执行 `kafka-topics.sh --bootstrap-server <broker> --describe --unavailable-partitions` 找出分区；恢复其副本所在的 broker，确认数据丢失可接受之前不要启用不洁选举。',
    en: 'Run `kafka-topics.sh --bootstrap-server <broker> --describe --unavailable-partitions`; recover the brokers that hold their replicas, and do not enable unclean leader election until you have confirmed that data loss is acceptable.',
  },
  severity: 'critical',
  reads: ['middlewareKafka'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'Apache Kafka documentation, "Monitoring": OfflinePartitionsCount is 0',

  evaluate({ middlewareKafka: { rows } }, { criticalCount }) {
    return judgeInstances(rows, ({ offlinePartitions }) => told(offlinePartitions, (count) => above(count, { critical: criticalCount })));
  },
});
