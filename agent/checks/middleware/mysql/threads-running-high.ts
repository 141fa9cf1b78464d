import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const mysqlThreadsRunningHigh = defineCheck({
  id: 'mysql-threads-running-high',
  area: 'middleware',
  product: 'mysql',
  group: 'load',
  title: { zh: 'MySQL 并发执行的线程过多', en: 'Too many running MySQL threads' },
  why: { zh: '并发超过处理器能力，所有查询一起变慢，可能雪崩。', en: 'Concurrency exceeds CPU capacity: all queries slow down together, and failures may cascade.' },
  remedy: {
    zh: '执行 `SHOW FULL PROCESSLIST` 查看正在执行的语句与等待；检查慢查询与锁等待，必要时限流。',
    en: 'Run `SHOW FULL PROCESSLIST` to see running statements and what they wait for; check slow queries and lock waits, and throttle if necessary.',
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
