import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const rocketmqDurabilityRelaxed = defineCheck({
  id: 'rocketmq-durability-relaxed',
  area: 'middleware',
  product: 'rocketmq',
  group: 'configuration',
  title: { zh: 'RocketMQ 异步复制且异步刷盘', en: 'Asynchronous replication and flushing in RocketMQ' },
  why: { zh: '主 broker 断电时，已告知成功的消息可能丢失。', en: 'If a master loses power, messages that were already acknowledged may be lost.' },
  remedy: {
    zh: '执行 `mqadmin getBrokerConfig -n <名字服务> -b <broker>` 查看 brokerRole 与 flushDiskType；不允许丢失消息的业务使用 SYNC_MASTER（或 SYNC_FLUSH）。',
    en: 'Run `mqadmin getBrokerConfig -n <name server> -b <broker>` and check brokerRole and flushDiskType; where no message may be lost, use SYNC_MASTER (or SYNC_FLUSH).',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareRocketmq'],
  unit: 'value',
  threshold: {},
  source: 'RocketMQ documentation, "Deployment": both asynchronous lose messages when the machine fails; a trade for speed, therefore info',

  evaluate({ middlewareRocketmq: { members } }) {
    return judgeInstances(members, ({ role, asyncMaster, asyncFlush }) => {
      if (role !== 'primary' && role !== 'broker') return role === 'unknown' ? 'silent' : 'other';
      return wrongWhen(asyncMaster === undefined || asyncFlush === undefined ? undefined : asyncMaster && asyncFlush);
    });
  },
});
