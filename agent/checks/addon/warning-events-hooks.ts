import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsHooks = defineCheck({
  id: 'addon-warning-events-hooks',
  area: 'addon',
  title: { zh: '容器生命周期钩子失败', en: 'Failed container lifecycle hooks' },
  why: {
    zh: '启动或停止前的准备没做完：可能丢请求、丢数据，停止也会变慢。',
    en: 'Preparation before start or stop is not completed: requests or data may be lost, and stopping takes longer.',
  },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=FailedPreStopHook --sort-by=.lastTimestamp`；检查钩子命令与超时，否则停止时会丢请求。',
    en: "Run `kubectl get events -A --field-selector reason=FailedPreStopHook --sort-by=.lastTimestamp`; check the hook's command and timeout, otherwise requests are lost when a pod stops.",
  },
  severity: 'warning',
  reads: ['events'],
  unit: 'count',
  threshold: { warningPerHour: 20 },
  source: 'KubeEye ExceptionEvents and DaoCloud Insight event rules; practice: 20 an hour',

  evaluate({ events }, limits) {
    return frequentEvents(events, ['FailedPreStopHook', 'FailedPostStartHook', 'ExceededGracePeriod'], limits);
  },
});
