import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const csiControllerUnready = defineCheck({
  id: 'storage-csi-controller-unready',
  area: 'storage',
  title: { zh: 'CSI 控制器未就绪', en: 'CSI controller not ready' },
  why: {
    zh: 'CSI 控制器未就绪：卷不能创建、扩容或挂载，已挂载的不受影响。',
    en: 'Volumes cannot be created, expanded or attached until it is ready; mounted volumes are not affected.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复驱动的控制器，否则卷不能创建、挂接或扩容。',
    en: "Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore the driver's controller, otherwise volumes cannot be created, attached or expanded.",
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100, criticalBelowPercent: 1 },
  source: 'practice: without it no volume is made or attached, hence critical when none is left; 10 min to start',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['csi-controller', 'volume-provisioner'], limits, now);
  },
});
