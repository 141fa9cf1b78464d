import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const kafkaPreferredLeader = defineCheck({
  id: 'kafka-preferred-leader',
  area: 'middleware',
  product: 'kafka',
  group: 'load',
  title: { zh: 'Kafka 首选 leader 未恢复', en: 'Kafka preferred leaders not restored' },
  why: { zh: '重启后负载没有恢复均衡，部分 broker 偏忙。', en: 'The load was not rebalanced after a restart, and some brokers are busier than others.' },
  remedy: {
    zh: '执行 `kafka-topics.sh --bootstrap-server <broker> --describe` 对比 Leader 与 Replicas 的第一个；确认 auto.leader.rebalance.enable，或执行 kafka-leader-election.sh --election-type preferred。',
    en: 'Run `kafka-topics.sh --bootstrap-server <broker> --describe` and compare Leader with the first entry of Replicas; check auto.leader.rebalance.enable, or run kafka-leader-election.sh --election-type preferred.',
  },
  severity: 'info',
  reads: ['middlewareKafka'],
  unit: 'percent',
  threshold: { infoPercent: 11 },
  source: 'Apache Kafka documentation, leader.imbalance.per.broker.percentage: default 10 %, above which brokers rebalance by themselves',

  evaluate({ middlewareKafka: { rows } }, { infoPercent }) {
    return judgeInstances(rows, ({ notPreferred, partitions }) =>
      notPreferred === undefined || partitions === undefined ? 'silent' : partitions === 0 ? [] : above(Math.floor((notPreferred / partitions) * 100), { info: infoPercent }),
    );
  },
});
