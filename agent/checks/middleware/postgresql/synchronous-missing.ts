import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const postgresqlSynchronousMissing = defineCheck({
  id: 'postgresql-synchronous-missing',
  area: 'middleware',
  product: 'postgresql',
  group: 'load',
  title: { zh: 'PostgreSQL 缺少同步备库，提交会被挂起', en: 'PostgreSQL lacks its synchronous standby: commits wait' },
  why: { zh: '业务的提交会一直等待，看起来像数据库卡死。', en: 'Commits wait for ever, and the database seems frozen.' },
  remedy: {
    zh: '在主库执行 `SHOW synchronous_standby_names` 与 `SELECT application_name, sync_state FROM pg_stat_replication`；恢复该备库，或确认后调整 synchronous_standby_names。',
    en: 'Run `SHOW synchronous_standby_names` and `SELECT application_name, sync_state FROM pg_stat_replication` on the primary; bring the standby back, or change synchronous_standby_names on purpose.',
  },
  severity: 'critical',
  reads: ['middlewarePostgresql'],
  unit: 'count',
  threshold: {},
  source: 'PostgreSQL manual, "Synchronous Replication": commits wait for ever',

  evaluate({ middlewarePostgresql: { members } }) {
    return judgeInstances(members, ({ role, synchronousWanted, synchronousReplicas }) => {
      if (role !== 'primary' || synchronousWanted === false) return 'other';
      if (synchronousWanted === undefined) return 'silent';
      return told(synchronousReplicas, (count) => (count === 0 ? [{ observed: 0 }] : []));
    });
  },
});
