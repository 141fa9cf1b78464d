import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const kubeStateMetricsUnready = defineCheck({
  id: 'addon-kube-state-metrics-unready',
  area: 'addon',
  title: { zh: 'kube-state-metrics 未就绪', en: 'kube-state-metrics not ready' },
  why: { zh: '依赖对象状态的告警与图表失效，副本不足、节点异常不会告警。', en: 'Alerts about the state of objects stop: lacking replicas or nodes raise none.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复后与对象状态有关的告警才有数据。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` for the pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` for the reason; alerts about the state of objects have no data without it.',
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
