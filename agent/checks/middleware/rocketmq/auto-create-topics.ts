import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const rocketmqAutoCreateTopics = defineCheck({
  id: 'rocketmq-auto-create-topics',
  area: 'middleware',
  product: 'rocketmq',
  group: 'configuration',
  title: { zh: 'RocketMQ 自动创建主题', en: 'Automatic creation of RocketMQ topics' },
  why: { zh: '主题只建在部分 broker 上，负载不均；写错的名字也会被接受。', en: 'Topics are created on only some brokers, so load is uneven; misspelt names are also accepted.' },
  remedy: {
    zh: '执行 `mqadmin getBrokerConfig -n <名字服务> -b <broker>` 查看 autoCreateTopicEnable；生产环境改为 false，自动创建的主题往往只落在一个 broker 上。',
    en: 'Run `mqadmin getBrokerConfig -n <name server> -b <broker>` and check autoCreateTopicEnable; set it to false in production, as automatically created topics often reside on a single broker.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareRocketmq'],
  unit: 'value',
  threshold: {},
  source: 'RocketMQ documentation, "Basic best practices": autoCreateTopicEnable=false in production',

  evaluate({ middlewareRocketmq: { members } }) {
    return judgeInstances(members, ({ nameServer, autoCreatesTopics }) => (nameServer === true ? 'other' : wrongWhen(autoCreatesTopics)));
  },
});
