import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const kafkaConsumerLag = defineCheck({
  id: 'kafka-consumer-lag',
  area: 'middleware',
  product: 'kafka',
  group: 'load',
  title: { zh: 'Kafka 消费积压', en: 'Kafka consumer lag' },
  why: {
    zh: '处理落后于产生：业务看到的是旧数据，超过保留期的消息会丢失。',
    en: 'Consumers fall behind producers: the business sees old data, and messages past retention are lost.',
  },
  remedy: {
    zh: '执行 `kafka-consumer-groups.sh --bootstrap-server <broker> --describe --all-groups` 找出消费组；检查消费者是否存活、处理是否变慢，必要时扩容消费者与分区。',
    en: 'Run `kafka-consumer-groups.sh --bootstrap-server <broker> --describe --all-groups` to find the consumer group; check whether its consumers are alive and have slowed down, and add consumers and partitions if necessary.',
  },
  severity: 'warning',
  reads: ['middlewareKafka'],
  unit: 'count',
  threshold: { warningCount: 10_001 },
  source: 'awesome-prometheus-alerts (Kafka): KafkaConsumerLag (> 10000)',

  evaluate({ middlewareKafka: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ worstLag, groups, groupsMeasured }) => {
      if (worstLag === undefined) return 'silent';
      const violations = above(worstLag, { warning: warningCount });
      // A lag that is known in part only proves too much, never that there is none.
      return violations.length === 0 && (groupsMeasured ?? 0) < (groups ?? 0) ? 'silent' : violations;
    });
  },
});
