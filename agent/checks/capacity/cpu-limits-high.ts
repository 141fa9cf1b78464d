import { defineCheck, unknown } from '../check.ts';
import { percentOf, roomsOf, total } from '../cluster-capacity.ts';

export const cpuLimitsHigh = defineCheck({
  id: 'capacity-cpu-limits-high',
  area: 'capacity',
  title: { zh: 'CPU 限制之和远超可调度节点的可分配量', en: "Total CPU limits far above schedulable nodes' allocatable CPU" },
  why: {
    zh: '各业务同时用到限制时，处理器不够分，所有服务一起变慢。',
    en: 'If workloads reach their limits at the same time, there is not enough CPU and all services slow down together.',
  },
  remedy: {
    zh: '执行 `kubectl describe nodes | grep -A6 "Allocated resources"` 查看限制之和；把限制调到接近实际用量，避免负载同时升高时相互争抢。',
    en: 'Run `kubectl describe nodes | grep -A6 "Allocated resources"` to see the total limits; bring limits closer to actual usage so that simultaneous peaks do not cause CPU contention.',
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
    const limits = percentOf(total(rooms, 'cpuLimitsMillicores'), total(rooms, 'cpuMillicores'));
    if (limits === undefined) return unknown('not-reported');
    return limits > infoPercent ? [{ observed: limits, threshold: infoPercent }] : [];
  },
});
