import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const nginxConnectionsDropped = defineCheck({
  id: 'nginx-connections-dropped',
  area: 'middleware',
  product: 'nginx',
  group: 'load',
  title: { zh: 'nginx 丢弃过连接', en: 'nginx dropped connections' },
  why: { zh: '工作连接数不够，部分用户的连接被直接丢弃。', en: 'Worker connections ran out, and some users were simply dropped.' },
  remedy: {
    zh: '查看 stub_status 中 accepts 与 handled 的差；提高 worker_connections 与文件描述符上限。该计数自启动起累计。',
    en: 'Look at accepts and handled of stub_status; raise worker_connections and the limit of descriptors. The number counts since it started.',
  },
  severity: 'warning',
  reads: ['middlewareNginx'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'nginx documentation, stub_status: accepts above handled means that a limit was reached; practice: any',

  evaluate({ middlewareNginx: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ droppedConnections }) => (droppedConnections === undefined ? 'other' : above(droppedConnections, { warning: warningCount })));
  },
});
