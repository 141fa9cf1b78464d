import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkConntrackBucketsCrowded = defineCheck({
  id: 'link-conntrack-buckets-crowded',
  area: 'link',
  title: { zh: '连接跟踪哈希桶过少', en: 'Too few hash buckets for connection tracking' },
  why: { zh: '每个报文都要在长链表里查找，处理器消耗上升，转发变慢。', en: 'Each packet is looked up in long chains: more processor time, slower forwarding.' },
  remedy: {
    zh: '执行 `sysctl net.netfilter.nf_conntrack_buckets net.netfilter.nf_conntrack_count` 对比；提高 /sys/module/nf_conntrack/parameters/hashsize，使其接近 nf_conntrack_max 的四分之一或更大。',
    en: 'Compare `sysctl net.netfilter.nf_conntrack_buckets net.netfilter.nf_conntrack_count`; raise /sys/module/nf_conntrack/parameters/hashsize to a quarter of nf_conntrack_max or more.',
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
