import { defineCheck, notApplicable, unknown } from '../check.ts';
import { percentOf, type Room, roomsOf } from '../cluster-capacity.ts';

/** What a pod needs and what a node offers of it. */
const DIMENSIONS = [
  ['cpuRequestsMillicores', 'cpuMillicores'],
  ['memoryRequestsBytes', 'memoryBytes'],
  ['pods', 'podSlots'],
] as const;

export const failoverHeadroomMissing = defineCheck({
  id: 'capacity-failover-headroom-missing',
  area: 'capacity',
  title: { zh: '负载最重节点上的请求超出其余可调度节点的空余', en: 'Requests of the fullest node exceed the free resources of the other schedulable nodes' },
  why: { zh: '该节点故障时，上面的 Pod 会一直处于待调度，业务中断。', en: 'If that node fails, its pods stay Pending and their services are interrupted.' },
  remedy: {
    zh: '执行 `kubectl describe nodes | grep -A6 "Allocated resources"` 核对各节点的空余；增加节点或调低请求，并避免把大量负载集中在一个节点上。',
    en: 'Run `kubectl describe nodes | grep -A6 "Allocated resources"` to see the free resources of each node; add nodes or lower requests, and avoid concentrating load on one node.',
  },
  severity: 'warning',
  reads: ['nodes', 'pods'],
  unit: 'percent',
  threshold: { warningPercent: 100 },
  source: 'practice: N−1; requests and pods of the fullest node against what the others have left (approximation of kubernetes-mixin overcommit)',

  evaluate({ nodes, pods }, { warningPercent }) {
    const rooms = roomsOf(nodes, pods);
    if (pods.nodesDropped > 0) return unknown('truncated');
    if (rooms.length < 2) return notApplicable('not-in-use');
    let worst = 0;
    for (const [need, room] of DIMENSIONS) {
      const free = (one: Room): number => Math.max(0, one[room] - one[need]);
      let left = 0;
      for (const one of rooms) left += free(one);
      for (const lost of rooms) worst = Math.max(worst, lost[need] === 0 ? 0 : (percentOf(lost[need], left - free(lost)) ?? Number.POSITIVE_INFINITY));
    }
    return worst > warningPercent ? [{ observed: Number.isFinite(worst) ? worst : undefined, threshold: warningPercent }] : [];
  },
});
