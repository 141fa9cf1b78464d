import { defineCheck, notApplicable, unknown } from '../check.ts';
import { percentOf, roomsOf } from '../cluster-capacity.ts';

export const nodeImbalance = defineCheck({
  id: 'capacity-node-imbalance',
  area: 'capacity',
  title: { zh: '节点之间的请求分布不均', en: 'Uneven distribution of requests across nodes' },
  why: {
    zh: '有的节点已满、有的闲着：满的先出问题，总容量却显得够用。',
    en: 'Some nodes are full while others are idle: the full ones fail first, although total capacity looks sufficient.',
  },
  remedy: {
    zh: '执行 `kubectl describe nodes | grep -A6 "Allocated resources"` 比较各节点；为工作负载配置 topologySpreadConstraints，或用 descheduler 重新均衡。',
    en: 'Run `kubectl describe nodes | grep -A6 "Allocated resources"` to compare nodes; configure topologySpreadConstraints for workloads, or rebalance with descheduler.',
  },
  severity: 'info',
  reads: ['nodes', 'pods'],
  unit: 'percent',
  threshold: { infoPercent: 40 },
  source: 'practice: 40 percentage points between the fullest and the emptiest node of the common pool',

  evaluate({ nodes, pods }, { infoPercent }) {
    const rooms = roomsOf(nodes, pods);
    if (pods.nodesDropped > 0) return unknown('truncated');
    if (rooms.length < 2) return notApplicable('not-in-use');
    const gap = (shares: readonly number[]): number => Math.max(...shares) - Math.min(...shares);
    const cpu = gap(rooms.map((room) => percentOf(room.cpuRequestsMillicores, room.cpuMillicores) ?? 0));
    const memory = gap(rooms.map((room) => percentOf(room.memoryRequestsBytes, room.memoryBytes) ?? 0));
    const widest = Math.round(Math.max(cpu, memory) * 10) / 10;
    return widest > infoPercent ? [{ observed: widest, threshold: infoPercent }] : [];
  },
});
