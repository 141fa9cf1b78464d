import { defineCheck } from '../../check.ts';
import { below } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const etcdServerFragmented = defineCheck({
  id: 'etcd-server-fragmented',
  area: 'middleware',
  product: 'etcd-server',
  group: 'resources',
  title: { zh: 'etcd 数据库碎片过多', en: 'etcd database is fragmented' },
  remedy: {
    zh: '执行 `etcdctl endpoint status -w json` 比较 dbSize 与 dbSizeInUse；在低峰逐个成员执行 `etcdctl defrag`。',
    en: 'Run `etcdctl endpoint status -w json` and compare dbSize with dbSizeInUse; `etcdctl defrag` member by member at a quiet time.',
  },
  severity: 'warning',
  reads: ['middlewareEtcdServer'],
  unit: 'percent',
  threshold: { warningPercent: 49, leastBytes: 104_857_600 },
  source: 'etcd mixin (contrib/mixin): etcdDatabaseHighFragmentationRatio (in use < half); not judged below 100 MiB',

  evaluate({ middlewareEtcdServer: { members } }, { warningPercent, leastBytes }) {
    return judgeInstances(members, ({ databaseBytes, databaseInUseBytes }) => {
      if (databaseBytes === undefined || databaseInUseBytes === undefined) return 'silent';
      return databaseBytes < leastBytes ? [] : below(Math.floor((databaseInUseBytes / databaseBytes) * 100), { warning: warningPercent });
    });
  },
});
