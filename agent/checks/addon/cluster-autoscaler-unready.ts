import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const clusterAutoscalerUnready = defineCheck({
  id: 'addon-cluster-autoscaler-unready',
  area: 'addon',
  title: { zh: '集群自动伸缩未就绪', en: 'Cluster autoscaler not ready' },
  why: { zh: '负载升高时不会增加节点，Pod 一直待调度。', en: 'No nodes are added when load rises, and pods stay Pending.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复后节点数才会随负载变化。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore it, otherwise the number of nodes does not follow the load.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 50 },
  source: 'Alibaba ACK inspection (autoscaler-abnormal); practice: replicas elect a leader, so half of them suffice',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['cluster-autoscaler'], limits, now);
  },
});
