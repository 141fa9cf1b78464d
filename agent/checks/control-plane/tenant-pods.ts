import { defineCheck, notApplicable, unknown } from '../check.ts';
import { nodeScope } from '../node-rows.ts';

export const tenantPods = defineCheck({
  id: 'control-plane-tenant-pods',
  area: 'control-plane',
  title: { zh: '管理节点上运行着业务 Pod', en: 'Workload pods on control-plane nodes' },
  why: {
    zh: '业务负载与 API Server、etcd 争用 CPU、内存与磁盘，且从业务容器逃逸即可控制整个集群。',
    en: 'Workloads compete with the API server and etcd for CPU, memory and disk, and a container escape from one of them gives control of the whole cluster.',
  },
  remedy: {
    zh: '执行 `kubectl get pods -A -o wide --field-selector spec.nodeName=<节点>` 查看；恢复管理节点的 NoSchedule 污点，并在维护窗口内把业务 Pod 迁到计算节点。',
    en: 'Run `kubectl get pods -A -o wide --field-selector spec.nodeName=<node>` to list them; restore the NoSchedule taint on the control-plane node, and move workload pods to worker nodes in a maintenance window.',
  },
  severity: 'info',
  setup: true,
  reads: ['nodes', 'pods'],
  unit: 'count',
  threshold: { atLeastCount: 1 },
  source: 'TKE inspection; Kubernetes docs: control-plane nodes are tainted NoSchedule; pods of the platform and of DaemonSets do not count',

  evaluate({ nodes, pods }, { atLeastCount }) {
    if (nodes.controlPlanes === 0 || nodes.rows.every(({ role }) => role === 'control-plane')) return notApplicable('not-in-use');
    if (pods.byNode.every((row) => row.tenantPods === undefined)) return unknown('not-reported');
    const planes = new Set(nodes.rows.filter(({ role }) => role === 'control-plane').map(({ name }) => name));
    return pods.byNode
      .filter(({ node, tenantPods: count = 0 }) => planes.has(node) && count >= atLeastCount)
      .map(({ node, tenantPods: count }) => ({ scope: nodeScope(node), observed: count, threshold: atLeastCount }));
  },
});
