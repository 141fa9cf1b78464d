import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const postgresqlReplicationLag = defineCheck({
  id: 'postgresql-replication-lag',
  area: 'middleware',
  product: 'postgresql',
  group: 'load',
  title: { zh: 'PostgreSQL 备库延迟', en: 'PostgreSQL standby lags behind' },
  why: { zh: '此时切换会丢数据，读备库会读到旧数据。', en: 'A fail-over now loses data, and reads from the standby are stale.' },
  remedy: {
    zh: '在主库执行 `SELECT application_name, replay_lag FROM pg_stat_replication`；检查备库磁盘、长查询引起的冲突与网络。',
    en: 'Run `SELECT application_name, replay_lag FROM pg_stat_replication` on the primary; look at the disk of the standby, at queries that hold replay up, and at the network.',
  },
  severity: 'warning',
  reads: ['middlewarePostgresql'],
  unit: 'seconds',
  threshold: { warningSeconds: 6, criticalSeconds: 61 },
  source:
    'awesome-prometheus-alerts (PostgreSQL): PostgresqlReplicationLag; practice: more than 5 s, critical more than 60 s. When nothing is written the standby is not behind, whatever the time',

  evaluate({ middlewarePostgresql: { members } }, { warningSeconds, criticalSeconds }) {
    return judgeInstances(members, ({ role, receiverStreaming, lagSeconds }) => {
      if (role !== 'replica' || receiverStreaming === false) return 'other'; // told by its own check
      return told(lagSeconds, (seconds) => above(seconds, { warning: warningSeconds, critical: criticalSeconds }));
    });
  },
});
