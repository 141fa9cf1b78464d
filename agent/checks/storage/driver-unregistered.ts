import { defineCheck } from '../check.ts';

export const driverUnregistered = defineCheck({
  id: 'storage-driver-unregistered',
  area: 'storage',
  title: { zh: '有持久卷的 CSI 驱动没有在任何节点注册', en: 'CSI driver with volumes but not registered on any node' },
  why: {
    zh: '没有节点注册该驱动：用它的卷一个也挂不上，相关服务无法启动。',
    en: 'No node has registered the driver: none of its volumes can be attached, and the affected services cannot start.',
  },
  remedy: {
    zh: '执行 `kubectl get csinodes -o yaml | grep -A1 drivers` 与 `kubectl get pods -A | grep csi`；恢复该驱动的节点插件，否则这些卷无法挂载。',
    en: "Run `kubectl get csinodes -o yaml | grep -A1 drivers` and `kubectl get pods -A | grep csi`; restore the driver's node plugin, otherwise these volumes cannot be mounted.",
  },
  severity: 'critical',
  reads: ['volumes'],
  unit: 'count',
  threshold: { atLeastCount: 1 },
  source: 'Kubernetes documentation, CSINode: without a registered driver the node mounts no such volume, hence critical',

  evaluate({ volumes }, { atLeastCount }) {
    return volumes.drivers
      .filter(({ bound, nodes }) => bound >= atLeastCount && nodes === 0)
      .map(({ driver, bound }) => ({ scope: { kind: 'CSIDriver', name: driver }, observed: bound }));
  },
});
