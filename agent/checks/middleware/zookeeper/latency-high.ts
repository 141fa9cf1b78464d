import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const zookeeperLatencyHigh = defineCheck({
  id: 'zookeeper-latency-high',
  area: 'middleware',
  product: 'zookeeper',
  group: 'load',
  title: { zh: 'ZooKeeper 平均时延高', en: 'High ZooKeeper average latency' },
  why: { zh: '依赖它的 Kafka、HBase 等操作变慢，会话可能超时。', en: 'Systems that depend on it, such as Kafka and HBase, slow down, and sessions may time out.' },
  remedy: {
    zh: '执行 `echo srvr | nc <地址> 2181` 查看 Latency；将事务日志放到独占磁盘，检查 GC。数值为统计重置以来的平均。',
    en: 'Run `echo srvr | nc <address> 2181` and check Latency; put the transaction log on a dedicated disk, and check GC. The value is the average since the statistics were last reset.',
  },
  severity: 'warning',
  reads: ['middlewareZookeeper'],
  unit: 'milliseconds',
  threshold: { warningMs: 100 },
  source: 'practice: 100 ms; a healthy ensemble answers within a few (ZooKeeper Administrator Guide, "Things to Avoid")',

  evaluate({ middlewareZookeeper: { members } }, { warningMs }) {
    return judgeInstances(members, ({ serving, latencyMs }) => (serving === false ? 'other' : told(latencyMs, (ms) => above(Math.round(ms), { warning: warningMs }))));
  },
});
