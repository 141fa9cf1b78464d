import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const hostPid = defineCheck({
  id: 'security-host-pid',
  area: 'security',
  title: { zh: '工作负载共享主机进程空间', en: 'Workloads sharing the host PID namespace' },
  why: { zh: '容器能看到并影响主机上的所有进程，包括它们的环境变量。', en: 'The container can see and affect every process on the host, including their environment variables.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；去掉 hostPID，它能看到并影响节点上的全部进程。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; remove hostPID: it lets containers see and signal every process on the node.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'KubeEye HostPIDAllowed, Polaris hostPIDSet, Kubescape C-0038, CIS 5.2.3',

  evaluate(sections) {
    return inTemplates(sections, ({ hostPid }) => hostPid);
  },
});
