import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mysqlBinlogPurged = defineCheck({
  id: 'mysql-binlog-purged',
  area: 'middleware',
  product: 'mysql',
  group: 'load',
  title: { zh: 'MySQL 从库需要的 binlog 已被清除', en: 'Binary log that a MySQL replica needs was purged' },
  why: { zh: '该从库已无法追上，必须整库重建，期间没有这份冗余。', en: 'The replica can never catch up and must be rebuilt, without redundancy meanwhile.' },
  remedy: {
    zh: '在从库执行 `SHOW REPLICA STATUS\\G` 确认 Last_IO_Errno 为 1236；从主库重新做一份备份并重建该从库，再延长 binlog 保留时间。',
    en: 'Run `SHOW REPLICA STATUS\\G` on the replica and see Last_IO_Errno 1236; rebuild the replica from a new backup, then keep binary logs longer.',
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
