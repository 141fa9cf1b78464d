import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const mysqlReplicaWritable = defineCheck({
  id: 'mysql-replica-writable',
  area: 'middleware',
  product: 'mysql',
  group: 'configuration',
  title: { zh: 'MySQL 从库可写', en: 'Writable MySQL replica' },
  why: { zh: '误写从库会使主从数据不一致，复制中断，切换后数据是错的。', en: 'Accidental writes make the data diverge: replication breaks, and data is wrong after a failover.' },
  remedy: {
    zh: '在从库执行 `SELECT @@read_only, @@super_read_only` 确认；执行 `SET GLOBAL super_read_only=ON`（MariaDB 为 read_only）并写入配置文件。',
    en: 'Run `SELECT @@read_only, @@super_read_only` on the replica to confirm; run `SET GLOBAL super_read_only=ON` (MariaDB: read_only) and add it to the configuration file.',
  },
  severity: 'warning',
  setup: true,
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
