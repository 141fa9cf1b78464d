import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const middlewareBackupMissing = defineCheck({
  id: 'middleware-backup-missing',
  area: 'middleware',
  group: 'configuration',
  title: { zh: '声明的位置没有中间件备份', en: 'No middleware backup at the declared location' },
  why: {
    zh: '备份位置不存在或为空：一旦误删或损坏，没有可用于恢复的数据。',
    en: 'The backup location is missing or empty: after accidental deletion or corruption there is nothing to restore.',
  },
  remedy: {
    zh: '用 `ls -l` 查看配置中该实例的 backup.path；没有备份文件的，查看备份任务为何没有写入并补做一次；备份改存别处的，更正 backup.path，并确认该目录已挂载到代理所在的主机或 Pod。',
    en: "Run `ls -l` on the backup.path configured for the instance. If it holds no backup file, find out why the backup job wrote none and take a backup now; if backups are now stored elsewhere, correct backup.path and make sure that directory is mounted on the agent's host or in its pod.",
  },
  severity: 'warning',
  reads: ['middleware'],
  unit: 'value',
  threshold: {},
  source: 'practice: a backup that nobody can find is none',

  evaluate({ middleware: { rows } }) {
    return judgeInstances(rows, ({ backupDeclared, backupAt, backupFound }) => {
      if (!backupDeclared || (backupFound === undefined && backupAt !== undefined)) return 'other';
      return wrongWhen(backupFound === undefined ? undefined : !backupFound);
    });
  },
});
