import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const postgresqlSynchronousMissing = defineCheck({
  id: 'postgresql-synchronous-missing',
  area: 'middleware',
  product: 'postgresql',
  group: 'load',
  title: { zh: 'PostgreSQL 缺少同步备库，提交会被挂起', en: 'PostgreSQL commits blocked: no synchronous standby' },
  why: { zh: '业务的提交会一直等待，看起来像数据库卡死。', en: 'Commits wait indefinitely, and the database appears to hang.' },
  remedy: {
    zh: '在主库执行 `SHOW synchronous_standby_names` 与 `SELECT application_name, sync_state FROM pg_stat_replication`；恢复该备库，或确认后调整 synchronous_standby_names。',
    en: 'Run `SHOW synchronous_standby_names` and `SELECT application_name, sync_state FROM pg_stat_replication` on the primary; restore the standby, or adjust synchronous_standby_names once you have confirmed that this is acceptable.',
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
