import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const hostPathSensitive = defineCheck({
  id: 'security-host-path-sensitive',
  area: 'security',
  title: { zh: '容器可写敏感的主机目录', en: 'Containers with write access to sensitive host paths' },
  why: { zh: '可以改写系统文件或运行时套接字，从而控制整个节点。', en: 'The container can modify system files or use the runtime socket, and thereby take control of the node.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；去掉该 hostPath 卷或改为只读；容器运行时的套接字不应交给业务容器。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; remove the hostPath volume or mount it read-only; application containers should not be given the container runtime socket.',
  },
  severity: 'critical',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'KubeEye 2026 hostPath writable, Polaris hostPathSet, Kubescape C-0045 and C-0048, CIS 5.2.12; runtime sockets also read-only',

  evaluate(sections) {
    return inTemplates(sections, ({ sensitiveHostPaths }) => sensitiveHostPaths);
  },
});
