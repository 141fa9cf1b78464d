import { defineCheck, unknown } from '../check.ts';

export const swapAllowed = defineCheck({
  id: 'kubelet-swap-allowed',
  area: 'kubelet',
  title: { zh: 'kubelet 在启用交换分区的主机上运行', en: 'Kubelet on a host with swap enabled' },
  why: { zh: 'Pod 的内存会被换出到磁盘，限制不再可靠，时延难以预测。', en: 'Pod memory may be swapped to disk: limits are no longer reliable, and latency becomes unpredictable.' },
  remedy: {
    zh: '执行 `swapon --show` 与 `grep failSwapOn /var/lib/kubelet/config.yaml` 确认；执行 `swapoff -a` 并清理 `/etc/fstab`，确需使用时明确设置 `memorySwap.swapBehavior`。',
    en: 'Run `swapon --show` and `grep failSwapOn /var/lib/kubelet/config.yaml` to confirm; run `swapoff -a` and clean up `/etc/fstab`, or, if swap is really needed, set `memorySwap.swapBehavior` explicitly.',
  },
  severity: 'warning',
  reads: ['kubelet', 'memory'],
  unit: 'bytes',
  threshold: {},
  source: 'Kubernetes documentation, “Swap memory management”; ACK and CCE inspection',

  evaluate({ kubelet, memory }) {
    if (kubelet.failSwapOn === undefined) return unknown();
    if (kubelet.failSwapOn || kubelet.swapBehavior === 'NoSwap' || kubelet.swapBehavior === 'LimitedSwap') return [];
    return memory.swapTotalBytes > 0 ? [{ observed: memory.swapTotalBytes, threshold: 0 }] : [];
  },
});
