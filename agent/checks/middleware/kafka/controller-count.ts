import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const kafkaControllerCount = defineCheck({
  id: 'kafka-controller-count',
  area: 'middleware',
  product: 'kafka',
  group: 'load',
  title: { zh: 'Kafka 活动控制器数量不为 1', en: 'Number of active Kafka controllers is not one' },
  why: {
    zh: '没有控制器时分区无法选主、主题无法变更；多于一个则状态冲突。',
    en: 'With none, no partition leader can be elected and no topic changed; with several, their states conflict.',
  },
  remedy: {
    zh: 'KRaft 执行 `kafka-metadata-quorum.sh --bootstrap-server <broker> describe --status`，ZooKeeper 模式执行 `zookeeper-shell.sh <zk> get /controller`；检查控制器日志与到仲裁（或 ZooKeeper）的网络，出现多个时先排除网络分区。',
    en: 'With KRaft run `kafka-metadata-quorum.sh --bootstrap-server <broker> describe --status`, with ZooKeeper `zookeeper-shell.sh <zk> get /controller`; check the controller logs and the network to the quorum (or ZooKeeper). If there are several, rule out a network partition first.',
  },
  severity: 'critical',
  reads: ['middlewareKafka'],
  unit: 'count',
  threshold: {},
  source: 'Apache Kafka documentation, "Monitoring": ActiveControllerCount is 1 over the cluster; awesome-prometheus-alerts (Kafka)',

  evaluate({ middlewareKafka: { rows } }) {
    return judgeInstances(rows, ({ controllers }) => told(controllers, (count) => (count === 1 ? [] : [{ observed: count, threshold: 1 }])));
  },
});
