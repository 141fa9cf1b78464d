import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const kafkaAutoCreateTopics = defineCheck({
  id: 'kafka-auto-create-topics',
  area: 'middleware',
  product: 'kafka',
  group: 'configuration',
  title: { zh: 'Kafka 自动创建主题', en: 'Kafka automatic topic creation enabled' },
  why: {
    zh: '一个写错的名字就会建出参数不当的主题，数据进了没人消费的地方。',
    en: 'A misspelt name creates a topic with unsuitable settings, and data goes where nobody consumes it.',
  },
  remedy: {
    zh: '执行 `kafka-configs.sh --bootstrap-server <broker> --entity-type brokers --entity-name <编号> --describe --all` 查看 auto.create.topics.enable；改为 false，由管理流程创建主题，避免拼写错误产生单副本主题。',
    en: 'Run `kafka-configs.sh --bootstrap-server <broker> --entity-type brokers --entity-name <id> --describe --all` to see auto.create.topics.enable; set it to false and create topics through a managed process, so that typos do not create single-replica topics.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareKafka'],
  unit: 'value',
  threshold: {},
  source: 'Confluent, "Running Kafka in Production": auto.create.topics.enable=false; reports-middleware (b)',

  evaluate({ middlewareKafka: { rows } }) {
    return judgeInstances(rows, ({ autoCreatesTopics }) => wrongWhen(autoCreatesTopics));
  },
});
