import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkTimeWaitHigh = defineCheck({
  id: 'link-time-wait-high',
  area: 'link',
  title: { zh: 'TIME_WAIT 连接过多', en: 'Too many connections in TIME_WAIT' },
  why: { zh: '短连接过多会占用端口和内存，到同一目标的新连接可能分不到端口。', en: 'Many short connections hold ports and memory, and new ones to the same place may find none.' },
  remedy: {
    zh: '执行 `ss -s` 与 `ss -tan state time-wait | wc -l` 确认；让客户端使用长连接或连接池，超过上限的连接会被内核直接销毁，必要时提高 net.ipv4.tcp_max_tw_buckets。',
    en: 'Confirm with `ss -s` and `ss -tan state time-wait | wc -l`; let clients keep or pool connections, and raise net.ipv4.tcp_max_tw_buckets if needed: beyond it the kernel destroys them early.',
  },
  severity: 'warning',
  reads: ['tcp'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 95 },
  source: 'tcp(7) tcp_max_tw_buckets; 80 % by practice',

  evaluate({ tcp }, { warningPercent, criticalPercent }) {
    if (tcp.timeWaitPercent === undefined) return unknown('not-reported');
    return above(tcp.timeWaitPercent, { warning: warningPercent, critical: criticalPercent });
  },
});
