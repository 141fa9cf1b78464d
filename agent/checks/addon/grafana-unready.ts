import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const grafanaUnready = defineCheck({
  id: 'addon-grafana-unready',
  area: 'addon',
  title: { zh: 'Grafana 未就绪', en: 'Grafana not ready' },
  why: { zh: '看不到监控图表，排障时缺少依据；数据采集本身不受影响。', en: 'Dashboards are unavailable for troubleshooting; metrics collection itself is not affected.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复监控看板。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore the dashboards.',
  },
  severity: 'info',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, infoBelowPercent: 50 },
  source: 'practice: dashboards are needed during an incident',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['grafana'], limits, now);
  },
});
