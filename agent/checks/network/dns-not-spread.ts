import { defineCheck, notApplicable } from '../check.ts';

export const dnsNotSpread = defineCheck({
  id: 'network-dns-not-spread',
  area: 'network',
  title: { zh: '集群 DNS 的副本都在同一节点', en: 'All cluster DNS replicas on the same node' },
  why: { zh: '该节点故障时整个集群的域名解析一起中断。', en: 'If that node fails, name resolution stops for the whole cluster.' },
  remedy: {
    zh: '执行 `kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide`，为 DNS 的 Deployment 配置 Pod 反亲和或拓扑分布约束，然后逐个重建 Pod。',
    en: 'Run `kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide`; configure pod anti-affinity or a topology spread constraint for the DNS Deployment, then recreate its pods one by one.',
  },
  severity: 'warning',
  setup: true,
  reads: ['clusterDns'],
  unit: 'count',
  threshold: { atLeastCount: 2 },
  source: 'Baidu CCE inspection CoreDNSHighAvailability (distinct nodes), Alibaba ACK',

  evaluate({ clusterDns }, { atLeastCount }) {
    if (clusterDns.kind === 'none' || clusterDns.workload === undefined) return notApplicable('not-present');
    if (clusterDns.nodes < atLeastCount || clusterDns.ready < atLeastCount) return notApplicable('not-in-use');
    return clusterDns.podNodes < atLeastCount
      ? [{ scope: { kind: clusterDns.kind, namespace: clusterDns.namespace, name: clusterDns.workload }, observed: clusterDns.podNodes, threshold: atLeastCount }]
      : [];
  },
});
