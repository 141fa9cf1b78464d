import { defineCheck, notApplicable } from '../check.ts';

export const swapEnabled = defineCheck({
  id: 'host-swap-enabled',
  area: 'host',
  title: { zh: 'Kubernetes 节点开启了交换分区', en: 'Swap enabled on a Kubernetes node' },
  why: {
    zh: 'Pod 的内存会被换到磁盘：限制失去意义，时延不可预测，旧版 kubelet 拒绝启动。',
    en: 'Pod memory is swapped to disk: limits lose their meaning, latency becomes unpredictable, and older kubelet versions refuse to start.',
  },
  remedy: {
    zh: '执行 `swapon --show` 查看；用 `swapoff -a` 关闭并从 `/etc/fstab` 中移除，若有意使用 NodeSwap 特性则登记为例外。',
    en: 'Run `swapon --show` to check; disable swap with `swapoff -a` and remove it from `/etc/fstab`, or record an exemption if the NodeSwap feature is used intentionally.',
  },
  severity: 'warning',
  setup: true,
  reads: ['machine', 'memory'],
  unit: 'bytes',
  threshold: { allowedBytes: 0 },
  source: 'kubelet failSwapOn (default true); ACK and Huawei CCE upgrade pre-checks',

  evaluate({ machine, memory }, { allowedBytes }) {
    if (!machine.kubernetesNode) return notApplicable('not-a-node');
    return memory.swapTotalBytes > allowedBytes ? [{ observed: memory.swapTotalBytes, threshold: allowedBytes }] : [];
  },
});
