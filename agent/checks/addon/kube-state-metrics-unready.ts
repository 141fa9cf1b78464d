import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const kubeStateMetricsUnready = defineCheck({
  id: 'addon-kube-state-metrics-unready',
  area: 'addon',
  title: { zh: 'kube-state-metrics 未就绪', en: 'kube-state-metrics not ready' },
  why: {
    zh: '依赖对象状态的告警与图表失效，副本不足、节点异常不会告警。',
    en: 'Alerts and charts based on object state stop: missing replicas or unhealthy nodes raise no alert.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复后与对象状态有关的告警才有数据。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore it, otherwise alerts based on object state have no data.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100 },
  source: 'kube-prometheus KubeStateMetrics alerts; practice: 10 min to start',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['kube-state-metrics'], limits, now);
  },
});
