import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const kafkaQuorumVoterBehind = defineCheck({
  id: 'kafka-quorum-voter-behind',
  area: 'middleware',
  product: 'kafka',
  group: 'load',
  title: { zh: 'Kafka 控制器仲裁成员落后', en: 'Kafka controller quorum voter lagging' },
  why: { zh: '控制器切换时该成员接不上，容错实际少了一份。', en: 'It could not take over in a controller failover, so one failure fewer is tolerated.' },
  remedy: {
    zh: '执行 `kafka-metadata-quorum.sh --bootstrap-server <broker> describe --replication` 查看 Lag 与 LastCaughtUpTimestamp；检查该控制器是否存活及其磁盘与网络。',
    en: 'Run `kafka-metadata-quorum.sh --bootstrap-server <broker> describe --replication` to see Lag and LastCaughtUpTimestamp; check whether that controller is running, and its disk and network.',
  },
  severity: 'warning',
  reads: ['middlewareKafka'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'Apache Kafka documentation, controller.quorum.fetch.timeout.ms: 2 s without a fetch loses the leader; twice that is behind',

  evaluate({ middlewareKafka: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ mode, quorumBehind }) => (mode === 'zookeeper' ? 'other' : told(quorumBehind, (count) => above(count, { warning: warningCount }))));
  },
});
