import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkConntrackBucketsCrowded = defineCheck({
  id: 'link-conntrack-buckets-crowded',
  area: 'link',
  title: { zh: '连接跟踪哈希桶过少', en: 'Too few connection tracking hash buckets' },
  why: { zh: '每个报文都要在长链表里查找，处理器消耗上升，转发变慢。', en: 'Every packet requires a lookup in long chains, which increases CPU usage and slows forwarding.' },
  remedy: {
    zh: '执行 `sysctl net.netfilter.nf_conntrack_buckets net.netfilter.nf_conntrack_count` 对比；提高 /sys/module/nf_conntrack/parameters/hashsize，使其接近 nf_conntrack_max 的四分之一或更大。',
    en: 'Run `sysctl net.netfilter.nf_conntrack_buckets net.netfilter.nf_conntrack_count` to compare the values; raise /sys/module/nf_conntrack/parameters/hashsize to around a quarter of nf_conntrack_max or more.',
  },
  severity: 'info',
  setup: true,
  reads: ['conntrack'],
  unit: 'ratio',
  threshold: { infoRatio: 0.7 },
  source: 'Huawei CCE: conntrack bucket occupancy below 0.7',

  evaluate({ conntrack }, { infoRatio }) {
    if (conntrack.perBucket === undefined) return unknown('not-reported');
    return above(conntrack.perBucket, { info: infoRatio });
  },
});
