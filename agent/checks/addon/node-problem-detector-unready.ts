import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const nodeProblemDetectorUnready = defineCheck({
  id: 'addon-node-problem-detector-unready',
  area: 'addon',
  title: { zh: 'node-problem-detector 未在所有节点就绪', en: 'node-problem-detector not ready on every node' },
  why: {
    zh: '内核与磁盘故障不会被上报为节点条件，调度器会继续往上放 Pod。',
    en: 'Kernel and disk faults are not reported as node conditions, and pods are still scheduled there.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复节点故障检测。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore node problem detection.',
  },
  severity: 'info',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, infoBelowPercent: 100 },
  source: 'node-problem-detector documentation: a DaemonSet for every node; practice: info, because workloads run without it; 10 min to start',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['node-problem-detector'], limits, now);
  },
});
