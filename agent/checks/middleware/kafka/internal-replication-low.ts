import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const kafkaInternalReplicationLow = defineCheck({
  id: 'kafka-internal-replication-low',
  area: 'middleware',
  product: 'kafka',
  group: 'configuration',
  title: { zh: 'Kafka 内部主题副本数不足', en: 'Kafka internal topics have too few replicas' },
  why: {
    zh: '消费位点或事务状态只有一份，所在 broker 故障时所有消费组受影响。',
    en: 'Offsets or transaction state exist in only one copy: if that broker fails, all consumer groups are affected.',
  },
  remedy: {
    zh: '执行 `kafka-topics.sh --bootstrap-server <broker> --describe --topic __consumer_offsets` 查看；用 kafka-reassign-partitions.sh 增加到 3 个副本，并设置 offsets.topic.replication.factor 与 transaction.state.log.replication.factor。',
    en: 'Run `kafka-topics.sh --bootstrap-server <broker> --describe --topic __consumer_offsets` to check; increase to three replicas with kafka-reassign-partitions.sh, and set offsets.topic.replication.factor and transaction.state.log.replication.factor.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareKafka'],
  unit: 'count',
  threshold: { leastCount: 3 },
  source: 'Apache Kafka documentation, offsets.topic.replication.factor: default 3; judged with three brokers or more',

  evaluate({ middlewareKafka: { rows } }, { leastCount }) {
    return judgeInstances(rows, ({ brokers, internalReplicas, topics }) => {
      if (brokers === undefined || topics === undefined) return 'silent';
      if (brokers < leastCount || internalReplicas === undefined) return 'other'; // no group has committed anything yet
      return internalReplicas < leastCount ? [{ observed: internalReplicas, threshold: leastCount }] : [];
    });
  },
});
