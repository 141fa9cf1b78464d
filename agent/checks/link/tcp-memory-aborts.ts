import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkTcpMemoryAborts = defineCheck({
  id: 'link-tcp-memory-aborts',
  area: 'link',
  title: { zh: 'TCP 连接因内存不足被中止', en: 'TCP connections aborted due to lack of memory' },
  why: { zh: '内核因内存不足复位了连接，客户端看到连接被中断。', en: 'The kernel reset connections because memory was short, and clients saw their connections break.' },
  remedy: {
    zh: '执行 `cat /proc/net/sockstat /proc/sys/net/ipv4/tcp_mem` 对比用量与上限；排查泄漏连接的进程（`ss -s`、`ss -tmp`），必要时提高 tcp_mem 与 tcp_max_orphans。',
    en: 'Run `cat /proc/net/sockstat /proc/sys/net/ipv4/tcp_mem` to compare usage with the limits; look for processes that leak connections (`ss -s`, `ss -tmp`), and raise tcp_mem and tcp_max_orphans if necessary.',
  },
  severity: 'warning',
  reads: ['tcp'],
  unit: 'per-second',
  threshold: { warningPerSecond: 0.1 },
  source: 'netdata 1m_tcp_connection aborts on memory; any within the sample by practice',

  evaluate({ tcp }, { warningPerSecond }) {
    if (tcp.memoryAbortsPerSecond === undefined) return unknown('no-history');
    return above(tcp.memoryAbortsPerSecond, { warning: warningPerSecond });
  },
});
