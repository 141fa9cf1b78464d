import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const csiControllerUnready = defineCheck({
  id: 'storage-csi-controller-unready',
  area: 'storage',
  title: { zh: 'CSI 控制器未就绪', en: 'CSI controller not ready' },
  why: {
    zh: 'CSI 控制器未就绪：卷不能创建、扩容或挂载，已挂载的不受影响。',
    en: 'While the controller is not ready, volumes are not made, grown or attached; those in use go on.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复驱动的控制器，否则卷不能创建、挂接或扩容。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` for the pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` for the reason; restore the controller of the driver: until then volumes are neither made, attached nor expanded.',
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
