import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const rocketmqAutoCreateGroups = defineCheck({
  id: 'rocketmq-auto-create-groups',
  area: 'middleware',
  product: 'rocketmq',
  group: 'configuration',
  title: { zh: 'RocketMQ 自动创建消费组', en: 'Automatic creation of RocketMQ consumer groups' },
  why: { zh: '写错的组名也会被接受，消息从错误的位点被消费而无人察觉。', en: 'A misspelt group name is accepted and consumes from the wrong offset, unnoticed by anyone.' },
  remedy: {
    zh: '执行 `mqadmin getBrokerConfig -n <名字服务> -b <broker>` 查看 autoCreateSubscriptionGroup；生产环境改为 false，由管理流程创建。',
    en: 'Run `mqadmin getBrokerConfig -n <name server> -b <broker>` and check autoCreateSubscriptionGroup; set it to false in production and create groups through a managed process.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareRocketmq'],
  unit: 'value',
  threshold: {},
  source: 'RocketMQ documentation, "Basic best practices": autoCreateSubscriptionGroup=false in production',

  evaluate({ middlewareRocketmq: { members } }) {
    return judgeInstances(members, ({ nameServer, autoCreatesGroups }) => (nameServer === true ? 'other' : wrongWhen(autoCreatesGroups)));
  },
});
