import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const rocketmqConsumerLag = defineCheck({
  id: 'rocketmq-consumer-lag',
  area: 'middleware',
  product: 'rocketmq',
  group: 'load',
  title: { zh: 'RocketMQ 消费积压', en: 'RocketMQ consumer lag' },
  why: { zh: '处理落后，业务看到的是旧数据，超过保留期的消息会丢失。', en: 'Processing falls behind: applications see old data, and messages past the retention period are lost.' },
  remedy: {
    zh: '执行 `mqadmin consumerProgress -n <名字服务>` 找出消费组；检查消费者是否在线、消费是否变慢，必要时扩容消费者或队列数。',
    en: 'Run `mqadmin consumerProgress -n <name server>` to find the group; check whether its consumers are online and keeping up, and add consumers or queues if necessary.',
  },
  severity: 'warning',
  reads: ['middlewareRocketmq'],
  unit: 'count',
  threshold: { warningCount: 100_001 },
  source: 'apache/rocketmq-exporter and awesome-prometheus-alerts; reports-middleware: rocketmq_group_diff > 100 000',

  evaluate({ middlewareRocketmq: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ worstLag, brokersAsked = 0, masters = 0, slaves = 0 }) => {
      if (worstLag === undefined) return 'silent';
      const violations = above(worstLag, { warning: warningCount });
      // Queues of brokers that were not asked are not counted: too much is proved, too little is not.
      return violations.length === 0 && brokersAsked < masters + slaves ? 'silent' : violations;
    });
  },
});
