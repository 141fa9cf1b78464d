import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const thsConnectionsDropped = defineCheck({
  id: 'ths-connections-dropped',
  area: 'middleware',
  product: 'ths',
  group: 'load',
  title: { zh: 'TongHttpServer 丢弃连接', en: 'Connections dropped by TongHttpServer' },
  why: { zh: '部分用户的连接被直接丢弃，表现为偶发失败。', en: 'Some user connections are simply dropped, which appears as intermittent failures.' },
  remedy: {
    zh: '对比 worker_connections 与活动连接；查看错误日志中的 worker_connections are not enough。',
    en: 'Compare worker_connections with the number of active connections; check the error log for "worker_connections are not enough".',
  },
  severity: 'warning',
  reads: ['middlewareThs'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'THS monitoring manual connections.dropped: 0',

  evaluate({ middlewareThs: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ connectionsDropped }) => told(connectionsDropped, (count) => above(count, { warning: warningCount })));
  },
});
