import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mysqlLogWaits = defineCheck({
  id: 'mysql-log-waits',
  area: 'middleware',
  product: 'mysql',
  group: 'load',
  title: { zh: 'MySQL 日志缓冲不足', en: 'MySQL log buffer too small' },
  why: { zh: '事务提交要等日志缓冲腾空，写入变慢。', en: 'Commits wait for log buffer space, so writes slow down.' },
  remedy: {
    zh: "执行 `SHOW GLOBAL STATUS LIKE 'Innodb_log_waits'` 看是否增长；提高 innodb_log_buffer_size 并检查日志所在磁盘。该计数自启动起累计。",
    en: "Run `SHOW GLOBAL STATUS LIKE 'Innodb_log_waits'` and see whether it grows; raise innodb_log_buffer_size and check the log disk. The counter is cumulative since the server started.",
  },
  severity: 'warning',
  reads: ['middlewareMysql'],
  unit: 'count',
  threshold: { warningCount: 11 },
  source: 'awesome-prometheus-alerts (MySQL): MysqlInnodbLogWaits (> 10)',

  evaluate({ middlewareMysql: { members } }, { warningCount }) {
    return judgeInstances(members, ({ logWaits }) => told(logWaits, (count) => above(count, { warning: warningCount })));
  },
});
