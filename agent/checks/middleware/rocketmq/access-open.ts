import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const rocketmqAccessOpen = defineCheck({
  id: 'rocketmq-access-open',
  area: 'middleware',
  product: 'rocketmq',
  group: 'configuration',
  title: { zh: 'RocketMQ 未启用访问控制', en: 'RocketMQ without access control' },
  why: { zh: '能连上的任何客户端都可收发、删除任意主题的消息。', en: 'Any client that connects may send, read or delete messages of any topic.' },
  remedy: {
    zh: '执行 `mqadmin getBrokerConfig -n <名字服务> -b <broker>` 查看 aclEnable（4.x）与 authenticationEnabled（5.3 起）；先为客户端配置账号再启用，并限制 9876 与 10911 端口的来源。',
    en: 'Run `mqadmin getBrokerConfig -n <name server> -b <broker>` for aclEnable (4.x) and authenticationEnabled (since 5.3); give clients accounts, then enable it, and restrict who reaches ports 9876 and 10911.',
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
