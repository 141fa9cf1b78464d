import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const kafkaUncleanElection = defineCheck({
  id: 'kafka-unclean-election',
  area: 'middleware',
  product: 'kafka',
  group: 'configuration',
  title: { zh: 'Kafka 主题允许不洁选举', en: 'Kafka topics allow unclean leader election' },
  why: { zh: '落后的副本可以成为 leader，已确认的消息会丢失。', en: 'A lagging replica may become leader, and acknowledged messages are then lost.' },
  remedy: {
    zh: '执行 `kafka-configs.sh --bootstrap-server <broker> --entity-type topics --describe --all` 查看 unclean.leader.election.enable；除非可以接受丢失已确认的消息，改为 false。',
    en: 'Run `kafka-configs.sh --bootstrap-server <broker> --entity-type topics --describe --all` to see unclean.leader.election.enable; set it to false unless losing acknowledged messages is acceptable.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareKafka'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'Apache Kafka documentation, unclean.leader.election.enable: "may result in data loss"',

  evaluate({ middlewareKafka: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ uncleanTopics }) => told(uncleanTopics, (count) => above(count, { warning: warningCount })));
  },
});
