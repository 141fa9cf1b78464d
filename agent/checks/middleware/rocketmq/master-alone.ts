import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rocketmqMasterAlone = defineCheck({
  id: 'rocketmq-master-alone',
  area: 'middleware',
  product: 'rocketmq',
  group: 'configuration',
  title: { zh: 'RocketMQ 主 broker 没有从节点', en: 'RocketMQ master without a slave' },
  why: { zh: '主 broker 故障时其上消息不可读写，磁盘损坏则丢失。', en: 'If it fails, its messages are inaccessible; if its disk is damaged, they are lost.' },
  remedy: {
    zh: '执行 `mqadmin clusterList -n <名字服务>` 查看每组的 BID；为其增加从 broker（SLAVE，同名、brokerId 大于 0）或改用 Controller/DLedger 模式。',
    en: 'Run `mqadmin clusterList -n <name server>` and check the BIDs of each broker set; add a slave with the same name and a brokerId above 0, or use controller or DLedger mode.',
  },
  severity: 'warning',
  reads: ['middlewareRocketmq'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'RocketMQ documentation, "Deployment": multi-master without slaves loses what was not consumed while a machine is down; a single broker is not judged',

  evaluate({ middlewareRocketmq: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ mode, mastersAlone }) => (mode === 'standalone' ? 'other' : told(mastersAlone, (count) => above(count, { warning: warningCount }))));
  },
});
