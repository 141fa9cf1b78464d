import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mysqlHistoryListLong = defineCheck({
  id: 'mysql-history-list-long',
  area: 'middleware',
  product: 'mysql',
  group: 'load',
  title: { zh: 'MySQL undo 历史过长', en: 'MySQL undo history list too long' },
  why: { zh: '旧版本堆积使查询变慢、磁盘增长，多半有事务长期不结束。', en: 'Old row versions pile up, slowing queries and using disk; most likely a transaction never ends.' },
  remedy: {
    zh: '执行 `SELECT trx_id, trx_started FROM information_schema.INNODB_TRX ORDER BY trx_started` 找出长事务并结束它；检查 purge 线程。',
    en: 'Run `SELECT trx_id, trx_started FROM information_schema.INNODB_TRX ORDER BY trx_started` to find the long transaction and end it; check the purge threads.',
  },
  severity: 'warning',
  reads: ['middlewareMysql'],
  unit: 'count',
  threshold: { warningCount: 50_000 },
  source: 'awesome-prometheus-alerts (MySQL): MysqlInnodbHistory_lenTooLong (50 000)',

  evaluate({ middlewareMysql: { members } }, { warningCount }) {
    return judgeInstances(members, ({ historyLength }) => told(historyLength, (length) => above(length, { warning: warningCount })));
  },
});
