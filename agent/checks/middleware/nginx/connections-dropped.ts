import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const nginxConnectionsDropped = defineCheck({
  id: 'nginx-connections-dropped',
  area: 'middleware',
  product: 'nginx',
  group: 'load',
  title: { zh: 'nginx 丢弃过连接', en: 'nginx dropped connections' },
  why: { zh: '工作连接数不够，部分用户的连接被直接丢弃。', en: "Too few worker connections: some users' connections were simply dropped." },
  remedy: {
    zh: '查看 stub_status 中 accepts 与 handled 的差；提高 worker_connections 与文件描述符上限。该计数自启动起累计。',
    en: 'Check the difference between accepts and handled in stub_status; raise worker_connections and the file descriptor limit. The counter is cumulative since start-up.',
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
