import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const postgresqlChecksumFailed = defineCheck({
  id: 'postgresql-checksum-failed',
  area: 'middleware',
  product: 'postgresql',
  group: 'log',
  title: { zh: 'PostgreSQL 数据页校验失败', en: 'PostgreSQL data page checksum failures' },
  why: { zh: '磁盘上的数据已经损坏，查询可能报错或得到错误结果。', en: 'Data on disk is corrupted: queries may fail or return wrong results.' },
  remedy: {
    zh: '执行 `SELECT datname, checksum_failures, checksum_last_failure FROM pg_stat_database WHERE checksum_failures > 0`；检查存储，从备份恢复受损对象，不要忽略校验。',
    en: 'Run `SELECT datname, checksum_failures, checksum_last_failure FROM pg_stat_database WHERE checksum_failures > 0`; check the storage and restore the damaged objects from a backup. Do not ignore checksum failures.',
  },
  severity: 'critical',
  reads: ['middlewarePostgresql'],
  unit: 'count',
  threshold: {},
  source: 'PostgreSQL manual, pg_stat_database.checksum_failures',

  evaluate({ middlewarePostgresql: { members } }) {
    return judgeInstances(members, ({ checksumFailures }) => told(checksumFailures, (count) => (count > 0 ? [{ observed: count }] : [])));
  },
});
