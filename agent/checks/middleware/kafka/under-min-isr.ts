import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const kafkaUnderMinIsr = defineCheck({
  id: 'kafka-under-min-isr',
  area: 'middleware',
  product: 'kafka',
  group: 'load',
  title: { zh: 'Kafka 分区的同步副本少于 min.insync.replicas', en: 'Kafka partitions below min.insync.replicas' },
  why: { zh: '要求 acks=all 的写入现在会失败，业务消息发不出去。', en: 'Writes that require acks=all now fail, and business messages cannot be sent.' },
  remedy: {
    zh: '执行 `kafka-topics.sh --bootstrap-server <broker> --describe --under-min-isr-partitions`；这些分区已拒绝 acks=all 的写入，尽快恢复副本所在的 broker。',
    en: 'Run `kafka-topics.sh --bootstrap-server <broker> --describe --under-min-isr-partitions`; these partitions refuse acks=all writes, so recover the brokers that hold their replicas as soon as possible.',
  },
  severity: 'critical',
  reads: ['middlewareKafka'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'Apache Kafka documentation, "Monitoring": UnderMinIsrPartitionCount is 0',

  evaluate({ middlewareKafka: { rows } }, { criticalCount }) {
    return judgeInstances(rows, ({ underMinIsr }) => told(underMinIsr, (count) => above(count, { critical: criticalCount })));
  },
});
