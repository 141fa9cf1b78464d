import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const kafkaTopicMinIsrWeak = defineCheck({
  id: 'kafka-topic-min-isr-weak',
  area: 'middleware',
  product: 'kafka',
  group: 'configuration',
  title: { zh: 'Kafka 多副本主题的 min.insync.replicas 小于 2', en: 'Kafka replicated topics with min.insync.replicas below 2' },
  why: {
    zh: '只要一个副本写入就算成功，该 broker 故障会丢失已确认的消息。',
    en: 'A write succeeds once a single replica has it: if that broker fails, acknowledged messages are lost.',
  },
  remedy: {
    zh: '执行 `kafka-configs.sh --bootstrap-server <broker> --entity-type topics --entity-name <主题> --describe --all` 查看；将 min.insync.replicas 设为 2（3 副本），生产者使用 acks=all。',
    en: 'Run `kafka-configs.sh --bootstrap-server <broker> --entity-type topics --entity-name <topic> --describe --all` to check; set min.insync.replicas to 2 (with three replicas), and use acks=all in producers.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareKafka'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'Apache Kafka documentation, min.insync.replicas: "a typical scenario" is 3 replicas, 2 in sync, acks=all; not judged with a single broker',

  evaluate({ middlewareKafka: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ brokers = 0, weakMinIsrTopics }) => (brokers < 2 ? 'other' : told(weakMinIsrTopics, (count) => above(count, { warning: warningCount }))));
  },
});
