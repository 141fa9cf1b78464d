import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkBacklogDrops = defineCheck({
  id: 'link-backlog-drops',
  area: 'link',
  title: { zh: '内核收包积压队列溢出', en: 'Kernel receive backlog queue overflowing' },
  why: { zh: '报文在进入协议栈前就被丢弃，表现为重传和偶发超时。', en: 'Packets are dropped before the network stack, causing retransmissions and sporadic timeouts.' },
  remedy: {
    zh: '执行 `cat /proc/net/softnet_stat`（第 2 列）确认；提高 net.core.netdev_max_backlog，并用多队列、RPS 或 irqbalance 把收包分散到多个处理器。',
    en: 'Run `cat /proc/net/softnet_stat` (second column) to confirm; raise net.core.netdev_max_backlog and spread packet reception across CPUs with multiple queues, RPS or irqbalance.',
  },
  severity: 'warning',
  reads: ['softnet'],
  unit: 'per-second',
  threshold: { warningPerSecond: 1 },
  source: 'netdata 1min_netdev_backlog_exceeded; 1 per second by practice',

  evaluate({ softnet }, { warningPerSecond }) {
    if (softnet.droppedPerSecond === undefined) return unknown('no-history');
    return above(softnet.droppedPerSecond, { warning: warningPerSecond });
  },
});
