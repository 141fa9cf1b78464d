import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const hostPathUsed = defineCheck({
  id: 'security-host-path-used',
  area: 'security',
  title: { zh: '工作负载挂载主机目录', en: 'Workloads mounting host paths' },
  why: { zh: '容器可读取主机文件，Pod 也被绑在特定节点的内容上。', en: 'The container can read host files, and the pod depends on the contents of a particular node.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；数据改用 PersistentVolume，日志改写标准输出，配置改用 ConfigMap。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; use a PersistentVolume for data, standard output for logs and a ConfigMap for configuration.',
  },
  severity: 'info',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'Pod Security Standards baseline (hostPath volumes are forbidden), CIS 5.2.12',

  evaluate(sections) {
    return inTemplates(sections, ({ hostPaths, sensitiveHostPaths }) => Math.max(0, hostPaths - sensitiveHostPaths));
  },
});
