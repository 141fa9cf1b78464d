import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkTcpMemoryHigh = defineCheck({
  id: 'link-tcp-memory-high',
  area: 'link',
  title: { zh: 'TCP 内存用量接近上限', en: 'TCP memory usage close to its limit' },
  why: {
    zh: '到达上限后内核会压缩窗口、丢包并复位连接，所有网络业务变慢。',
    en: 'At the limit, the kernel shrinks windows, drops packets and resets connections, which slows down all network services.',
  },
  remedy: {
    zh: '执行 `cat /proc/net/sockstat /proc/sys/net/ipv4/tcp_mem` 对比 mem 与上限；用 `ss -tmp` 找出占用最多的进程，修复泄漏，或提高 net.ipv4.tcp_mem。',
    en: 'Run `cat /proc/net/sockstat /proc/sys/net/ipv4/tcp_mem` to compare mem with the limit; use `ss -tmp` to find the process using the most, fix the leak, or raise net.ipv4.tcp_mem.',
  },
  severity: 'warning',
  reads: ['tcp'],
  unit: 'percent',
  threshold: { warningPercent: 67, criticalPercent: 90 },
  source: 'tcp(7): above the pressure mark, two thirds of the limit by default, the kernel shrinks buffers; netdata tcp_memory critical at 90 %',

  evaluate({ tcp }, { warningPercent, criticalPercent }) {
    if (tcp.memoryPercent === undefined) return unknown('not-reported');
    return above(tcp.memoryPercent, { warning: warningPercent, critical: criticalPercent });
  },
});
