import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const dbNearQuota = defineCheck({
  id: 'etcd-db-near-quota',
  area: 'etcd',
  title: { zh: 'etcd 数据库接近配额', en: 'etcd database close to its quota' },
  why: {
    zh: '到达配额后 etcd 拒绝写入：集群不再能创建、修改或修复任何东西。',
    en: 'Once the quota is reached, etcd rejects writes: nothing in the cluster can be created, modified or repaired.',
  },
  remedy: {
    zh: '执行 `etcdctl endpoint status -w table` 比较总大小与实际使用；碎片多时逐个成员执行 `etcdctl defrag`，否则清理多余对象或提高 `--quota-backend-bytes`。',
    en: 'Compare the total size with the size in use with `etcdctl endpoint status -w table`; if fragmentation is high, run `etcdctl defrag` member by member; otherwise, remove unneeded objects or raise `--quota-backend-bytes`.',
  },
  severity: 'warning',
  reads: ['etcdHost'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 95 },
  source: 'etcd mixin etcdDatabaseQuotaLowSpace (95 %); warning at 80 % by practice',

  evaluate({ etcdHost }, { warningPercent, criticalPercent }) {
    if (etcdHost.quotaPercent === undefined) return unknown();
    return above(etcdHost.quotaPercent, { warning: warningPercent, critical: criticalPercent });
  },
});
