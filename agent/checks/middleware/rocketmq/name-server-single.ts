import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const rocketmqNameServerSingle = defineCheck({
  id: 'rocketmq-name-server-single',
  area: 'middleware',
  product: 'rocketmq',
  group: 'configuration',
  title: { zh: 'RocketMQ 只有一个名字服务', en: 'Single RocketMQ name server' },
  why: { zh: '它故障后新启动的客户端找不到 broker，扩容与切换失效。', en: 'If it fails, new clients cannot find any broker, and scaling and failover stop working.' },
  remedy: {
    zh: '执行 `mqadmin getNamesrvConfig -n <名字服务>` 核对；部署至少两个名字服务，并在 broker 与客户端的 namesrvAddr 中全部列出。',
    en: 'Run `mqadmin getNamesrvConfig -n <name server>`; deploy at least two name servers, and list all of them in namesrvAddr on brokers and clients.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareRocketmq'],
  unit: 'count',
  threshold: { leastCount: 2 },
  source: 'RocketMQ documentation, "Deployment": several name servers in production; one alone is judged where brokers are several',

  evaluate({ middlewareRocketmq: { rows } }, { leastCount }) {
    return judgeInstances(rows, ({ mode, reach, nameServers }) => {
      if (mode === 'standalone' || nameServers === 0) return 'other';
      if (nameServers === undefined || (reach !== 'ok' && nameServers < leastCount)) return 'silent'; // another one may be the member that did not answer
      return nameServers < leastCount ? [{ observed: nameServers, threshold: leastCount }] : [];
    });
  },
});
