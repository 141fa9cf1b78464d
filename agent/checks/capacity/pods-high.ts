import { defineCheck, unknown } from '../check.ts';
import { percentOf, roomsOf, total } from '../cluster-capacity.ts';
import { above } from '../levels.ts';

export const podsHigh = defineCheck({
  id: 'capacity-pods-high',
  area: 'capacity',
  title: { zh: '可调度节点的 Pod 数接近上限', en: 'Number of pods close to the limit of the schedulable nodes' },
  why: { zh: '到达上限后新 Pod 无法调度，即使处理器和内存还有余量。', en: 'Once the limit is reached, new pods cannot be scheduled even if CPU and memory are available.' },
  remedy: {
    zh: '执行 `kubectl get pod -A --no-headers | wc -l` 核对数量；清理已结束的 Pod 与无用的工作负载，或增加节点。',
    en: 'Run `kubectl get pod -A --no-headers | wc -l` to check the count; remove finished pods and unused workloads, or add nodes.',
  },
  severity: 'warning',
  reads: ['nodes', 'pods'],
  unit: 'percent',
  threshold: { warningPercent: 85, criticalPercent: 95 },
  source: 'kubernetes-mixin KubeletTooManyPods (95 % of one node); 85 % of all by practice',

  evaluate({ nodes, pods }, { warningPercent, criticalPercent }) {
    const rooms = roomsOf(nodes, pods);
    if (pods.nodesDropped > 0) return unknown('truncated');
    const used = percentOf(total(rooms, 'pods'), total(rooms, 'podSlots'));
    return used === undefined ? unknown('not-reported') : above(used, { warning: warningPercent, critical: criticalPercent });
  },
});
