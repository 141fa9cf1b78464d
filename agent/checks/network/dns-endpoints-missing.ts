import { defineCheck, notApplicable } from '../check.ts';

export const dnsEndpointsMissing = defineCheck({
  id: 'network-dns-endpoints-missing',
  area: 'network',
  title: { zh: '集群 DNS 服务没有就绪的端点', en: 'Cluster DNS Service without ready endpoints' },
  why: { zh: '解析请求无人应答，集群内的服务互相找不到。', en: 'DNS queries go unanswered, and services in the cluster cannot find each other.' },
  remedy: {
    zh: '执行 `kubectl -n kube-system get service,endpointslices -l k8s-app=kube-dns`；服务的选择器与 DNS Pod 的标签不一致时予以改正。',
    en: 'Run `kubectl -n kube-system get service,endpointslices -l k8s-app=kube-dns`; if the Service selector does not match the labels of the DNS pods, correct it.',
  },
  severity: 'critical',
  reads: ['clusterDns'],
  unit: 'count',
  threshold: { atLeastCount: 1 },
  source: 'Alibaba ACK inspection (core-dns-no-endpoint)',

  evaluate({ clusterDns }, { atLeastCount }) {
    if (!clusterDns.service || (clusterDns.kind !== 'none' && clusterDns.ready === 0)) return notApplicable('not-present'); // without a ready pod there is nothing to be an endpoint
    return clusterDns.endpoints < atLeastCount ? [{ scope: { kind: 'Namespace', name: clusterDns.namespace }, observed: clusterDns.endpoints, threshold: atLeastCount }] : [];
  },
});
