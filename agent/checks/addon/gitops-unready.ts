import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const gitopsUnready = defineCheck({
  id: 'addon-gitops-unready',
  area: 'addon',
  title: { zh: 'GitOps 控制器未就绪', en: 'GitOps controller not ready' },
  why: {
    zh: '提交的变更不会发布，手工改动也不会被纠正，环境与仓库逐渐不一致。',
    en: 'Commits are not rolled out and manual changes not corrected: cluster and repository drift apart.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复后应用才会同步。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` for the pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` for the reason; applications are not synchronised without it.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 50 },
  source: 'awesome-prometheus-alerts ArgocdServiceNotSynced and ArgocdServiceUnhealthy (15 min), at their cause; practice: controllers elect a leader, so half of them suffice',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['gitops'], limits, now);
  },
});
