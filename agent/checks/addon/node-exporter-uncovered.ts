import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const nodeExporterUncovered = defineCheck({
  id: 'addon-node-exporter-uncovered',
  area: 'addon',
  title: { zh: '有节点的 node-exporter 未就绪', en: 'node-exporter not ready on every node' },
  why: { zh: '这些节点没有主机指标，磁盘写满、内存不足都不会告警。', en: 'Those nodes have no host metrics: a full disk or a memory shortage raises no alert.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复这些节点的主机指标。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore the host metrics of these nodes.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100 },
  source: 'kube-prometheus TargetDown, for the node exporter: every node needs one; practice: 10 min to start',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['node-exporter'], limits, now);
  },
});
