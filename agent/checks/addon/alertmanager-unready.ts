import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const alertmanagerUnready = defineCheck({
  id: 'addon-alertmanager-unready',
  area: 'addon',
  title: { zh: 'Alertmanager 未就绪', en: 'Alertmanager not ready' },
  why: { zh: '告警发不出去：出了问题也没有人收到通知。', en: 'Alerts cannot be sent: when something goes wrong, nobody is notified.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复告警通知。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore Alertmanager so that alerts are delivered.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100, criticalBelowPercent: 1 },
  source: 'kube-prometheus AlertmanagerClusterDown; practice: 10 min to start, critical when none is left',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['alertmanager'], limits, now);
  },
});
