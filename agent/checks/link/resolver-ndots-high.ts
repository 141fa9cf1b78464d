import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';

export const linkResolverNdotsHigh = defineCheck({
  id: 'link-resolver-ndots-high',
  area: 'link',
  title: { zh: '主机的 ndots 过大', en: 'Large ndots on the host' },
  why: { zh: '每次解析外部域名都先试多个后缀，查询量成倍，响应变慢。', en: 'Every outside name is tried with several suffixes first: many times the queries, and slower answers.' },
  remedy: {
    zh: '执行 `grep ^options /etc/resolv.conf` 查看；主机上应使用默认值 1，过大的 ndots 会让每次解析外部域名都先逐个尝试搜索域。',
    en: 'Look at `grep ^options /etc/resolv.conf`; the default of 1 is right on a host: a larger one tries every search domain before each outside name.',
  },
  severity: 'info',
  setup: true,
  reads: ['resolver'],
  unit: 'value',
  threshold: { infoValue: 5 },
  source: 'resolv.conf(5), default 1; 5 is what Kubernetes sets inside pods',

  evaluate({ resolver }, { infoValue }) {
    return above(resolver.ndots, { info: infoValue });
  },
});
