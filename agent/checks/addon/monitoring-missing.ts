import { componentsOf } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const monitoringMissing = defineCheck({
  id: 'addon-monitoring-missing',
  area: 'addon',
  title: { zh: '没有发现监控系统', en: 'No monitoring system found' },
  why: { zh: '问题发生时没有指标可看，也没有告警，只能等用户报障。', en: 'There are no metrics and no alerts; problems are noticed only when users complain.' },
  remedy: {
    zh: '执行 `kubectl get pods -A | grep -Ei "prometheus|vmagent|insight"` 确认；安装监控组件，否则历史趋势与告警都缺失。',
    en: 'Run `kubectl get pods -A | grep -Ei "prometheus|vmagent|insight"` to confirm; install monitoring, otherwise there are no historical trends and no alerts.',
  },
  severity: 'info',
  reads: ['addons'],
  unit: 'count',
  threshold: {},
  source: 'practice: a supported platform has monitoring; kube-prometheus Watchdog asks that the alerting pipeline always works',

  evaluate({ addons }) {
    return componentsOf(addons, 'prometheus', 'prometheus-operator', 'insight-agent').length === 0 ? [{ observed: 0 }] : [];
  },
});
