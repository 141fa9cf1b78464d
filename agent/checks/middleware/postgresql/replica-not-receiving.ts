import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const postgresqlReplicaNotReceiving = defineCheck({
  id: 'postgresql-replica-not-receiving',
  area: 'middleware',
  product: 'postgresql',
  group: 'load',
  title: { zh: 'PostgreSQL 备库未在接收 WAL', en: 'PostgreSQL standby not receiving WAL' },
  why: { zh: '备库停在旧数据，主库故障时切换会丢数据或无法切换。', en: 'The standby is stuck at old data: failover would lose data or be impossible.' },
  remedy: {
    zh: '在备库执行 `SELECT status FROM pg_stat_wal_receiver`，并查看备库日志；检查网络、primary_conninfo 与主库 pg_hba.conf。只靠归档恢复的备库请加入豁免。',
    en: 'Run `SELECT status FROM pg_stat_wal_receiver` on the standby and check its log; check the network, primary_conninfo and pg_hba.conf on the primary. Add an exemption for standbys that recover from the archive only.',
  },
  severity: 'critical',
  reads: ['middlewarePostgresql'],
  unit: 'value',
  threshold: {},
  source: 'awesome-prometheus-alerts (PostgreSQL): PostgresqlReplicationLag, at its cause',

  evaluate({ middlewarePostgresql: { members } }) {
    return judgeInstances(members, ({ role, receiverStreaming }) => (role !== 'replica' ? 'other' : wrongWhen(receiverStreaming === undefined ? undefined : !receiverStreaming)));
  },
});
