import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const kafkaQuorumVotersFew = defineCheck({
  id: 'kafka-quorum-voters-few',
  area: 'middleware',
  product: 'kafka',
  group: 'configuration',
  title: { zh: 'Kafka 控制器仲裁成员数不合理', en: 'Unsuitable Kafka controller quorum size' },
  why: {
    zh: '少于三个或偶数时，坏一个就可能失去多数，集群无法变更。',
    en: 'With fewer than three or an even number, one failure may lose the majority and block all cluster changes.',
  },
  remedy: {
    zh: '执行 `kafka-metadata-quorum.sh --bootstrap-server <broker> describe --status` 查看 CurrentVoters；生产环境使用 3 或 5 个控制器，偶数不增加可容忍的故障数。',
    en: 'Run `kafka-metadata-quorum.sh --bootstrap-server <broker> describe --status` to see CurrentVoters; use three or five controllers in production, because an even number adds no fault tolerance.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareKafka'],
  unit: 'count',
  threshold: { leastCount: 3 },
  source: 'Apache Kafka documentation, "KRaft": three or five controllers; a single broker is not judged',

  evaluate({ middlewareKafka: { rows } }, { leastCount }) {
    return judgeInstances(rows, ({ mode, brokers, quorumVoters }) => {
      if (mode === 'zookeeper' || brokers === 1) return 'other';
      return told(quorumVoters, (count) => (count < leastCount || count % 2 === 0 ? [{ observed: count, threshold: leastCount }] : []));
    });
  },
});
