import { defineCheck } from '../../check.ts';
import { below } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mongodbOplogShort = defineCheck({
  id: 'mongodb-oplog-short',
  area: 'middleware',
  product: 'mongodb',
  group: 'configuration',
  title: { zh: 'MongoDB oplog 时间窗口过短', en: 'MongoDB oplog window too short' },
  why: {
    zh: '成员离线稍久就追不上，只能整库重新同步；按时间点恢复也做不到。',
    en: 'A member offline a little longer cannot catch up and needs a full resync; point-in-time recovery is impossible too.',
  },
  remedy: {
    zh: '执行 `rs.printReplicationInfo()` 查看窗口；执行 `db.adminCommand({replSetResizeOplog: 1, size: <MB>})` 增大，窗口外停机的成员必须重新同步。',
    en: 'Run `rs.printReplicationInfo()` to check the window; enlarge it with `db.adminCommand({replSetResizeOplog: 1, size: <MB>})`, because members that are down for longer must resync.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareMongodb'],
  unit: 'seconds',
  threshold: { warningSeconds: 86_400, criticalSeconds: 3_600 },
  source: 'MongoDB manual, "Replica Set Oplog": it must hold the longest downtime of a member; practice: a day',

  evaluate({ middlewareMongodb: { members } }, { warningSeconds, criticalSeconds }) {
    return judgeInstances(members, ({ role, oplogSeconds, uptimeSeconds = 0 }) => {
      if (role !== 'primary' && role !== 'replica' && role !== 'unknown') return 'other';
      // A set that is younger than the limit cannot hold more yet.
      return told(oplogSeconds, (seconds) => (seconds >= uptimeSeconds ? [] : below(seconds, { warning: warningSeconds - 1, critical: criticalSeconds - 1 })));
    });
  },
});
