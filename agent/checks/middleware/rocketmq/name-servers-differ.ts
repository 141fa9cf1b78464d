import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const rocketmqNameServersDiffer = defineCheck({
  id: 'rocketmq-name-servers-differ',
  area: 'middleware',
  product: 'rocketmq',
  group: 'load',
  title: { zh: 'RocketMQ 各名字服务登记的 broker 不一致', en: 'Inconsistent broker lists on RocketMQ name servers' },
  why: { zh: '不同客户端看到的 broker 不同，部分消息发不到或收不到。', en: 'Different clients see different brokers, and some messages cannot be sent or received.' },
  remedy: {
    zh: '对每个名字服务执行 `mqadmin clusterList -n <名字服务>` 并比较；broker 的 namesrvAddr 应列出全部名字服务，检查其间网络。',
    en: 'Run `mqadmin clusterList -n <name server>` against each name server and compare the results; namesrvAddr on the brokers must list all of them; check the network between them.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareRocketmq'],
  unit: 'value',
  threshold: {},
  source: 'RocketMQ documentation: name servers know nothing of each other, each broker registers with all',

  evaluate({ middlewareRocketmq: { rows } }) {
    return judgeInstances(rows, ({ nameServers, nameServersDiffer }) => (nameServers !== undefined && nameServers < 2 ? 'other' : wrongWhen(nameServersDiffer)));
  },
});
