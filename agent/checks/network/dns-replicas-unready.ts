import { defineCheck, notApplicable } from '../check.ts';

export const dnsReplicasUnready = defineCheck({
  id: 'network-dns-replicas-unready',
  area: 'network',
  title: { zh: '集群 DNS 有副本未就绪', en: 'Cluster DNS replicas not ready' },
  why: { zh: '解析能力下降，高峰时会超时；再坏一个可能全部中断。', en: 'Resolution capacity is reduced: queries may time out at peak, or stop after one more failure.' },
  remedy: {
    zh: '执行 `kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide`，用 `kubectl -n kube-system describe pod` 查看未就绪的原因并处理。',
    en: 'Run `kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide`; find out why replicas are not ready with `kubectl -n kube-system describe pod` and fix the cause.',
  },
  severity: 'warning',
  reads: ['clusterDns'],
  unit: 'count',
  threshold: {},
  source: 'Alibaba ACK inspection (CoreDNS replicas)',

  evaluate({ clusterDns }) {
    if (clusterDns.kind === 'none' || clusterDns.workload === undefined) return notApplicable('not-present');
    const { ready, desired } = clusterDns;
    return ready > 0 && ready < desired
      ? [{ scope: { kind: clusterDns.kind, namespace: clusterDns.namespace, name: clusterDns.workload }, observed: ready, threshold: desired }]
      : [];
  },
});
