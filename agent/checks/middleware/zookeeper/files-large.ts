import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const zookeeperFilesLarge = defineCheck({
  id: 'zookeeper-files-large',
  area: 'middleware',
  product: 'zookeeper',
  group: 'resources',
  title: { zh: 'ZooKeeper 快照与事务日志过大', en: 'ZooKeeper snapshots and transaction logs too large' },
  why: { zh: '没有清理的快照和日志会写满磁盘，成员随之停止。', en: 'Without purging, they fill the disk, and the member stops.' },
  remedy: {
    zh: '查看 dataDir 下 version-2 的大小；设置 autopurge.snapRetainCount 与 autopurge.purgeInterval（默认 0 为不清理）。',
    en: 'Check the size of version-2 in dataDir; set autopurge.snapRetainCount and autopurge.purgeInterval (the default of 0 disables purging).',
  },
  severity: 'warning',
  reads: ['middlewareZookeeper'],
  unit: 'bytes',
  threshold: { warningBytes: 10_737_418_240 },
  source: 'ZooKeeper Administrator Guide, autopurge (0, the default, cleans nothing); practice: 10 GiB',

  evaluate({ middlewareZookeeper: { members } }, { warningBytes }) {
    return judgeInstances(members, ({ serving, filesBytes }) => (serving === false ? 'other' : told(filesBytes, (bytes) => above(bytes, { warning: warningBytes }))));
  },
});
