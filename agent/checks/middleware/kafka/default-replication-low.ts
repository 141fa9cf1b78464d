import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const kafkaDefaultReplicationLow = defineCheck({
  id: 'kafka-default-replication-low',
  area: 'middleware',
  product: 'kafka',
  group: 'configuration',
  title: { zh: 'Kafka 新主题的默认副本数不足', en: 'Kafka default replication factor too low' },
  why: {
    zh: '以后新建的主题没有足够的副本，一个 broker 故障就丢数据或不可用。',
    en: 'New topics will have too few replicas, so one broker failure loses data or makes them unavailable.',
  },
  remedy: {
    zh: '执行 `kafka-configs.sh --bootstrap-server <broker> --entity-type brokers --entity-name <编号> --describe --all` 查看 default.replication.factor；三个及以上 broker 时设为 3。',
    en: 'Run `kafka-configs.sh --bootstrap-server <broker> --entity-type brokers --entity-name <id> --describe --all` to see default.replication.factor; set it to 3 if there are three or more brokers.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareKafka'],
  unit: 'count',
  threshold: { leastCount: 3 },
  source: 'Confluent, "Running Kafka in Production": default.replication.factor=3; judged with three brokers or more',

  evaluate({ middlewareKafka: { rows } }, { leastCount }) {
    return judgeInstances(rows, ({ brokers, defaultReplicas }) => {
      if (brokers !== undefined && brokers < leastCount) return 'other';
      return told(defaultReplicas, (count) => (count < leastCount ? [{ observed: count, threshold: leastCount }] : []));
    });
  },
});
