import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mysqlBinlogPurged = defineCheck({
  id: 'mysql-binlog-purged',
  area: 'middleware',
  product: 'mysql',
  group: 'load',
  title: { zh: 'MySQL 从库需要的 binlog 已被清除', en: 'Binary log needed by a MySQL replica was purged' },
  why: { zh: '该从库已无法追上，必须整库重建，期间没有这份冗余。', en: 'The replica can no longer catch up and must be fully rebuilt, without this redundancy meanwhile.' },
  remedy: {
    zh: '在从库执行 `SHOW REPLICA STATUS\\G` 确认 Last_IO_Errno 为 1236；从主库重新做一份备份并重建该从库，再延长 binlog 保留时间。',
    en: 'Run `SHOW REPLICA STATUS\\G` on the replica to confirm that Last_IO_Errno is 1236; rebuild the replica from a new backup of the primary, then extend binary log retention.',
  },
  severity: 'critical',
  reads: ['middlewareMysql'],
  unit: 'value',
  threshold: { purgedValue: 1236 },
  source: 'MySQL manual, error 1236; DaoCloud documentation, MySQL troubleshooting (purged binary log)',

  evaluate({ middlewareMysql: { members } }, { purgedValue }) {
    return judgeInstances(members, ({ replicates, replicationError }) =>
      replicates === false ? 'other' : told(replicationError, (error) => (error === purgedValue ? [{ observed: error }] : [])),
    );
  },
});
