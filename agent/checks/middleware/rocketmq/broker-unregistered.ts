import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rocketmqBrokerUnregistered = defineCheck({
  id: 'rocketmq-broker-unregistered',
  area: 'middleware',
  product: 'rocketmq',
  group: 'load',
  title: { zh: 'RocketMQ broker 未登记到名字服务', en: 'RocketMQ broker not registered with name server' },
  why: { zh: '客户端找不到它，其上的消息收不到也发不出。', en: 'Clients cannot find it, so its messages can be neither sent nor received.' },
  remedy: {
    zh: '执行 `mqadmin clusterList -n <名字服务>` 核对；检查该 broker 的 namesrvAddr 与到名字服务的网络，客户端无法发现它。',
    en: 'Run `mqadmin clusterList -n <name server>`; check namesrvAddr on the broker and its network connection to the name servers, as clients cannot discover it.',
  },
  severity: 'critical',
  reads: ['middlewareRocketmq'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'RocketMQ documentation: a broker registers with every name server each 30 s, and is dropped after 120 s',

  evaluate({ middlewareRocketmq: { rows } }, { criticalCount }) {
    return judgeInstances(rows, ({ nameServers, brokersUnregistered }) =>
      nameServers === 0 ? 'other' : told(brokersUnregistered, (count) => above(count, { critical: criticalCount })),
    );
  },
});
