import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsDnsConfig = defineCheck({
  id: 'addon-warning-events-dns-config',
  area: 'addon',
  title: { zh: 'Pod 的 DNS 配置超出限制', en: 'Pod DNS configuration exceeding limits' },
  why: { zh: '部分解析设置被截断，Pod 可能解析不到某些域名。', en: 'Some DNS settings are truncated, and pods may be unable to resolve certain names.' },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=DNSConfigForming --sort-by=.lastTimestamp`；减少节点 `/etc/resolv.conf` 中的服务器与搜索域，多出的会被丢弃。',
    en: 'Run `kubectl get events -A --field-selector reason=DNSConfigForming --sort-by=.lastTimestamp`; reduce the number of servers and search domains in `/etc/resolv.conf` on the node: any beyond the limit are dropped.',
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
