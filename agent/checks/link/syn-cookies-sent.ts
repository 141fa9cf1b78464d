import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkSynCookiesSent = defineCheck({
  id: 'link-syn-cookies-sent',
  area: 'link',
  title: { zh: '内核正在发送 SYN cookie', en: 'Kernel sending SYN cookies' },
  why: {
    zh: '连接请求已超出队列：要么正在遭受攻击，要么服务接不过来。',
    en: 'Connection requests exceed the queue: either an attack is in progress or the service cannot keep up.',
  },
  remedy: {
    zh: '执行 `ss -n state syn-recv | wc -l` 与 `nstat -az TcpExtSyncookiesSent` 确认；排查 SYN 洪泛来源，正常高峰则提高 net.ipv4.tcp_max_syn_backlog。',
    en: 'Run `ss -n state syn-recv | wc -l` and `nstat -az TcpExtSyncookiesSent` to confirm; look for the source of a SYN flood or, if this is a legitimate peak, raise net.ipv4.tcp_max_syn_backlog.',
  },
  severity: 'warning',
  reads: ['tcp'],
  unit: 'per-second',
  threshold: { warningPerSecond: 1 },
  source: 'netdata 1m_tcp_syn_queue_cookies (1 per second)',

  evaluate({ tcp }, { warningPerSecond }) {
    if (tcp.synCookiesPerSecond === undefined) return unknown('no-history');
    return above(tcp.synCookiesPerSecond, { warning: warningPerSecond });
  },
});
