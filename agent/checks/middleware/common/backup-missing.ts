import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const middlewareBackupMissing = defineCheck({
  id: 'middleware-backup-missing',
  area: 'middleware',
  group: 'configuration',
  title: { zh: '声明的位置没有中间件备份', en: 'No backup of middleware where one is declared' },
  why: {
    zh: '备份位置不存在或为空：一旦误删或损坏，没有可用于恢复的数据。',
    en: 'The place of the backups is gone or empty: after a mistake or damage there is nothing to restore.',
  },
  remedy: {
    zh: '用 `ls -l` 查看配置中该实例的 backup.path；没有备份文件的，查看备份任务为何没有写入并补做一次；备份改存别处的，更正 backup.path，并确认该目录已挂载到代理所在的主机或 Pod。',
    en: 'Look with `ls -l` at backup.path of the instance in the configuration. Without a file in it, find out why the job writes none and make a backup now; where backups are kept elsewhere today, correct backup.path and see that it is mounted on the host or in the pod of the agent.',
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
