import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const postgresqlArchiveOff = defineCheck({
  id: 'postgresql-archive-off',
  area: 'middleware',
  product: 'postgresql',
  group: 'configuration',
  title: { zh: 'PostgreSQL 未归档 WAL，无法按时间点恢复', en: 'PostgreSQL WAL not archived: no point-in-time recovery' },
  why: { zh: '误删或损坏后只能回到最近一次全备，之后的数据全部丢失。', en: 'After accidental deletion or corruption, all data since the last full backup is lost.' },
  remedy: {
    zh: '执行 `SHOW archive_mode` 确认；配置 archive_command（如 pgBackRest、WAL-G）并安排重启。通过 pg_receivewal 归档的请加入豁免。',
    en: 'Run `SHOW archive_mode` to confirm; configure archive_command (e.g. pgBackRest, WAL-G) and schedule a restart. Exempt servers whose WAL is archived with pg_receivewal.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewarePostgresql'],
  unit: 'value',
  threshold: {},
  source: 'PostgreSQL manual, "Continuous Archiving and Point-in-Time Recovery": archive_mode',

  evaluate({ middlewarePostgresql: { members } }) {
    return judgeInstances(members, ({ role, archiving }) => (role !== 'primary' ? 'other' : wrongWhen(archiving === undefined ? undefined : !archiving)));
  },
});
