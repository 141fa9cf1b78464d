import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const csiNodeUnready = defineCheck({
  id: 'storage-csi-node-unready',
  area: 'storage',
  title: { zh: 'CSI 节点插件未在所有节点就绪', en: 'CSI node plugin not ready on every node' },
  why: { zh: '部分节点的 CSI 插件未就绪：带存储的 Pod 在这些节点上启动不了。', en: 'Pods with storage cannot start on nodes where the CSI plugin is not ready.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复节点插件，否则该节点上的卷不能挂载。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore the node plugin, otherwise volumes cannot be mounted on that node.',
  },
  severity: 'critical',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100, criticalBelowPercent: 90 },
  source: 'practice: without it the node mounts no such volume, hence critical; warning while 90 % of the nodes have it',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['csi-node'], limits, now);
  },
});
