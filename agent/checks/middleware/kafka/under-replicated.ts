import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const kafkaUnderReplicated = defineCheck({
  id: 'kafka-under-replicated',
  area: 'middleware',
  product: 'kafka',
  group: 'load',
  title: { zh: 'Kafka 分区副本不同步', en: 'Kafka partitions with out-of-sync replicas' },
  why: { zh: '冗余不足，再坏一个 broker 可能丢数据或不可用。', en: 'Redundancy is reduced, and another broker failure may lose data or make partitions unavailable.' },
  remedy: {
    zh: '执行 `kafka-topics.sh --bootstrap-server <broker> --describe --under-replicated-partitions`；检查落后 broker 的磁盘、网络与 GC，必要时增加 num.replica.fetchers。',
    en: 'Run `kafka-topics.sh --bootstrap-server <broker> --describe --under-replicated-partitions`; check disk, network and GC on the lagging broker, and increase num.replica.fetchers if necessary.',
  },
  severity: 'warning',
  reads: ['middlewareKafka'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'Apache Kafka documentation, "Monitoring": UnderReplicatedPartitions is 0',

  evaluate({ middlewareKafka: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ underReplicated }) => told(underReplicated, (count) => above(count, { warning: warningCount })));
  },
});
