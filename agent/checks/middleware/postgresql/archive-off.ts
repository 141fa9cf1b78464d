import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const postgresqlArchiveOff = defineCheck({
  id: 'postgresql-archive-off',
  area: 'middleware',
  product: 'postgresql',
  group: 'configuration',
  title: { zh: 'PostgreSQL 未归档 WAL，无法按时间点恢复', en: 'PostgreSQL archives no WAL: no recovery to a point in time' },
  why: { zh: '误删或损坏后只能回到最近一次全备，之后的数据全部丢失。', en: 'After a mistake only the last full backup remains, and nothing since.' },
  remedy: {
    zh: '执行 `SHOW archive_mode` 确认；配置 archive_command（如 pgBackRest、WAL-G）并安排重启。通过 pg_receivewal 归档的请加入豁免。',
    en: 'Run `SHOW archive_mode`; configure archive_command (pgBackRest, WAL-G …) and plan the restart. Except servers whose WAL pg_receivewal keeps.',
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
