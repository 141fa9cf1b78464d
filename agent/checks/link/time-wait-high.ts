import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkTimeWaitHigh = defineCheck({
  id: 'link-time-wait-high',
  area: 'link',
  title: { zh: 'TIME_WAIT 连接过多', en: 'Too many connections in TIME_WAIT' },
  why: {
    zh: '短连接过多会占用端口和内存，到同一目标的新连接可能分不到端口。',
    en: 'Many short-lived connections tie up ports and memory; new ones to the same destination may get no port.',
  },
  remedy: {
    zh: '执行 `ss -s` 与 `ss -tan state time-wait | wc -l` 确认；让客户端使用长连接或连接池，超过上限的连接会被内核直接销毁，必要时提高 net.ipv4.tcp_max_tw_buckets。',
    en: 'Run `ss -s` and `ss -tan state time-wait | wc -l` to confirm; have clients use persistent connections or connection pools. The kernel destroys connections beyond the limit, so raise net.ipv4.tcp_max_tw_buckets if necessary.',
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
