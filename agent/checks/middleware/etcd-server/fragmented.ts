import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const etcdServerFragmented = defineCheck({
  id: 'etcd-server-fragmented',
  area: 'middleware',
  product: 'etcd-server',
  group: 'resources',
  title: { zh: 'etcd 数据库碎片过多：未使用的空间占比高', en: 'etcd database fragmented: much unused space' },
  why: { zh: '占着的空间没有用，磁盘与配额会更早用完，备份和重启也更慢。', en: 'Space is held but unused: disk and quota run out sooner, and backups and restarts take longer.' },
  remedy: {
    zh: '执行 `etcdctl endpoint status -w json` 比较 dbSize 与 dbSizeInUse；在低峰逐个成员执行 `etcdctl defrag`。',
    en: 'Run `etcdctl endpoint status -w json` and compare dbSize with dbSizeInUse; run `etcdctl defrag` on one member at a time during off-peak hours.',
  },
  severity: 'warning',
  reads: ['middlewareEtcdServer'],
  unit: 'percent',
  threshold: { warningUnusedPercent: 51, leastBytes: 104_857_600 },
  source: 'etcd mixin (contrib/mixin): etcdDatabaseHighFragmentationRatio (in use < half); observed is the share of the file that is unused; not judged below 100 MiB',

  evaluate({ middlewareEtcdServer: { members } }, { warningUnusedPercent, leastBytes }) {
    return judgeInstances(members, ({ databaseBytes, databaseInUseBytes }) => {
      if (databaseBytes === undefined || databaseInUseBytes === undefined) return 'silent';
      const unused = 100 - Math.floor((databaseInUseBytes / databaseBytes) * 100);
      return databaseBytes < leastBytes ? [] : above(unused, { warning: warningUnusedPercent });
    });
  },
});
