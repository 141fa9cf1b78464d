import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const kafkaRetentionUnlimited = defineCheck({
  id: 'kafka-retention-unlimited',
  area: 'middleware',
  product: 'kafka',
  group: 'configuration',
  title: { zh: 'Kafka 主题不限保留时间与大小', en: 'Kafka topics with unlimited retention' },
  why: { zh: '数据只增不减，磁盘终会写满，broker 随之停止。', en: 'Data only grows: the disk will eventually fill up, and the broker will stop.' },
  remedy: {
    zh: '执行 `kafka-configs.sh --bootstrap-server <broker> --entity-type topics --describe` 查看 retention.ms 与 retention.bytes；按业务设置其一，否则磁盘终将写满。',
    en: 'Run `kafka-configs.sh --bootstrap-server <broker> --entity-type topics --describe` to see retention.ms and retention.bytes; set one of them as the business requires, or the disk will eventually fill up.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareKafka'],
  unit: 'count',
  threshold: { infoCount: 1 },
  source: 'Apache Kafka documentation, "Topic-Level Settings": with both at -1 nothing is ever deleted',

  evaluate({ middlewareKafka: { rows } }, { infoCount }) {
    return judgeInstances(rows, ({ unlimitedTopics }) => told(unlimitedTopics, (count) => above(count, { info: infoCount })));
  },
});
