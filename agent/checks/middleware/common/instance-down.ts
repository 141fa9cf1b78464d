import type { Reach } from '../../../wire/sections/middleware/products.ts';
import { defineCheck } from '../../check.ts';
import { isShut, judgeInstances, wasAsked } from '../../middleware-rows.ts';

const DOWN: ReadonlySet<Reach> = new Set<Reach>(['refused', 'timeout', 'unresolved']);

export const middlewareInstanceDown = defineCheck({
  id: 'middleware-instance-down',
  area: 'middleware',
  group: 'load',
  title: { zh: '中间件实例无法连接', en: 'Middleware instance unreachable' },
  why: { zh: '依赖它的业务现在就不可用，或很快会报错。', en: 'Services that depend on it are unavailable now or will soon fail.' },
  remedy: {
    zh: '从巡检所在主机执行 `nc -vz <地址> <端口>`；检查进程是否运行、监听地址、防火墙与网络策略。',
    en: 'Run `nc -vz <address> <port>` from the host that runs the inspection; check that the process is running, its listening address, firewalls and network policies.',
  },
  severity: 'critical',
  reads: ['middleware'],
  unit: 'value',
  threshold: {},
  source: 'practice: an instance of which no member answers serves nobody',

  evaluate({ middleware: { rows } }) {
    return judgeInstances(rows, (row) => {
      if (row.reach === 'files-only') return 'other';
      // Who answers there is something else: of the instance that was meant nobody knows.
      if ((!wasAsked(row.reach) || row.reach === 'protocol') && row.answered === 0) return 'silent';
      return row.answered === 0 && DOWN.has(row.reach) && !isShut(row) ? [{ observed: row.reach }] : [];
    });
  },
});
