import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const mysqlGtidOff = defineCheck({
  id: 'mysql-gtid-off',
  area: 'middleware',
  product: 'mysql',
  group: 'configuration',
  title: { zh: 'MySQL 复制未使用 GTID', en: 'MySQL replication without GTIDs' },
  why: {
    zh: '切换和重建从库要人工对位点，容易出错、丢数据或停机更久。',
    en: 'Failovers and rebuilds need manual log positions: this is error-prone and may lose data or extend downtime.',
  },
  remedy: {
    zh: '执行 `SELECT @@gtid_mode`（MariaDB 查看 `SHOW ALL SLAVES STATUS` 的 Using_Gtid）；按手册在线切换 gtid_mode，或 `CHANGE MASTER TO master_use_gtid=slave_pos`。',
    en: 'Run `SELECT @@gtid_mode` (MariaDB: Using_Gtid in `SHOW ALL SLAVES STATUS`); switch gtid_mode online as described in the manual, or run `CHANGE MASTER TO master_use_gtid=slave_pos`.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareMysql'],
  unit: 'value',
  threshold: {},
  source: 'MySQL manual, "Replication with Global Transaction Identifiers"; without it failover and rebuilding want positions by hand',

  evaluate({ middlewareMysql: { members } }) {
    return judgeInstances(members, ({ replicates, gtid }) => {
      if (replicates === undefined) return 'silent';
      return replicates ? wrongWhen(gtid === undefined ? undefined : !gtid) : 'other';
    });
  },
});
