import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mongodbReplicationLag = defineCheck({
  id: 'mongodb-replication-lag',
  area: 'middleware',
  product: 'mongodb',
  group: 'load',
  title: { zh: 'MongoDB 复制延迟', en: 'MongoDB replication lag' },
  why: { zh: '此时切换会丢数据，读从节点会读到旧数据。', en: 'A failover now would lose data, and reads from the secondary are stale.' },
  remedy: {
    zh: '执行 `rs.printSecondaryReplicationInfo()` 比较；检查从节点磁盘、网络与长时间的写入，延迟节点（secondaryDelaySecs）可接受该发现。',
    en: "Run `rs.printSecondaryReplicationInfo()` to compare; check the secondary's disk and network and long-running writes. Accept this finding for a member that is delayed on purpose (secondaryDelaySecs).",
  },
  severity: 'warning',
  reads: ['middlewareMongodb'],
  unit: 'seconds',
  threshold: { warningSeconds: 11, criticalSeconds: 61 },
  source: 'awesome-prometheus-alerts (MongoDB): MongodbReplicationLag (10 s); practice: critical beyond a minute',

  evaluate({ middlewareMongodb: { rows } }, { warningSeconds, criticalSeconds }) {
    return judgeInstances(rows, ({ mode, setsWithoutPrimary, laggingSeconds }) => {
      if (mode === 'standalone' || (setsWithoutPrimary ?? 0) > 0) return 'other'; // without a primary there is nothing to lag behind
      return told(laggingSeconds, (seconds) => above(seconds, { warning: warningSeconds, critical: criticalSeconds }));
    });
  },
});
