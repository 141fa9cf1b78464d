import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const hostPort = defineCheck({
  id: 'security-host-port',
  area: 'security',
  title: { zh: '容器占用主机端口', en: 'Containers using host ports' },
  why: {
    zh: '端口绕过网络策略直接开在节点上，同一节点也只能运行一个副本。',
    en: 'The port is open on the node, bypassing network policies, and only one replica can run per node.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；去掉 hostPort，改用 Service；主机端口会限制调度并绕过入口层。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; remove hostPort and use a Service: host ports constrain scheduling and bypass the ingress layer.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'KubeEye HostPortAllowed, Polaris hostPortSet, Kubescape C-0044, CIS 5.2.13',

  evaluate(sections) {
    return inTemplates(sections, ({ hostPorts, hostNetwork }) => (hostNetwork ? 0 : hostPorts));
  },
});
