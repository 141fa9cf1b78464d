import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const zookeeperOutstandingHigh = defineCheck({
  id: 'zookeeper-outstanding-high',
  area: 'middleware',
  product: 'zookeeper',
  group: 'load',
  title: { zh: 'ZooKeeper 请求排队', en: 'ZooKeeper requests queued' },
  why: { zh: '请求处理不过来，客户端会话可能超时断开。', en: 'ZooKeeper cannot keep up, and client sessions may time out.' },
  remedy: {
    zh: '执行 `echo mntr | nc <地址> 2181` 查看 zk_outstanding_requests；检查磁盘落盘时延、GC 与客户端突增。',
    en: 'Run `echo mntr | nc <address> 2181` and check zk_outstanding_requests; check disk sync latency, GC and surges in client traffic.',
  },
  severity: 'warning',
  reads: ['middlewareZookeeper'],
  unit: 'count',
  threshold: { warningCount: 11 },
  source: 'ZooKeeper Administrator Guide, mntr (zk_outstanding_requests); practice: more than 10 waiting requests; a healthy ensemble has none',

  evaluate({ middlewareZookeeper: { members } }, { warningCount }) {
    return judgeInstances(members, ({ serving, outstanding }) => (serving === false ? 'other' : told(outstanding, (count) => above(count, { warning: warningCount }))));
  },
});
