import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkEphemeralPortsHigh = defineCheck({
  id: 'link-ephemeral-ports-high',
  area: 'link',
  title: { zh: '到同一目标的临时端口即将耗尽', en: 'Ephemeral ports to one destination nearly exhausted' },
  why: {
    zh: '用完后到该目标的新连接全部失败，应用报“无法分配地址”。',
    en: 'Once they are exhausted, all new connections to that destination fail with "cannot assign requested address".',
  },
  remedy: {
    zh: '执行 `ss -tan` 并按对端地址统计，找出目标；让客户端复用连接，扩大 net.ipv4.ip_local_port_range，或启用 tcp_tw_reuse。',
    en: 'Run `ss -tan` and count by peer address to find the destination; have the client reuse connections, widen net.ipv4.ip_local_port_range, or enable tcp_tw_reuse.',
  },
  severity: 'warning',
  reads: ['tcp'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 95 },
  source: 'practice: connections to that destination fail at 100 %; counted per destination, since ports can be shared between them',

  evaluate({ tcp }, { warningPercent, criticalPercent }) {
    if (tcp.ephemeralPortsPercent === undefined) return unknown('not-reported');
    return above(tcp.ephemeralPortsPercent, { warning: warningPercent, critical: criticalPercent });
  },
});
