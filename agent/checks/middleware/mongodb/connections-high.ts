import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mongodbConnectionsHigh = defineCheck({
  id: 'mongodb-connections-high',
  area: 'middleware',
  product: 'mongodb',
  group: 'resources',
  title: { zh: 'MongoDB 连接将耗尽', en: 'MongoDB connections nearly exhausted' },
  why: { zh: '用完后新连接被拒绝，应用直接报错。', en: 'Once exhausted, new connections are refused and applications fail.' },
  remedy: {
    zh: '执行 `db.serverStatus().connections` 查看；缩小各应用的 maxPoolSize，或提高 net.maxIncomingConnections 与 ulimit。',
    en: 'Run `db.serverStatus().connections` to check; lower maxPoolSize in the applications, or raise net.maxIncomingConnections and ulimit.',
  },
  severity: 'warning',
  reads: ['middlewareMongodb'],
  unit: 'percent',
  threshold: { warningPercent: 80 },
  source: 'awesome-prometheus-alerts (MongoDB): MongodbTooManyConnections (80 %)',

  evaluate({ middlewareMongodb: { members } }, { warningPercent }) {
    return judgeInstances(members, ({ role, connectionsPercent }) =>
      role === 'arbiter' ? 'other' : told(connectionsPercent, (percent) => above(Math.floor(percent), { warning: warningPercent })),
    );
  },
});
