import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const kafkaBrokerAbsent = defineCheck({
  id: 'kafka-broker-absent',
  area: 'middleware',
  product: 'kafka',
  group: 'load',
  title: { zh: 'Kafka broker 缺失', en: 'Kafka broker missing' },
  why: { zh: '它承担的分区少了一份副本，再坏一个可能中断或丢数据。', en: 'Its partitions have one replica fewer, and another failure may interrupt service or lose data.' },
  remedy: {
    zh: '执行 `kafka-broker-api-versions.sh --bootstrap-server <broker>` 列出已注册的 broker，与副本分配中的编号比对；查看缺失 broker 的日志并启动，长期下线的用 kafka-reassign-partitions.sh 迁走副本。',
    en: "Run `kafka-broker-api-versions.sh --bootstrap-server <broker>` to list the registered brokers and compare them with the IDs in the replica assignment; read the missing broker's log and start it, or move its replicas with kafka-reassign-partitions.sh if it is gone for good.",
  },
  severity: 'critical',
  reads: ['middlewareKafka'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'Apache Kafka documentation, "Monitoring": brokers that hold replicas must be registered; awesome-prometheus-alerts (Kafka): broker count',

  evaluate({ middlewareKafka: { rows } }, { criticalCount }) {
    return judgeInstances(rows, ({ brokersAbsent }) => told(brokersAbsent, (count) => above(count, { critical: criticalCount })));
  },
});
