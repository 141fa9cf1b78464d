import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const postgresqlReplicationLag = defineCheck({
  id: 'postgresql-replication-lag',
  area: 'middleware',
  product: 'postgresql',
  group: 'load',
  title: { zh: 'PostgreSQL 备库延迟', en: 'PostgreSQL standby lag' },
  why: { zh: '此时切换会丢数据，读备库会读到旧数据。', en: 'A failover now would lose data, and reads from the standby return stale data.' },
  remedy: {
    zh: '在主库执行 `SELECT application_name, replay_lag FROM pg_stat_replication`；检查备库磁盘、长查询引起的冲突与网络。',
    en: 'Run `SELECT application_name, replay_lag FROM pg_stat_replication` on the primary; check the disk of the standby, conflicts caused by long-running queries, and the network.',
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
