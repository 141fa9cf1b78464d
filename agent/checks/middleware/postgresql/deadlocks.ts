import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const postgresqlDeadlocks = defineCheck({
  id: 'postgresql-deadlocks',
  area: 'middleware',
  product: 'postgresql',
  group: 'load',
  title: { zh: 'PostgreSQL 发生过死锁', en: 'PostgreSQL has had deadlocks' },
  why: { zh: '被回滚的事务需要重试，应用若不处理就是失败的操作。', en: 'A transaction was rolled back each time; unless the application retries, a user saw it fail.' },
  remedy: {
    zh: '在服务器日志中查找 deadlock detected 并确认涉及的应用；统一加锁顺序。该计数自统计重置起累计。',
    en: "Look for deadlock detected in the server's log and see which application it was; take locks in one order. The number counts since statistics were reset.",
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
