import { defineCheck, notApplicable, unknown } from '../check.ts';
import { largest, percentOf, roomsOf, total } from '../cluster-capacity.ts';

export const memoryOvercommitted = defineCheck({
  id: 'capacity-memory-overcommitted',
  area: 'capacity',
  title: { zh: '少一个可调度节点时内存请求超出其余节点的可分配量', en: "Memory requests exceed the other schedulable nodes' allocatable memory after loss of one" },
  why: {
    zh: '任何一个节点故障后，部分 Pod 无处可去，服务会减少副本或中断。',
    en: 'If any node fails, some pods cannot be placed, and services may lose replicas or be interrupted.',
  },
  remedy: {
    zh: '执行 `kubectl describe nodes | grep -A6 "Allocated resources"` 核对各节点的请求量；调低请求或增加节点，使任何一个节点故障后其余节点仍能容纳全部 Pod。',
    en: 'Run `kubectl describe nodes | grep -A6 "Allocated resources"` to review requests per node; lower requests or add nodes, so that the remaining nodes can hold every pod if one fails.',
  },
  severity: 'warning',
  reads: ['nodes', 'pods'],
  unit: 'percent',
  threshold: { warningPercent: 100 },
  source: 'kubernetes-mixin KubeMemoryOvercommit (requests against allocatable without the largest node; skipped on a single node)',

  evaluate({ nodes, pods }, { warningPercent }) {
    const rooms = roomsOf(nodes, pods);
    if (pods.nodesDropped > 0) return unknown('truncated');
    if (rooms.length < 2) return notApplicable('not-in-use');
    const used = percentOf(total(rooms, 'memoryRequestsBytes'), total(rooms, 'memoryBytes') - largest(rooms, 'memoryBytes'));
    if (used === undefined) return unknown('not-reported');
    return used > warningPercent ? [{ observed: used, threshold: warningPercent }] : [];
  },
});
