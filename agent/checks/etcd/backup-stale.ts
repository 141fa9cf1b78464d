import { defineCheck, notApplicable, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const backupStale = defineCheck({
  id: 'etcd-backup-stale',
  area: 'etcd',
  title: { zh: 'etcd 备份过旧', en: 'Outdated etcd backup' },
  why: { zh: '备份太旧：恢复后，这之后创建的一切都不存在。', en: 'The backup is too old: after a restore, everything created since then is missing.' },
  remedy: {
    zh: '执行 `ls -lt` 查看备份目录，并用 `systemctl list-timers` 或 `crontab -l` 检查备份任务为何停止；修复后立即手工执行一次 `etcdctl snapshot save` 并校验。',
    en: 'List the backup directory with `ls -lt` and use `systemctl list-timers` or `crontab -l` to find out why the backup job stopped; fix it, then take and verify a manual backup immediately with `etcdctl snapshot save`.',
  },
  severity: 'warning',
  reads: ['etcdHost'],
  unit: 'minutes',
  threshold: { warningHours: 24, criticalHours: 72 },
  source: 'practice: one day of changes is what most contracts accept to lose (RPO 24 h), three days is a job that died',

  evaluate({ etcdHost }, { warningHours, criticalHours }, { now }) {
    if (etcdHost.backupFound === undefined) return unknown('not-visible');
    if (!etcdHost.backupFound) return notApplicable('not-present');
    if (etcdHost.newestBackupAt === undefined) return unknown();
    return above(Math.floor((now - etcdHost.newestBackupAt) / 60), { warning: warningHours * 60, critical: criticalHours * 60 });
  },
});
