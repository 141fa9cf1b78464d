import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const gpuPluginUnready = defineCheck({
  id: 'addon-gpu-plugin-unready',
  area: 'addon',
  title: { zh: 'GPU 设备插件未在所有节点就绪', en: 'GPU device plugin not ready on every node' },
  why: { zh: '这些节点的 GPU 不可调度，训练与推理任务起不来。', en: 'GPUs on those nodes cannot be scheduled, and training and inference jobs cannot start.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复后该节点的 GPU 才可调度。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore it, otherwise the GPUs of that node cannot be scheduled.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100 },
  source: 'practice: without the plugin the node offers no GPU',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['gpu-plugin'], limits, now);
  },
});
