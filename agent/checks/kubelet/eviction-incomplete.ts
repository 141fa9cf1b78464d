import { defineCheck, unknown } from '../check.ts';

export const evictionIncomplete = defineCheck({
  id: 'kubelet-eviction-incomplete',
  area: 'kubelet',
  title: { zh: '硬驱逐未覆盖内存或磁盘', en: 'Hard eviction not covering memory or disk' },
  why: {
    zh: '缺少的那种资源耗尽时 kubelet 不会及时驱逐，节点可能直接卡死。',
    en: 'When the omitted resource runs out, the kubelet does not evict pods in time, and the node may hang.',
  },
  remedy: {
    zh: '执行 `grep -A6 evictionHard /var/lib/kubelet/config.yaml` 确认；写了 `evictionHard` 就会取消其余信号的默认值，应补全内存、节点与镜像文件系统，或启用 `mergeDefaultEvictionSettings`。',
    en: 'Run `grep -A6 evictionHard /var/lib/kubelet/config.yaml` to confirm; defining one signal drops the defaults of the others: add memory, node file system and image file system, or enable `mergeDefaultEvictionSettings`.',
  },
  severity: 'warning',
  setup: true,
  reads: ['kubelet'],
  unit: 'count',
  threshold: { signals: ['memory.available', 'nodefs.available', 'imagefs.available'] },
  source: 'Kubernetes documentation, “Node-pressure Eviction”, default hard thresholds',

  evaluate({ kubelet }, { signals }) {
    if (kubelet.evictionSignals === undefined) return unknown();
    const active: readonly string[] = kubelet.evictionSignals;
    const missing = signals.filter((signal) => !active.includes(signal)).length;
    return missing > 0 ? [{ observed: missing, threshold: 0 }] : [];
  },
});
