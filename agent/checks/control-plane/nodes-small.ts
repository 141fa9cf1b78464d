import { defineCheck, notApplicable } from '../check.ts';
import { nodeScope } from '../node-rows.ts';

interface Limits {
  readonly upTo5Millicores: number;
  readonly upTo10Millicores: number;
  readonly upTo100Millicores: number;
  readonly upTo250Millicores: number;
  readonly upTo500Millicores: number;
  readonly beyondMillicores: number;
}
function neededFor(nodes: number, limits: Limits): number {
  if (nodes <= 5) return limits.upTo5Millicores;
  if (nodes <= 10) return limits.upTo10Millicores;
  if (nodes <= 100) return limits.upTo100Millicores;
  if (nodes <= 250) return limits.upTo250Millicores;
  return nodes <= 500 ? limits.upTo500Millicores : limits.beyondMillicores;
}

export const nodesSmall = defineCheck({
  id: 'control-plane-nodes-small',
  area: 'control-plane',
  title: { zh: '管理节点的 CPU 与集群规模不符', en: 'Control-plane nodes too small for the cluster' },
  why: {
    zh: '控制面资源不足，高峰时 API 变慢甚至被杀死，影响整个集群。',
    en: 'An undersized control plane makes the API slow at peak times, or even gets it killed, which affects the whole cluster.',
  },
  remedy: {
    zh: '执行 `kubectl get nodes -l node-role.kubernetes.io/control-plane -o custom-columns=NAME:.metadata.name,CPU:.status.capacity.cpu` 核对规格；逐个扩容管理节点，否则 API 服务器与 etcd 会随规模增长而变慢。',
    en: 'Run `kubectl get nodes -l node-role.kubernetes.io/control-plane -o custom-columns=NAME:.metadata.name,CPU:.status.capacity.cpu` to check the node size; scale up the control-plane nodes one by one, otherwise the API server and etcd slow down as the cluster grows.',
  },
  severity: 'warning',
  setup: true,
  reads: ['nodes'],
  unit: 'millicores',
  threshold: { upTo5Millicores: 1_000, upTo10Millicores: 2_000, upTo100Millicores: 4_000, upTo250Millicores: 8_000, upTo500Millicores: 16_000, beyondMillicores: 32_000 },
  source: 'Kubernetes docs, considerations for large clusters: size of control-plane nodes; Tencent masters.sizing',

  evaluate({ nodes }, limits) {
    const masters = nodes.rows.filter(({ role }) => role === 'control-plane');
    if (masters.length === 0) return notApplicable('not-in-use');
    const needed = neededFor(nodes.total, limits);
    return masters
      .filter(({ cpuCapacityMillicores }) => cpuCapacityMillicores < needed)
      .map(({ name, cpuCapacityMillicores }) => ({ scope: nodeScope(name), observed: cpuCapacityMillicores, threshold: needed }));
  },
});
