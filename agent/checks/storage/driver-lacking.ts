import { defineCheck } from '../check.ts';

export const driverLacking = defineCheck({
  id: 'storage-driver-lacking',
  area: 'storage',
  title: { zh: '节点缺少其他节点都有的 CSI 驱动', en: 'Nodes missing a CSI driver that other nodes have' },
  why: {
    zh: '该节点缺少其他节点都有的驱动：带存储的 Pod 调度到这里会起不来。',
    en: 'The node lacks a driver that all other nodes have: pods with storage scheduled here cannot start.',
  },
  remedy: {
    zh: '执行 `kubectl get csinode <节点> -o yaml` 与 `kubectl get pods -A -o wide --field-selector spec.nodeName=<节点> | grep csi`；恢复该节点上的驱动 Pod，或检查 kubelet 的插件注册目录。',
    en: "Run `kubectl get csinode <node> -o yaml` and `kubectl get pods -A -o wide --field-selector spec.nodeName=<node> | grep csi`; restore the driver pod on that node, or check the kubelet's plugin registration directory.",
  },
  severity: 'warning',
  reads: ['csi'],
  unit: 'percent',
  threshold: { othersPercent: 75, youngMinutes: 15 },
  source: 'Kubernetes documentation, CSINode; practice: a warning from a share of 75 % of the other nodes, because pools of nodes may differ on purpose',

  evaluate({ csi }, { othersPercent, youngMinutes }, { now }) {
    return csi.lacking
      .filter((row) => row.othersPercent >= othersPercent && now - row.nodeCreatedAt >= youngMinutes * 60)
      .map(({ node, othersPercent: share }) => ({ scope: { kind: 'Node', name: node }, observed: share, threshold: othersPercent }));
  },
});
