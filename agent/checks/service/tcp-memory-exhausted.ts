import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const tcpMemoryExhausted = defineCheck({
  id: 'service-tcp-memory-exhausted',
  area: 'service',
  title: { zh: 'TCP 内存或孤儿连接达到上限', en: 'TCP memory or orphaned socket limit reached' },
  why: { zh: '内核开始复位或丢弃连接，所有网络服务都受影响。', en: 'The kernel resets or drops connections, which affects all network services.' },
  remedy: {
    zh: '执行 `cat /proc/net/sockstat` 查看 TCP 内存与孤儿连接；提高 net.ipv4.tcp_mem 或 tcp_max_orphans，并找出不关闭连接的程序。',
    en: 'Run `cat /proc/net/sockstat` to check TCP memory and orphaned sockets; raise net.ipv4.tcp_mem or tcp_max_orphans and find the program that does not close its connections.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'practice: the kernel resets connections when it logs this',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['tcp-memory'], { warning: warningCount });
  },
});
