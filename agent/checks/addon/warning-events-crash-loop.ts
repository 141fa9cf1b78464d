import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsCrashLoop = defineCheck({
  id: 'addon-warning-events-crash-loop',
  area: 'addon',
  title: { zh: '容器反复崩溃重启', en: 'Containers repeatedly crashing and restarting' },
  why: { zh: '这些服务不稳定或不可用，请求会失败。', en: 'The affected services are unstable or unavailable, and requests fail.' },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=BackOff --sort-by=.lastTimestamp`；用 `kubectl logs --previous` 查看崩溃前的日志。',
    en: 'Run `kubectl get events -A --field-selector reason=BackOff --sort-by=.lastTimestamp`; read the log from before the crash with `kubectl logs --previous`.',
  },
  severity: 'warning',
  reads: ['events'],
  unit: 'count',
  threshold: { warningPerHour: 200 },
  source: 'KubeEye ExceptionEvents; practice: 200 an hour, because one crashing pod alone writes about ten',

  evaluate({ events }, limits) {
    return frequentEvents(events, ['BackOff'], limits);
  },
});
