import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rocketmqMasterMissing = defineCheck({
  id: 'rocketmq-master-missing',
  area: 'middleware',
  product: 'rocketmq',
  group: 'load',
  title: { zh: 'RocketMQ broker 组缺少主节点', en: 'RocketMQ broker set without a master' },
  why: { zh: '该组不能写入，顺序消息与事务消息会中断。', en: 'The set cannot be written to, and ordered and transactional messages stop.' },
  remedy: {
    zh: '执行 `mqadmin clusterList -n <名字服务>` 查看 BID 为 0 的行；查看缺失主 broker 的日志与磁盘并启动，在此之前该组不可写入。',
    en: 'Run `mqadmin clusterList -n <name server>` and look for rows with BID 0; check the log and disk of the missing master and start it: the broker set cannot be written to until then.',
  },
  severity: 'critical',
  reads: ['middlewareRocketmq'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'RocketMQ documentation, "Deployment": id 0 is the master; only it takes writes',

  evaluate({ middlewareRocketmq: { rows } }, { criticalCount }) {
    return judgeInstances(rows, ({ nameServers, mastersMissing }) => (nameServers === 0 ? 'other' : told(mastersMissing, (count) => above(count, { critical: criticalCount }))));
  },
});
