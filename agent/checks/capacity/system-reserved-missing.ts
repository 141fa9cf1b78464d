import { defineCheck, unknown } from '../check.ts';
import { nodeScope } from '../node-rows.ts';

export const systemReservedMissing = defineCheck({
  id: 'capacity-system-reserved-missing',
  area: 'capacity',
  title: { zh: '节点没有为系统预留资源', en: 'Nodes without resources reserved for the system' },
  why: { zh: 'Pod 可以把节点占满，系统和 kubelet 被饿死，节点失联。', en: 'Pods can fill the node, starving the system and the kubelet until the node is lost.' },
  remedy: {
    zh: '执行 `kubectl describe node <节点>` 比较 Capacity 与 Allocatable；在 kubelet 配置中设置 kubeReserved、systemReserved 与 evictionHard，重启 kubelet 后生效。',
    en: 'Run `kubectl describe node <node>` and compare Capacity with Allocatable; set kubeReserved, systemReserved and evictionHard in the kubelet configuration and restart the kubelet.',
  },
  severity: 'warning',
  reads: ['nodes'],
  unit: 'bytes',
  threshold: { evictionBytes: 104_857_600 },
  source: 'Kubernetes docs, reserve compute resources; kubelet keeps back only its default eviction threshold of 100 MiB by itself',

  evaluate({ nodes }, { evictionBytes }) {
    const told = nodes.rows.filter(({ memoryCapacityBytes }) => memoryCapacityBytes > 0);
    if (told.length === 0) return unknown('not-reported');
    return told.flatMap((row) => {
      const reserved = row.memoryCapacityBytes - row.memoryAllocatableBytes;
      const isBare = row.cpuAllocatableMillicores >= row.cpuCapacityMillicores && reserved <= evictionBytes;
      return isBare ? [{ scope: nodeScope(row.name), observed: Math.max(0, reserved), threshold: evictionBytes }] : [];
    });
  },
});
