import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const deschedulerUnready = defineCheck({
  id: 'addon-descheduler-unready',
  area: 'addon',
  title: { zh: 'descheduler 未就绪', en: 'descheduler not ready' },
  why: { zh: 'Pod 分布不再被重新平衡，节点之间会越来越不均。', en: 'Pods are no longer rebalanced, and load across nodes becomes increasingly uneven.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复后 Pod 才会重新均衡。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore it, otherwise pods are not rebalanced.',
  },
  severity: 'info',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, infoBelowPercent: 50 },
  source: 'practice: info, because nothing but rebalancing stops; replicas elect a leader, so half of them suffice; 10 min to start',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['descheduler'], limits, now);
  },
});
