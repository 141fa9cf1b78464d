import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const middlewareBackupStale = defineCheck({
  id: 'middleware-backup-stale',
  area: 'middleware',
  group: 'configuration',
  title: { zh: '中间件长时间没有备份', en: 'No recent middleware backup' },
  why: {
    zh: '出现误删或损坏时，丢失的数据从最近一次备份算起。',
    en: 'After accidental deletion or corruption, all data since the last backup is lost.',
  },
  remedy: {
    zh: '查看备份任务的日志与目标空间并补做一次备份；备份时间取自配置中该实例的 backup.last 或 backup.path。',
    en: "Check the backup job's log and the free space at its target, and take a backup now; the backup time comes from backup.last or backup.path of the instance in the configuration.",
  },
  severity: 'warning',
  reads: ['middleware'],
  unit: 'seconds',
  threshold: { warningSeconds: 93_600, criticalSeconds: 604_800 },
  source: 'practice: a day, with two hours for the backup itself; critical from a week (DCE data services, mgob)',

  evaluate({ middleware: { rows } }, { warningSeconds, criticalSeconds }, { now }) {
    return judgeInstances(rows, ({ backupDeclared, backupFound, backupAt }) => {
      if (!backupDeclared || backupFound === false) return 'other'; // of a backup that is missing there is no age: a check of its own
      return told(backupAt, (at) => above(Math.max(0, now - at), { warning: warningSeconds, critical: criticalSeconds }));
    });
  },
});
