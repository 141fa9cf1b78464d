import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const conntrackFull = defineCheck({
  id: 'service-conntrack-full',
  area: 'service',
  title: { zh: '连接跟踪表已满，正在丢包', en: 'Connection tracking table full and dropping packets' },
  why: { zh: '新连接被随机丢弃，节点上所有业务都会偶发超时。', en: 'New connections are dropped at random, causing sporadic timeouts in all services on the node.' },
  remedy: {
    zh: '执行 `sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max` 对比用量与上限；提高 nf_conntrack_max，并查找大量短连接的来源。',
    en: 'Run `sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max` to compare usage with the limit; raise nf_conntrack_max and find the source of the many short-lived connections.',
  },
  severity: 'critical',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'kubernetes/node-problem-detector config/network-problem-monitor.json ConntrackFull (90 %); here packets were really lost',

  evaluate({ kernelLog }, { criticalCount }) {
    return loggedToday(kernelLog, ['conntrack-full'], { critical: criticalCount });
  },
});
