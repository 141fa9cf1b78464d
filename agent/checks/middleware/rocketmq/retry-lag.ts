import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const rocketmqRetryLag = defineCheck({
  id: 'rocketmq-retry-lag',
  area: 'middleware',
  product: 'rocketmq',
  group: 'load',
  title: { zh: 'RocketMQ 重试消息积压', en: 'RocketMQ retry message backlog' },
  why: { zh: '消费反复失败，业务没有完成，最终会进入死信。', en: 'Consumption keeps failing; eventually the messages become dead letters.' },
  remedy: {
    zh: '执行 `mqadmin consumerProgress -n <名字服务> -g <消费组>` 查看 %RETRY% 主题的 Diff；查看消费者日志中反复失败的原因。',
    en: 'Run `mqadmin consumerProgress -n <name server> -g <group>` and check Diff for the %RETRY% topic; check the consumer logs for the cause of the repeated failures.',
  },
  severity: 'warning',
  reads: ['middlewareRocketmq'],
  unit: 'count',
  threshold: { warningCount: 1_001 },
  source: 'apache/rocketmq-exporter and awesome-prometheus-alerts; rocketmq_group_retrydiff; practice: 1000, above what a single failing consumer leaves',

  evaluate({ middlewareRocketmq: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ worstRetryLag, brokersAsked = 0, masters = 0, slaves = 0 }) => {
      if (worstRetryLag === undefined) return 'silent';
      const violations = above(worstRetryLag, { warning: warningCount });
      // Queues of brokers that were not asked are not counted: too much is proved, too little is not.
      return violations.length === 0 && brokersAsked < masters + slaves ? 'silent' : violations;
    });
  },
});
