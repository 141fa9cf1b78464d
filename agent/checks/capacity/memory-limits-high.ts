import { defineCheck, unknown } from '../check.ts';
import { percentOf, roomsOf, total } from '../cluster-capacity.ts';

export const memoryLimitsHigh = defineCheck({
  id: 'capacity-memory-limits-high',
  area: 'capacity',
  title: { zh: '内存限制之和远超可调度节点的可分配量', en: "Total memory limits far above schedulable nodes' allocatable memory" },
  why: { zh: '各业务同时用到限制时，节点内存耗尽，进程会被强行终止。', en: 'If workloads reach their limits at the same time, nodes run out of memory and processes are killed.' },
  remedy: {
    zh: '执行 `kubectl describe nodes | grep -A6 "Allocated resources"` 查看限制之和；把限制调到接近实际用量，避免负载同时升高时相互争抢或触发内存不足终止。',
    en: 'Run `kubectl describe nodes | grep -A6 "Allocated resources"` to see the total limits; bring limits closer to actual usage so that simultaneous peaks do not cause contention or out-of-memory kills.',
  },
  severity: 'info',
  setup: true,
  reads: ['nodes', 'pods'],
  unit: 'percent',
  threshold: { infoPercent: 150 },
  source: 'DaoCloud Insight cluster limits policy (150 %)',

  evaluate({ nodes, pods }, { infoPercent }) {
    const rooms = roomsOf(nodes, pods);
    if (pods.nodesDropped > 0) return unknown('truncated');
    const limits = percentOf(total(rooms, 'memoryLimitsBytes'), total(rooms, 'memoryBytes'));
    if (limits === undefined) return unknown('not-reported');
    return limits > infoPercent ? [{ observed: limits, threshold: infoPercent }] : [];
  },
});
