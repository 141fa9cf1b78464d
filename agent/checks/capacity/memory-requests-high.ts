import { defineCheck, unknown } from '../check.ts';
import { percentOf, roomsOf, total } from '../cluster-capacity.ts';
import { above } from '../levels.ts';

export const memoryRequestsHigh = defineCheck({
  id: 'capacity-memory-requests-high',
  area: 'capacity',
  title: { zh: '可调度节点可分配内存的请求占比过高', en: "High share of schedulable nodes' allocatable memory requested" },
  why: { zh: '新业务和扩容很快会调度不上，节点故障时也没有余地。', en: 'New workloads and scale-outs will soon be unschedulable, and there is no headroom for a node failure.' },
  remedy: {
    zh: '执行 `kubectl describe nodes | grep -A6 "Allocated resources"` 查看各节点的请求量；调低过大的请求，或增加节点，否则新的 Pod 将无法调度。',
    en: 'Run `kubectl describe nodes | grep -A6 "Allocated resources"` to see the requests of each node; lower excessive requests or add nodes, otherwise new pods cannot be scheduled.',
  },
  severity: 'warning',
  reads: ['nodes', 'pods'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 95 },
  source: 'DaoCloud Insight cluster resource policy and Alibaba Cloud inspection (80 %); critical when nearly nothing is left',

  evaluate({ nodes, pods }, { warningPercent, criticalPercent }) {
    const rooms = roomsOf(nodes, pods);
    if (pods.nodesDropped > 0) return unknown('truncated');
    const used = percentOf(total(rooms, 'memoryRequestsBytes'), total(rooms, 'memoryBytes'));
    return used === undefined ? unknown('not-reported') : above(used, { warning: warningPercent, critical: criticalPercent });
  },
});
