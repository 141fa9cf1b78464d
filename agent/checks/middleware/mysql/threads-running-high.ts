import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const mysqlThreadsRunningHigh = defineCheck({
  id: 'mysql-threads-running-high',
  area: 'middleware',
  product: 'mysql',
  group: 'load',
  title: { zh: 'MySQL 并发执行的线程过多', en: 'MySQL runs too many threads at once' },
  remedy: {
    zh: '执行 `SHOW FULL PROCESSLIST` 查看正在执行的语句与等待；检查慢查询与锁等待，必要时限流。',
    en: 'Run `SHOW FULL PROCESSLIST` to see what runs and what it waits for; look for slow statements and locks, throttle if you must.',
  },
  severity: 'warning',
  reads: ['middlewareMysql'],
  unit: 'percent',
  threshold: { warningPercent: 61 },
  source: 'awesome-prometheus-alerts (MySQL): MysqlHighThreadsRunning (60 %)',

  evaluate({ middlewareMysql: { members } }, { warningPercent }) {
    return judgeInstances(members, ({ threadsRunning, maxConnections }) =>
      threadsRunning === undefined || !maxConnections ? 'silent' : above(Math.floor((threadsRunning / maxConnections) * 100), { warning: warningPercent }),
    );
  },
});
