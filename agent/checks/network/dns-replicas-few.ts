import { defineCheck, notApplicable } from '../check.ts';

export const dnsReplicasFew = defineCheck({
  id: 'network-dns-replicas-few',
  area: 'network',
  title: { zh: '集群 DNS 副本过少', en: 'Too few cluster DNS replicas' },
  why: { zh: '一个副本重启或故障，解析就会变慢或中断，影响全部业务。', en: 'If one replica restarts or fails, name resolution slows down or stops for all services.' },
  remedy: {
    zh: '执行 `kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide`，用 `kubectl -n kube-system scale deployment <名称> --replicas=2` 增加副本；由自动伸缩器管理的，改它的下限。',
    en: 'Run `kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide`; add replicas with `kubectl -n kube-system scale deployment <name> --replicas=2`, or raise the minimum if an autoscaler manages them.',
  },
  severity: 'warning',
  reads: ['clusterDns'],
  unit: 'count',
  threshold: { atLeastCount: 2, clusterOfCount: 2 },
  source: 'Baidu CCE inspection CoreDNSHighAvailability, Alibaba ACK (≥ 2)',

  evaluate({ clusterDns }, { atLeastCount, clusterOfCount }) {
    if (clusterDns.kind !== 'Deployment' || clusterDns.workload === undefined) return notApplicable('not-in-use');
    if (clusterDns.nodes < clusterOfCount) return notApplicable('not-in-use'); // one node: a second replica adds nothing
    return clusterDns.desired < atLeastCount
      ? [{ scope: { kind: clusterDns.kind, namespace: clusterDns.namespace, name: clusterDns.workload }, observed: clusterDns.desired, threshold: atLeastCount }]
      : [];
  },
});
