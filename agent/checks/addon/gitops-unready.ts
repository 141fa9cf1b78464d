import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const gitopsUnready = defineCheck({
  id: 'addon-gitops-unready',
  area: 'addon',
  title: { zh: 'GitOps 控制器未就绪', en: 'GitOps controller not ready' },
  why: {
    zh: '提交的变更不会发布，手工改动也不会被纠正，环境与仓库逐渐不一致。',
    en: 'Committed changes are not deployed and manual changes are not corrected: the environment drifts from the repository.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复后应用才会同步。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore it, otherwise applications are not synchronised.',
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
