import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const metricsServerUnready = defineCheck({
  id: 'addon-metrics-server-unready',
  area: 'addon',
  title: { zh: 'metrics-server 未就绪', en: 'metrics-server not ready' },
  why: { zh: '自动伸缩停止工作，`kubectl top` 没有数据。', en: 'Autoscaling stops working, and `kubectl top` returns no data.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复后 HPA 与 `kubectl top` 才能工作。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore it: HPA and `kubectl top` do not work without it.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 50 },
  source: 'popeye POP-402 (no metrics-server); kubernetes-mixin KubeAggregatedAPIDown; practice: half of the replicas serve the API',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['metrics-server'], limits, now);
  },
});
