import { defineCheck } from '../check.ts';

export const dnsServiceMissing = defineCheck({
  id: 'network-dns-service-missing',
  area: 'network',
  title: { zh: '集群 DNS 没有可用的服务地址', en: 'Cluster DNS without a usable Service address' },
  why: { zh: 'Pod 配置的解析地址不存在，所有服务名都解析不了。', en: 'The DNS server address configured in pods does not exist, so no Service name resolves.' },
  remedy: {
    zh: '执行 `kubectl -n kube-system get service -l k8s-app=kube-dns` 确认；按安装方式重新创建 DNS 服务，其集群 IP 必须等于 kubelet 的 `clusterDNS`。',
    en: 'Run `kubectl -n kube-system get service -l k8s-app=kube-dns` to confirm; recreate the DNS Service using the method by which the cluster was installed: its cluster IP must equal `clusterDNS` of the kubelet.',
  },
  severity: 'critical',
  reads: ['clusterDns'],
  unit: 'value',
  threshold: {},
  source: 'Alibaba ACK inspection (cluster IP of the DNS service)',

  evaluate({ clusterDns }) {
    const { namespace, service, clusterIP } = clusterDns;
    return service && clusterIP ? [] : [{ scope: { kind: 'Namespace', name: namespace }, observed: service }];
  },
});
