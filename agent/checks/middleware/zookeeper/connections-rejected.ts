import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const zookeeperConnectionsRejected = defineCheck({
  id: 'zookeeper-connections-rejected',
  area: 'middleware',
  product: 'zookeeper',
  group: 'load',
  title: { zh: 'ZooKeeper 拒绝过连接', en: 'Connections rejected by ZooKeeper' },
  why: { zh: '有客户端连不上，可能因会话过期引发业务切换。', en: 'Some clients could not connect, and expired sessions may have triggered failovers.' },
  remedy: {
    zh: '在日志中查找 Too many connections from 找出来源地址；修正未复用连接的客户端，或提高 maxClientCnxns。该计数自启动起累计。',
    en: 'Search the log for Too many connections from to find the source addresses; fix clients that do not reuse connections, or raise maxClientCnxns. The counter is cumulative since startup.',
  },
  severity: 'warning',
  reads: ['middlewareZookeeper'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'ZooKeeper Administrator Guide: maxClientCnxns. Not told before 3.6',

  evaluate({ middlewareZookeeper: { members } }, { warningCount }) {
    return judgeInstances(members, ({ serving, rejectedConnections }) =>
      serving === false || rejectedConnections === undefined ? 'other' : above(rejectedConnections, { warning: warningCount }),
    );
  },
});
