import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkConntrackInsertFailed = defineCheck({
  id: 'link-conntrack-insert-failed',
  area: 'link',
  title: { zh: '连接跟踪插入失败', en: 'Insertions into the connection tracking table fail' },
  why: {
    zh: '部分新连接的首包被丢弃，常见现象是域名解析偶尔慢 5 秒。',
    en: 'First packets of some connections are lost; the usual sign is a name lookup that takes 5 seconds now and then.',
  },
  remedy: {
    zh: '执行 `conntrack -S` 查看 insert_failed；并发 DNS 查询的竞争会造成 5 秒解析延迟，部署 NodeLocal DNSCache 或在 Pod 中使用 single-request-reopen，并升级内核。',
    en: 'Look at insert_failed in `conntrack -S`; races of parallel DNS queries cause five-second lookups: deploy NodeLocal DNSCache or use single-request-reopen in pods, and update the kernel.',
  },
  severity: 'warning',
  reads: ['conntrack'],
  unit: 'per-second',
  threshold: { warningPerSecond: 1 },
  source: 'practice: kubernetes/kubernetes issue 56903, DNS lookups delayed by conntrack races',

  evaluate({ conntrack }, { warningPerSecond }) {
    if (conntrack.insertFailedPerSecond === undefined) return unknown('no-history');
    return above(conntrack.insertFailedPerSecond, { warning: warningPerSecond });
  },
});
