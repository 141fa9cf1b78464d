import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const rocketmqAccessOpen = defineCheck({
  id: 'rocketmq-access-open',
  area: 'middleware',
  product: 'rocketmq',
  group: 'configuration',
  title: { zh: 'RocketMQ 未启用访问控制', en: 'RocketMQ access control not enabled' },
  why: { zh: '能连上的任何客户端都可收发、删除任意主题的消息。', en: 'Any client that can connect can send, receive or delete messages in any topic.' },
  remedy: {
    zh: '执行 `mqadmin getBrokerConfig -n <名字服务> -b <broker>` 查看 aclEnable（4.x）与 authenticationEnabled（5.3 起）；先为客户端配置账号再启用，并限制 9876 与 10911 端口的来源。',
    en: 'Run `mqadmin getBrokerConfig -n <name server> -b <broker>` and check aclEnable (4.x) and authenticationEnabled (since 5.3); configure client accounts before enabling it, and restrict which sources can reach ports 9876 and 10911.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareRocketmq'],
  unit: 'value',
  threshold: {},
  source: 'RocketMQ documentation, "Access control": whoever reaches an open broker may read, write and reconfigure it (CVE-2023-33246)',

  evaluate({ middlewareRocketmq: { members } }) {
    return judgeInstances(members, ({ nameServer, accessControl }) => (nameServer === true ? 'other' : wrongWhen(accessControl === undefined ? undefined : !accessControl)));
  },
});
