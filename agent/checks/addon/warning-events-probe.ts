import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsProbe = defineCheck({
  id: 'addon-warning-events-probe',
  area: 'addon',
  title: { zh: '健康检查频繁失败', en: 'Frequent health check failures' },
  why: { zh: '容器反复被摘除流量或重启，用户看到阵发错误。', en: 'Containers are repeatedly removed from traffic or restarted, and users see bursts of errors.' },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=Unhealthy --sort-by=.lastTimestamp`；检查应用日志与探针的超时、周期设置。',
    en: 'Run `kubectl get events -A --field-selector reason=Unhealthy --sort-by=.lastTimestamp`; check the application logs and the timeout and period settings of the probe.',
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
