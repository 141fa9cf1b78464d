import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const hostIpc = defineCheck({
  id: 'security-host-ipc',
  area: 'security',
  title: { zh: '工作负载共享主机 IPC', en: 'Workloads sharing the host IPC namespace' },
  why: { zh: '容器可以读写主机其他进程的共享内存，例如数据库的缓存。', en: 'The container can read and write shared memory of other host processes, such as database caches.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；去掉 hostIPC，需要共享内存时使用 medium 为 Memory 的 emptyDir。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; remove hostIPC, and use an emptyDir with medium Memory where shared memory is needed.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'KubeEye HostIPCAllowed, Polaris hostIPCSet, Kubescape C-0038, CIS 5.2.4',

  evaluate(sections) {
    return inTemplates(sections, ({ hostIpc }) => hostIpc);
  },
});
