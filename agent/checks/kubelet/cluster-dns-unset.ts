import { defineCheck, unknown } from '../check.ts';

export const clusterDnsUnset = defineCheck({
  id: 'kubelet-cluster-dns-unset',
  area: 'kubelet',
  title: { zh: 'kubelet 未设置集群 DNS', en: 'Cluster DNS not configured on the kubelet' },
  why: { zh: '该节点上的 Pod 解析不到集群内的服务名，互相访问失败。', en: 'Pods on this node cannot resolve Service names in the cluster, so they cannot reach each other.' },
  remedy: {
    zh: '执行 `grep -A1 clusterDNS /var/lib/kubelet/config.yaml` 确认；填入集群 DNS 的地址并重启 kubelet，否则 Pod 无法解析服务名。',
    en: 'Run `grep -A1 clusterDNS /var/lib/kubelet/config.yaml` to confirm; enter the cluster DNS address and restart the kubelet; otherwise pods cannot resolve Service names.',
  },
  severity: 'warning',
  reads: ['kubelet'],
  unit: 'count',
  threshold: {},
  source: 'Kubernetes documentation, KubeletConfiguration clusterDNS: without it pods use the DNS of the host',

  evaluate({ kubelet }) {
    if (kubelet.clusterDnsCount === undefined) return unknown();
    return kubelet.clusterDnsCount === 0 ? [{ observed: 0 }] : [];
  },
});
