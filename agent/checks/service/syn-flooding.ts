import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const synFlooding = defineCheck({
  id: 'service-syn-flooding',
  area: 'service',
  title: { zh: '监听端口疑似遭受 SYN 洪泛或队列过短', en: 'Possible SYN flood or short queue on a listening port' },
  why: { zh: '正常用户的连接可能建立不了，服务看上去时通时断。', en: 'Legitimate users may be unable to connect, and the service appears intermittent.' },
  remedy: {
    zh: '执行 `nstat -az TcpExtListenOverflows TcpExtListenDrops` 与 `ss -lnt` 查看溢出的监听队列；提高 net.core.somaxconn、tcp_max_syn_backlog 与程序的 backlog，排除攻击。',
    en: "Run `nstat -az TcpExtListenOverflows TcpExtListenDrops` and `ss -lnt` to find the overflowing listen queue; raise net.core.somaxconn, tcp_max_syn_backlog and the application's backlog, and rule out an attack.",
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'practice: the kernel logs it when a SYN queue overflows, in production mostly a short backlog',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['syn-flood'], { warning: warningCount });
  },
});
