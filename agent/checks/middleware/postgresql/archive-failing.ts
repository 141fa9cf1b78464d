import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const postgresqlArchiveFailing = defineCheck({
  id: 'postgresql-archive-failing',
  area: 'middleware',
  product: 'postgresql',
  group: 'log',
  title: { zh: 'PostgreSQL WAL 归档失败', en: 'PostgreSQL WAL archiving failing' },
  why: {
    zh: '按时间点恢复出现缺口；WAL 堆积会写满磁盘，数据库停止。',
    en: 'Point-in-time recovery has a gap, and WAL piles up until the disk is full and the database stops.',
  },
  remedy: {
    zh: '执行 `SELECT last_failed_wal, last_failed_time FROM pg_stat_archiver`，查看服务器日志中 archive_command 的退出原因；恢复归档目标，避免 pg_wal 写满。',
    en: 'Run `SELECT last_failed_wal, last_failed_time FROM pg_stat_archiver` and check the server log for why archive_command failed; restore the archive destination before pg_wal fills the disk.',
  },
  severity: 'critical',
  reads: ['middlewarePostgresql'],
  unit: 'value',
  threshold: {},
  source: 'PostgreSQL manual, pg_stat_archiver: the latest attempt failed and none has succeeded since',

  evaluate({ middlewarePostgresql: { members } }) {
    return judgeInstances(members, ({ archiving, archiveFailing }) => {
      if (archiving === false) return 'other';
      return archiving === undefined ? 'silent' : wrongWhen(archiveFailing);
    });
  },
});
