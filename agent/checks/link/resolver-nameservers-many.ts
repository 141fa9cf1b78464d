import { defineCheck } from '../check.ts';

export const linkResolverNameserversMany = defineCheck({
  id: 'link-resolver-nameservers-many',
  area: 'link',
  title: { zh: '域名服务器超过三个', en: 'More than three name servers' },
  why: {
    zh: '系统只用前三个，其余被忽略；Pod 的解析配置还会被截断并产生告警。',
    en: 'Only the first three are used and the rest are ignored; the DNS configuration of pods is also truncated, with a warning.',
  },
  remedy: {
    zh: '执行 `grep -c ^nameserver /etc/resolv.conf` 确认；只保留三个以内，多出的会被 glibc 与 kubelet 忽略，并使 Pod 产生 DNSConfigForming 告警。',
    en: 'Run `grep -c ^nameserver /etc/resolv.conf` to confirm; keep no more than three, as glibc and the kubelet ignore the rest and pods get DNSConfigForming warnings.',
  },
  severity: 'warning',
  setup: true,
  reads: ['resolver'],
  unit: 'count',
  threshold: { maximumCount: 3 },
  source: 'resolv.conf(5) MAXNS and Kubernetes MaxDNSNameservers (3)',

  evaluate({ resolver }, { maximumCount }) {
    return resolver.nameservers > maximumCount ? [{ observed: resolver.nameservers, threshold: maximumCount }] : [];
  },
});
