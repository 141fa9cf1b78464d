import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const etcdServerDatabaseNearQuota = defineCheck({
  id: 'etcd-server-database-near-quota',
  area: 'middleware',
  product: 'etcd-server',
  group: 'resources',
  title: { zh: 'etcd 数据库接近存储配额', en: 'etcd database near its storage quota' },
  why: { zh: '到达配额后只能读不能写，依赖它的系统停止变更。', en: 'At the quota it becomes read-only, and dependent systems can no longer make changes.' },
  remedy: {
    zh: '执行 `etcdctl endpoint status -w table` 查看 DB SIZE；压缩历史并逐个成员 `etcdctl defrag`，必要时提高 --quota-backend-bytes。',
    en: 'Run `etcdctl endpoint status -w table` to see DB SIZE; compact the history and run `etcdctl defrag` on one member at a time, and raise --quota-backend-bytes if necessary.',
  },
  severity: 'warning',
  reads: ['middlewareEtcdServer'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 95 },
  source: 'etcd mixin (contrib/mixin): etcdDatabaseQuotaLowSpace (95 %); practice: warning at 80 %',

  evaluate({ middlewareEtcdServer: { members } }, { warningPercent, criticalPercent }) {
    return judgeInstances(members, ({ databaseBytes, quotaBytes }) =>
      databaseBytes === undefined || !quotaBytes ? 'silent' : above(Math.floor((databaseBytes / quotaBytes) * 100), { warning: warningPercent, critical: criticalPercent }),
    );
  },
});
