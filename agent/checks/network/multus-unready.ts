import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const multusUnready = defineCheck({
  id: 'network-multus-unready',
  area: 'network',
  title: { zh: 'Multus 未在所有节点就绪', en: 'Multus not ready on every node' },
  why: { zh: '需要多网卡的 Pod 在这些节点上无法创建。', en: 'Pods that need multiple network interfaces cannot be created on those nodes.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复 Multus，否则使用多网卡的 Pod 无法启动。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore Multus, otherwise pods with multiple network interfaces cannot start.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100, criticalBelowPercent: 50 },
  source: 'practice: as for the first network plugin, pods that ask for a second network do not start; 10 min to start, critical when less than half is ready',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['multus'], limits, now);
  },
});
