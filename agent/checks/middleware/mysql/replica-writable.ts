import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const mysqlReplicaWritable = defineCheck({
  id: 'mysql-replica-writable',
  area: 'middleware',
  product: 'mysql',
  group: 'configuration',
  title: { zh: 'MySQL 从库可写', en: 'MySQL replica accepts writes' },
  remedy: {
    zh: '在从库执行 `SELECT @@read_only, @@super_read_only` 确认；执行 `SET GLOBAL super_read_only=ON`（MariaDB 为 read_only）并写入配置文件。',
    en: 'Run `SELECT @@read_only, @@super_read_only` on the replica; `SET GLOBAL super_read_only=ON` (MariaDB: read_only) and put it into the configuration.',
  },
  severity: 'warning',
  reads: ['middlewareMysql'],
  unit: 'value',
  threshold: {},
  source: 'MySQL manual, read_only and super_read_only; practice: a write to a replica makes it differ and stops its replication',

  evaluate({ middlewareMysql: { members } }) {
    return judgeInstances(members, ({ replicates, writable }) => {
      if (replicates === undefined) return 'silent';
      return replicates ? wrongWhen(writable) : 'other';
    });
  },
});
