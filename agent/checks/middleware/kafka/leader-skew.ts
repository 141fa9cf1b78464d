import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const kafkaLeaderSkew = defineCheck({
  id: 'kafka-leader-skew',
  area: 'middleware',
  product: 'kafka',
  group: 'load',
  title: { zh: 'Kafka 分区 leader 分布不均', en: 'Kafka partition leaders unevenly distributed' },
  why: { zh: '少数 broker 承担大部分读写，先到瓶颈，其余闲着。', en: 'A few brokers handle most reads and writes and become bottlenecks, while others sit idle.' },
  remedy: {
    zh: '执行 `kafka-topics.sh --bootstrap-server <broker> --describe` 统计各 broker 的 leader；先执行 kafka-leader-election.sh 恢复首选 leader，仍不均时重新分配分区。',
    en: 'Run `kafka-topics.sh --bootstrap-server <broker> --describe` and count leaders per broker; first restore preferred leaders with kafka-leader-election.sh, then reassign partitions if the distribution is still uneven.',
  },
  severity: 'info',
  reads: ['middlewareKafka'],
  unit: 'percent',
  threshold: { infoPercent: 20 },
  source: "Cruise Control's LeaderReplicaDistributionGoal and practice: 20 % above the average; fewer than ten partitions a broker are not judged",

  evaluate({ middlewareKafka: { rows } }, { infoPercent }) {
    return judgeInstances(rows, ({ brokers, leaderSkewPercent }) =>
      brokers === 1 ? 'other' : told(leaderSkewPercent, (percent) => above(Math.floor(percent), { info: infoPercent })),
    );
  },
});
