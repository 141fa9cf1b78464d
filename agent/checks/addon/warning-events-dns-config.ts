import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsDnsConfig = defineCheck({
  id: 'addon-warning-events-dns-config',
  area: 'addon',
  title: { zh: 'Pod 的 DNS 配置超出限制', en: 'DNS configuration of pods exceeds the limits' },
  why: { zh: '部分解析设置被截断，Pod 可能解析不到某些域名。', en: 'Part of the settings is cut off, and pods may not resolve some names.' },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=DNSConfigForming --sort-by=.lastTimestamp`；减少节点 `/etc/resolv.conf` 中的服务器与搜索域，多出的会被丢弃。',
    en: 'Run `kubectl get events -A --field-selector reason=DNSConfigForming --sort-by=.lastTimestamp`; leave fewer servers and search domains in `/etc/resolv.conf` of the node: the rest is cut off.',
  },
  severity: 'warning',
  reads: ['events'],
  unit: 'count',
  threshold: { warningPerHour: 20 },
  source: 'Kubernetes documentation: at most three name servers; practice: 20 an hour',

  evaluate({ events }, limits) {
    return frequentEvents(events, ['DNSConfigForming'], limits);
  },
});
