import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const prometheusUnready = defineCheck({
  id: 'addon-prometheus-unready',
  area: 'addon',
  title: { zh: 'Prometheus 未就绪', en: 'Prometheus not ready' },
  why: { zh: '指标停止采集，告警不再触发，故障期间没有数据可查。', en: 'Metrics are not collected and alerts do not fire; there is no data for the time of the outage.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复监控，期间没有指标与告警。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore monitoring: there are no metrics or alerts in the meantime.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100, criticalBelowPercent: 1 },
  source: 'kube-prometheus TargetDown for the stack itself; practice: 10 min to start, critical when none is left',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['prometheus', 'prometheus-operator'], limits, now);
  },
});
