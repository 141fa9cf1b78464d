import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const mysqlReplicationStopped = defineCheck({
  id: 'mysql-replication-stopped',
  area: 'middleware',
  product: 'mysql',
  group: 'load',
  title: { zh: 'MySQL 复制已停止', en: 'MySQL replication stopped' },
  why: { zh: '从库停在旧数据，主库故障时没有可用的备份可切。', en: 'The replica is stuck on old data, so there is no usable standby if the primary fails.' },
  remedy: {
    zh: '在从库执行 `SHOW REPLICA STATUS\\G` 查看 Replica_IO_Running、Replica_SQL_Running 与错误号；修复原因后执行 `START REPLICA`。',
    en: 'Run `SHOW REPLICA STATUS\\G` on the replica to see Replica_IO_Running, Replica_SQL_Running and the error number; fix the cause, then run `START REPLICA`.',
  },
  severity: 'critical',
  reads: ['middlewareMysql'],
  unit: 'value',
  threshold: {},
  source: 'awesome-prometheus-alerts (MySQL): MysqlSlaveIoThreadNotRunning and MysqlSlaveSqlThreadNotRunning',

  evaluate({ middlewareMysql: { members } }) {
    return judgeInstances(members, ({ replicates, receiverRunning, applierRunning }) => {
      if (replicates === undefined) return 'silent';
      if (!replicates) return 'other';
      return wrongWhen(receiverRunning === undefined || applierRunning === undefined ? undefined : !receiverRunning || !applierRunning);
    });
  },
});
