import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mongodbPrimaryMissing = defineCheck({
  id: 'mongodb-primary-missing',
  area: 'middleware',
  product: 'mongodb',
  group: 'load',
  title: { zh: 'MongoDB 副本集没有主节点', en: 'MongoDB replica set has no primary' },
  why: { zh: '整个副本集无法写入，业务中断。', en: 'The replica set accepts no writes, and the application is down.' },
  remedy: {
    zh: '执行 `rs.status()` 查看各成员状态；恢复多数成员与其间的网络，在此之前无法写入。',
    en: 'Run `rs.status()` to see the state of each member; restore a majority and the network between them. Until then, nothing can be written.',
  },
  severity: 'critical',
  reads: ['middlewareMongodb'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'awesome-prometheus-alerts (MongoDB): MongodbReplicasetNoPrimary',

  evaluate({ middlewareMongodb: { rows } }, { criticalCount }) {
    return judgeInstances(rows, ({ mode, setsWithoutPrimary }) =>
      mode === 'standalone' ? 'other' : told(setsWithoutPrimary, (count) => above(count, { critical: criticalCount })),
    );
  },
});
