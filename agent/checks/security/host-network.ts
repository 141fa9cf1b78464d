import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const hostNetwork = defineCheck({
  id: 'security-host-network',
  area: 'security',
  title: { zh: '工作负载使用主机网络', en: 'Workloads using the host network' },
  why: { zh: '容器能监听节点的流量、访问本机接口，并绕过网络策略。', en: "The container can sniff the node's traffic, reach local interfaces and bypass network policies." },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；去掉 hostNetwork，改用 Service、Ingress 或负载均衡；网络策略对主机网络的 Pod 不起作用。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; remove hostNetwork and use a Service, an Ingress or a load balancer; network policies do not apply to host-network pods.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'KubeEye HostNetworkAllowed, Polaris hostNetworkSet, Kubescape C-0041, CIS 5.2.5',

  evaluate(sections) {
    return inTemplates(sections, ({ hostNetwork }) => hostNetwork);
  },
});
