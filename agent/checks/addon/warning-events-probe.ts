import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsProbe = defineCheck({
  id: 'addon-warning-events-probe',
  area: 'addon',
  title: { zh: '健康检查频繁失败', en: 'Probes fail often' },
  why: { zh: '容器反复被摘除流量或重启，用户看到阵发错误。', en: 'Containers lose traffic or restart again and again, and users see bursts of errors.' },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=Unhealthy --sort-by=.lastTimestamp`；检查应用日志与探针的超时、周期设置。',
    en: 'Run `kubectl get events -A --field-selector reason=Unhealthy --sort-by=.lastTimestamp`; read the logs of the application and check timeout and period of the probe.',
  },
  severity: 'warning',
  reads: ['events'],
  unit: 'count',
  threshold: { warningPerHour: 20 },
  source: 'KubeEye ExceptionEvents (Unhealthy); practice: more than 20 in an hour are no slow start',

  evaluate({ events }, limits) {
    return frequentEvents(events, ['Unhealthy', 'ProbeWarning'], limits);
  },
});
