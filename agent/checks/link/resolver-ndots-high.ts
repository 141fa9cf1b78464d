import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';

export const linkResolverNdotsHigh = defineCheck({
  id: 'link-resolver-ndots-high',
  area: 'link',
  title: { zh: '主机的 ndots 过大', en: 'ndots value too high on the host' },
  why: {
    zh: '每次解析外部域名都先试多个后缀，查询量成倍，响应变慢。',
    en: 'Every lookup of an external name tries several suffixes first, which multiplies queries and slows responses.',
  },
  remedy: {
    zh: '执行 `grep ^options /etc/resolv.conf` 查看；主机上应使用默认值 1，过大的 ndots 会让每次解析外部域名都先逐个尝试搜索域。',
    en: 'Run `grep ^options /etc/resolv.conf` to check; hosts should use the default of 1. With a higher value, every lookup of an external name tries each search domain first.',
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
