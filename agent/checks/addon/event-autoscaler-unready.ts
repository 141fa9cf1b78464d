import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const eventAutoscalerUnready = defineCheck({
  id: 'addon-event-autoscaler-unready',
  area: 'addon',
  title: { zh: 'KEDA 未就绪', en: 'KEDA not ready' },
  why: { zh: '依赖队列长度等指标的业务不再伸缩，积压会增长。', en: 'Workloads that scale on queue length no longer do, and backlogs grow.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复后事件驱动的伸缩才会生效。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore it, otherwise event-driven scaling does not work.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 50 },
  source: 'Alibaba ACK inspection (autoscaler-abnormal), for KEDA; practice: replicas elect a leader, so half of them suffice',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['event-autoscaler'], limits, now);
  },
});
