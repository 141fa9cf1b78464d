import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const postgresqlDeadlocks = defineCheck({
  id: 'postgresql-deadlocks',
  area: 'middleware',
  product: 'postgresql',
  group: 'load',
  title: { zh: 'PostgreSQL 发生过死锁', en: 'PostgreSQL deadlocks detected' },
  why: { zh: '被回滚的事务需要重试，应用若不处理就是失败的操作。', en: 'Rolled-back transactions must be retried; if the application does not do so, the operation fails.' },
  remedy: {
    zh: '在服务器日志中查找 deadlock detected 并确认涉及的应用；统一加锁顺序。该计数自统计重置起累计。',
    en: 'Search the server log for deadlock detected and identify the applications involved; acquire locks in a consistent order. The counter is cumulative since the last statistics reset.',
  },
  severity: 'info',
  reads: ['middlewarePostgresql'],
  unit: 'count',
  threshold: { infoCount: 6 },
  source: 'awesome-prometheus-alerts (PostgreSQL): PostgresqlDeadLocks (> 5)',

  evaluate({ middlewarePostgresql: { members } }, { infoCount }) {
    return judgeInstances(members, ({ deadlocks }) => told(deadlocks, (count) => above(count, { info: infoCount })));
  },
});
