import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mysqlDurabilityRelaxed = defineCheck({
  id: 'mysql-durability-relaxed',
  area: 'middleware',
  product: 'mysql',
  group: 'configuration',
  title: { zh: 'MySQL 提交不落盘，断电可能丢失事务', en: 'MySQL commits not flushed: power loss may lose transactions' },
  why: { zh: '已告知成功的事务在断电或崩溃后可能消失。', en: 'Acknowledged transactions may be lost in a power failure or crash.' },
  remedy: {
    zh: '执行 `SELECT @@sync_binlog, @@innodb_flush_log_at_trx_commit` 确认；主库两者设为 1，若为性能有意放宽请将其加入豁免并记录。',
    en: 'Run `SELECT @@sync_binlog, @@innodb_flush_log_at_trx_commit` to confirm; set both to 1 on the primary, or, if relaxed on purpose for performance, add an exemption and document it.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareMysql'],
  unit: 'value',
  threshold: {},
  source: 'MySQL manual, innodb_flush_log_at_trx_commit and sync_binlog: both 1 for durability',

  evaluate({ middlewareMysql: { members } }) {
    return judgeInstances(members, ({ binaryLog, syncBinaryLog, flushLogAtCommit, galeraSynced }) => {
      if (flushLogAtCommit === undefined) return 'silent';
      if (galeraSynced !== undefined) return 'other'; // its durability is in the other nodes
      if (flushLogAtCommit !== 1) return [{ observed: flushLogAtCommit, threshold: 1 }];
      if (binaryLog === false) return [];
      return told(syncBinaryLog, (every) => (every === 1 ? [] : [{ observed: every, threshold: 1 }]));
    });
  },
});
