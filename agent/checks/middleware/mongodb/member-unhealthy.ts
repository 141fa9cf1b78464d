import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mongodbMemberUnhealthy = defineCheck({
  id: 'mongodb-member-unhealthy',
  area: 'middleware',
  product: 'mongodb',
  group: 'load',
  title: { zh: 'MongoDB 成员不健康', en: 'MongoDB member unhealthy' },
  why: { zh: '冗余减少，再坏一个就可能没有主节点、不能写入。', en: 'Redundancy is reduced; one more failure may leave no primary and stop writes.' },
  remedy: {
    zh: '执行 `rs.status()` 查看 stateStr 与 lastHeartbeatMessage；查看该成员日志，落后过多时重新做初始同步。',
    en: "Run `rs.status()` to see stateStr and lastHeartbeatMessage; read that member's log, and repeat its initial sync if it is too far behind.",
  },
  severity: 'critical',
  reads: ['middlewareMongodb'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'awesome-prometheus-alerts (MongoDB): MongodbReplicaMemberUnhealthy; MongoDB manual, "Replica Set Member States"',

  evaluate({ middlewareMongodb: { rows } }, { criticalCount }) {
    return judgeInstances(rows, ({ mode, unhealthyMembers }) => (mode === 'standalone' ? 'other' : told(unhealthyMembers, (count) => above(count, { critical: criticalCount }))));
  },
});
