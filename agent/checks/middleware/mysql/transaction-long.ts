import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mysqlTransactionLong = defineCheck({
  id: 'mysql-transaction-long',
  area: 'middleware',
  product: 'mysql',
  group: 'load',
  title: { zh: 'MySQL 存在长时间未结束的事务', en: 'Long-running MySQL transaction' },
  why: {
    zh: '它持有锁并阻止清理旧版本，其他事务等待超时，磁盘增长。',
    en: 'It holds locks and blocks the purge of old versions: other transactions time out, and disk usage grows.',
  },
  remedy: {
    zh: '执行 `SELECT trx_mysql_thread_id, trx_started FROM information_schema.INNODB_TRX ORDER BY trx_started` 确认来源应用；修正未提交的连接，确认后再 KILL。',
    en: 'Run `SELECT trx_mysql_thread_id, trx_started FROM information_schema.INNODB_TRX ORDER BY trx_started` to find the application; fix connections that do not commit, and KILL only once you are sure.',
  },
  severity: 'warning',
  reads: ['middlewareMysql'],
  unit: 'seconds',
  threshold: { warningSeconds: 600 },
  source: 'practice: 600 s; it holds locks and keeps the history list from being purged',

  evaluate({ middlewareMysql: { members } }, { warningSeconds }) {
    return judgeInstances(members, ({ longestTransactionSeconds }) => told(longestTransactionSeconds, (seconds) => above(seconds, { warning: warningSeconds })));
  },
});
