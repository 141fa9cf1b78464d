import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkConntrackUsageHigh = defineCheck({
  id: 'link-conntrack-usage-high',
  area: 'link',
  title: { zh: '连接跟踪表使用率过高', en: 'Connection tracking table nearly full' },
  why: { zh: '一旦占满，新连接会被随机丢弃，影响节点上所有业务。', en: 'Once it is full, new connections are dropped at random, which affects all services on the node.' },
  remedy: {
    zh: '执行 `conntrack -S` 与 `sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max` 确认；提高 nf_conntrack_max（kube-proxy 的 conntrack.maxPerCore），并排查异常的短连接来源。',
    en: 'Run `conntrack -S` and `sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max` to confirm; raise nf_conntrack_max (kube-proxy conntrack.maxPerCore) and look for the source of unusual numbers of short-lived connections.',
  },
  severity: 'warning',
  reads: ['conntrack'],
  unit: 'percent',
  threshold: { warningPercent: 75, criticalPercent: 90 },
  source: 'node-mixin NodeHighNumberConntrackEntriesUsed (75 %); node-problem-detector ConntrackFull (90 %)',

  evaluate({ conntrack }, { warningPercent, criticalPercent }) {
    if (conntrack.usedPercent === undefined) return unknown('not-reported');
    return above(conntrack.usedPercent, { warning: warningPercent, critical: criticalPercent });
  },
});
