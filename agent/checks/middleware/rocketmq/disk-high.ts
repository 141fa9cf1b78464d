import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rocketmqDiskHigh = defineCheck({
  id: 'rocketmq-disk-high',
  area: 'middleware',
  product: 'rocketmq',
  group: 'resources',
  title: { zh: 'RocketMQ commitlog 所在磁盘使用率过高', en: 'High disk usage of RocketMQ commit log' },
  why: { zh: '越过阈值后拒绝写入，并提前删除旧消息。', en: 'Beyond the thresholds, writes are refused and old messages are deleted early.' },
  remedy: {
    zh: '执行 `mqadmin brokerStatus -n <名字服务> -b <broker>` 查看 commitLogDiskRatio；缩短 fileReservedTime、扩容或迁移。达到 diskMaxUsedSpaceRatio 后会删除未到期的消息，达到 0.90 后拒绝写入。',
    en: 'Run `mqadmin brokerStatus -n <name server> -b <broker>` and check commitLogDiskRatio; shorten fileReservedTime, expand the disk, or migrate. Above diskMaxUsedSpaceRatio, unexpired messages are deleted; above 0.90, writes are refused.',
  },
  severity: 'warning',
  reads: ['middlewareRocketmq'],
  unit: 'percent',
  threshold: { warningPercent: 75, criticalPercent: 85 },
  source: 'RocketMQ: diskMaxUsedSpaceRatio 75 %, cleaning by force at 85 %, no writes at 90 % (DefaultMessageStore)',

  evaluate({ middlewareRocketmq: { members } }, { warningPercent, criticalPercent }) {
    return judgeInstances(members, ({ nameServer, diskUsedPercent }) =>
      nameServer === true ? 'other' : told(diskUsedPercent, (value) => above(Math.floor(value), { warning: warningPercent, critical: criticalPercent })),
    );
  },
});
