import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const zookeeperConnectionsRejected = defineCheck({
  id: 'zookeeper-connections-rejected',
  area: 'middleware',
  product: 'zookeeper',
  group: 'load',
  title: { zh: 'ZooKeeper 拒绝过连接', en: 'ZooKeeper rejected connections' },
  why: { zh: '有客户端连不上，可能因会话过期引发业务切换。', en: 'Clients could not connect; their sessions may have ended and set off fail-overs.' },
  remedy: {
    zh: '在日志中查找 Too many connections from 找出来源地址；修正未复用连接的客户端，或提高 maxClientCnxns。该计数自启动起累计。',
    en: 'Look for Too many connections from in its log for the address; mend clients that do not reuse connections, or raise maxClientCnxns. The number counts since it started.',
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
