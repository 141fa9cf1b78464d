import { defineCheck, unknown } from '../check.ts';
import { percentOf, type Room, roomsOf, total } from '../cluster-capacity.ts';

const DIMENSIONS = [
  ['cpuRequestMillicores', 'cpuMillicores', 'cpuRequestsMillicores'],
  ['memoryRequestBytes', 'memoryBytes', 'memoryRequestsBytes'],
] as const;

export const hpaRoomMissing = defineCheck({
  id: 'workload-hpa-room-missing',
  area: 'workload',
  title: { zh: 'HPA 扩到最大副本数所需的资源超过集群空余', en: 'HorizontalPodAutoscaler maximum exceeds free capacity' },
  why: { zh: '真正需要扩容时，新副本会因资源不足一直 Pending。', en: 'When scaling out is really needed, the new replicas stay Pending for lack of resources.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get hpa <名称>` 与 `kubectl describe nodes | grep -A6 "Allocated resources"` 对比；增加节点（或启用集群自动扩容），或调低请求与 maxReplicas。',
    en: 'Compare `kubectl -n <namespace> get hpa <name>` with `kubectl describe nodes | grep -A6 "Allocated resources"`; add nodes (or enable cluster autoscaling), or lower requests and maxReplicas.',
  },
  severity: 'info',
  reads: ['autoscalers', 'nodes', 'pods'],
  unit: 'percent',
  threshold: { mostPercent: 100 },
  source: 'popeye POP-602 to POP-605: what the missing replicas request, as a share of what the common pool of nodes has left, each autoscaler by itself',

  evaluate({ autoscalers, nodes, pods }, { mostPercent }) {
    if (pods.nodesDropped > 0) return unknown('truncated');
    const rooms = roomsOf(nodes, pods);
    const left = (whole: keyof Omit<Room, 'node'>, used: keyof Omit<Room, 'node'>): number => Math.max(0, total(rooms, whole) - total(rooms, used));
    return autoscalers.rows.flatMap((row) => {
      const missing = Math.max(0, row.maximum - row.current);
      const shares = DIMENSIONS.map(([each, whole, used]) => {
        const need = missing * (row[each] ?? 0);
        return need === 0 ? 0 : (percentOf(need, left(whole, used)) ?? Number.POSITIVE_INFINITY);
      });
      const worst = Math.max(...shares);
      if (worst <= mostPercent) return [];
      return [
        { scope: { kind: 'HorizontalPodAutoscaler', namespace: row.namespace, name: row.name }, observed: Number.isFinite(worst) ? worst : undefined, threshold: mostPercent },
      ];
    });
  },
});
