import { defineCheck, notApplicable, unknown } from '../check.ts';
import { below } from '../levels.ts';

export const backupShrunken = defineCheck({
  id: 'etcd-backup-shrunken',
  area: 'etcd',
  title: { zh: '最新 etcd 备份远小于数据库', en: 'Latest etcd backup much smaller than the database' },
  why: { zh: '备份可能不完整，真正需要恢复时才发现用不了。', en: 'The backup may be incomplete, which becomes apparent only when it is needed for a restore.' },
  remedy: {
    zh: '执行 `etcdutl snapshot status <文件> -w table` 校验最新备份；不完整的应检查磁盘空间与备份脚本后重新备份。',
    en: 'Verify the latest backup with `etcdutl snapshot status <file> -w table`; if it is incomplete, check the disk space and the backup script, then back up again.',
  },
  severity: 'info',
  reads: ['etcdHost'],
  unit: 'percent',
  threshold: { lowestPercent: 10 },
  source: 'practice: a snapshot is as large as the database, compressed some five times smaller; a file under a tenth was cut off',

  evaluate({ etcdHost }, { lowestPercent }) {
    if (etcdHost.backupFound === undefined) return unknown('not-visible');
    if (!etcdHost.backupFound) return notApplicable('not-present');
    if (!etcdHost.dbBytes || etcdHost.newestBackupBytes === undefined) return unknown();
    return below((etcdHost.newestBackupBytes / etcdHost.dbBytes) * 100, { info: lowestPercent });
  },
});
