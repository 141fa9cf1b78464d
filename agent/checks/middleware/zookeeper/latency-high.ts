import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const zookeeperLatencyHigh = defineCheck({
  id: 'zookeeper-latency-high',
  area: 'middleware',
  product: 'zookeeper',
  group: 'load',
  title: { zh: 'ZooKeeper 平均时延高', en: 'ZooKeeper average latency high' },
  why: { zh: '依赖它的 Kafka、HBase 等操作变慢，会话可能超时。', en: 'Kafka, HBase and others that depend on it slow down, and sessions may end.' },
  remedy: {
    zh: '执行 `echo srvr | nc <地址> 2181` 查看 Latency；将事务日志放到独占磁盘，检查 GC。数值为统计重置以来的平均。',
    en: 'Run `echo srvr | nc <address> 2181` for Latency; give its log a disk of its own, look at GC. The number is the average since statistics were reset.',
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
