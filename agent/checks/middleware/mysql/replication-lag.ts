import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mysqlReplicationLag = defineCheck({
  id: 'mysql-replication-lag',
  area: 'middleware',
  product: 'mysql',
  group: 'load',
  title: { zh: 'MySQL 从库延迟', en: 'MySQL replication lag' },
  why: { zh: '此时切换会丢数据，读从库会读到旧数据。', en: 'A failover now would lose data, and reads from the replica are stale.' },
  remedy: {
    zh: '在从库执行 `SHOW REPLICA STATUS\\G` 比较 Retrieved 与 Executed 的位置；检查大事务、无主键的表、磁盘与并行复制设置。',
    en: 'Run `SHOW REPLICA STATUS\\G` on the replica and compare the Retrieved and Executed positions; check large transactions, tables without primary keys, disks and parallel replication settings.',
  },
  severity: 'warning',
  reads: ['middlewareMysql'],
  unit: 'seconds',
  threshold: { warningSeconds: 31, criticalSeconds: 301 },
  source: 'awesome-prometheus-alerts (MySQL): MysqlSlaveReplicationLag (30 s); DCE data services: READY=False beyond 30 s; practice: critical beyond 300 s',

  evaluate({ middlewareMysql: { members } }, { warningSeconds, criticalSeconds }) {
    return judgeInstances(members, ({ replicates, receiverRunning, applierRunning, lagSeconds }) => {
      if (replicates === undefined) return 'silent';
      if (!replicates || receiverRunning === false || applierRunning === false) return 'other'; // stopped is told by its own check
      return told(lagSeconds, (seconds) => above(seconds, { warning: warningSeconds, critical: criticalSeconds }));
    });
  },
});
