import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const kafkaTopicSingleReplica = defineCheck({
  id: 'kafka-topic-single-replica',
  area: 'middleware',
  product: 'kafka',
  group: 'configuration',
  title: { zh: 'Kafka 主题只有一个副本', en: 'Kafka topics with only one replica' },
  why: { zh: '所在 broker 故障时主题不可用，磁盘损坏则消息丢失。', en: 'If the broker fails, the topic is unavailable; if the disk is damaged, messages are lost.' },
  remedy: {
    zh: '执行 `kafka-topics.sh --bootstrap-server <broker> --describe` 查看 ReplicationFactor；重要主题用 kafka-reassign-partitions.sh 增加到 3 个副本。',
    en: 'Run `kafka-topics.sh --bootstrap-server <broker> --describe` to see ReplicationFactor; increase important topics to three replicas with kafka-reassign-partitions.sh.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareKafka'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'Apache Kafka documentation, "Topic-Level Settings" and "Replication": one replica survives no failure; not judged with a single broker',

  evaluate({ middlewareKafka: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ brokers = 0, singleReplicaTopics }) => (brokers < 2 ? 'other' : told(singleReplicaTopics, (count) => above(count, { warning: warningCount }))));
  },
});
