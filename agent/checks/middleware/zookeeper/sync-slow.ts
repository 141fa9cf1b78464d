import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const zookeeperSyncSlow = defineCheck({
  id: 'zookeeper-sync-slow',
  area: 'middleware',
  product: 'zookeeper',
  group: 'load',
  title: { zh: 'ZooKeeper 事务日志落盘慢', en: 'Slow ZooKeeper transaction log sync' },
  why: { zh: '每次写入都等磁盘，时延升高，可能触发重新选主。', en: 'Every write waits for the disk: latency rises, and a leader election may be triggered.' },
  remedy: {
    zh: '在日志中查找 fsync-ing the write ahead log；将 dataLogDir 放到独占磁盘。该计数自启动起累计。',
    en: 'Search the log for fsync-ing the write ahead log; put dataLogDir on a dedicated disk. The counter is cumulative since startup.',
  },
  severity: 'info',
  reads: ['middlewareZookeeper'],
  unit: 'count',
  threshold: { infoCount: 10 },
  source: 'ZooKeeper Administrator Guide: fsync.warningthresholdms (1 s). Not told before 3.6',

  evaluate({ middlewareZookeeper: { members } }, { infoCount }) {
    return judgeInstances(members, ({ serving, slowSyncs }) => (serving === false || slowSyncs === undefined ? 'other' : above(slowSyncs, { info: infoCount })));
  },
});
