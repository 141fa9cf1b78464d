import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkOrphansHigh = defineCheck({
  id: 'link-orphans-high',
  area: 'link',
  title: { zh: 'TCP 孤儿套接字过多', en: 'Too many orphaned TCP sockets' },
  why: { zh: '无人认领的连接占用内存，达到上限后内核会直接复位连接。', en: 'Connections without an owner consume memory; at the limit, the kernel resets connections.' },
  remedy: {
    zh: '执行 `cat /proc/net/sockstat` 查看 orphan，用 `ss -tan state fin-wait-1 | wc -l` 找出滞留的连接；排查不正常断开的客户端或攻击，必要时提高 net.ipv4.tcp_max_orphans。',
    en: 'Run `cat /proc/net/sockstat` to check orphan and `ss -tan state fin-wait-1 | wc -l` to count lingering connections; look for abnormal client disconnects or an attack, and raise net.ipv4.tcp_max_orphans if needed.',
  },
  severity: 'warning',
  reads: ['tcp'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 95 },
  source: 'tcp(7) tcp_max_orphans: beyond it connections are reset; 80 % by practice',

  evaluate({ tcp }, { warningPercent, criticalPercent }) {
    if (tcp.orphansPercent === undefined) return unknown('not-reported');
    return above(tcp.orphansPercent, { warning: warningPercent, critical: criticalPercent });
  },
});
