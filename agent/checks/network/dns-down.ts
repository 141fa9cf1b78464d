import { defineCheck, notApplicable } from '../check.ts';

export const dnsDown = defineCheck({
  id: 'network-dns-down',
  area: 'network',
  title: { zh: '集群 DNS 没有就绪的副本', en: 'No ready cluster DNS replica' },
  why: { zh: '集群内所有服务名都解析不了，几乎所有业务同时中断。', en: 'No Service name resolves in the cluster, and nearly all services fail at the same time.' },
  remedy: {
    zh: '执行 `kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide`，再用 `kubectl -n kube-system logs -l k8s-app=kube-dns --tail=50` 查看原因；恢复副本数，修正 Corefile 或节点网络。',
    en: 'Run `kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide`, then `kubectl -n kube-system logs -l k8s-app=kube-dns --tail=50` to find the cause; restore the replicas, and correct the Corefile or the node network.',
  },
  severity: 'critical',
  reads: ['clusterDns'],
  unit: 'count',
  threshold: { atLeastCount: 1 },
  source: 'coredns-mixin CoreDNSDown (critical)',

  evaluate({ clusterDns }, { atLeastCount }) {
    if (clusterDns.kind === 'none' || clusterDns.workload === undefined) return notApplicable('not-present');
    return clusterDns.ready < atLeastCount
      ? [{ scope: { kind: clusterDns.kind, namespace: clusterDns.namespace, name: clusterDns.workload }, observed: clusterDns.ready, threshold: atLeastCount }]
      : [];
  },
});
