import { defineCheck, notApplicable } from '../check.ts';
import { below } from '../levels.ts';

export const memoryNearEviction = defineCheck({
  id: 'host-memory-near-eviction',
  area: 'host',
  title: { zh: '可用内存接近驱逐阈值', en: 'Available memory near the eviction threshold' },
  why: { zh: 'kubelet 即将开始驱逐 Pod，业务会被迫迁移或中断。', en: 'The kubelet is about to evict pods, and services will be forced to move or be interrupted.' },
  remedy: {
    zh: '执行 `free -m` 查看可用内存；迁移或限制占用最大的 Pod，并为系统与 kubelet 预留内存，否则 kubelet 将驱逐 Pod。',
    en: 'Run `free -m` to check available memory; move or limit the largest pods and reserve memory for the system and the kubelet, otherwise the kubelet will evict pods.',
  },
  severity: 'warning',
  reads: ['machine', 'memory'],
  unit: 'bytes',
  threshold: { warningBytes: 524_288_000, criticalBytes: 209_715_200 },
  source: 'kubelet evictionHard memory.available is 100 MiB by default: critical at twice, warning at five times that',

  evaluate({ machine, memory }, { warningBytes, criticalBytes }) {
    if (!machine.kubernetesNode) return notApplicable('not-a-node');
    return below(memory.availableBytes, { warning: warningBytes, critical: criticalBytes });
  },
});
