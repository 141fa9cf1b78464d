import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkConntrackInsertFailed = defineCheck({
  id: 'link-conntrack-insert-failed',
  area: 'link',
  title: { zh: '连接跟踪插入失败', en: 'Connection tracking insertions failing' },
  why: {
    zh: '部分新连接的首包被丢弃，常见现象是域名解析偶尔慢 5 秒。',
    en: 'The first packets of some new connections are dropped; a common symptom is name resolution that occasionally takes 5 seconds longer.',
  },
  remedy: {
    zh: '执行 `conntrack -S` 查看 insert_failed；并发 DNS 查询的竞争会造成 5 秒解析延迟，部署 NodeLocal DNSCache 或在 Pod 中使用 single-request-reopen，并升级内核。',
    en: 'Run `conntrack -S` to check insert_failed; races between concurrent DNS queries cause five-second lookup delays. Deploy NodeLocal DNSCache or use single-request-reopen in pods, and upgrade the kernel.',
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
