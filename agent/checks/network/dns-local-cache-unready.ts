import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const dnsLocalCacheUnready = defineCheck({
  id: 'network-dns-local-cache-unready',
  area: 'network',
  title: { zh: '节点本地 DNS 缓存未就绪', en: 'Node-local DNS cache not ready' },
  why: { zh: '这些节点上的域名解析变慢或失败，业务出现偶发超时。', en: 'Name resolution on these nodes is slow or fails, causing occasional timeouts in services.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复 NodeLocal DNSCache，否则该节点上的 Pod 无法解析域名。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore NodeLocal DNSCache, otherwise pods on that node cannot resolve names.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100, criticalBelowPercent: 50 },
  source: 'Alibaba ACK inspection (NodeLocal DNSCache); practice: 10 min to start, critical when less than half is ready',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['node-local-dns'], limits, now);
  },
});
