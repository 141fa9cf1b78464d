import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';

export const warningEventsFrequent = defineCheck({
  id: 'addon-warning-events-frequent',
  area: 'addon',
  title: { zh: '其他告警事件过多', en: 'Frequent other warning events' },
  why: {
    zh: '集群在反复重试某件做不成的事，故障可能正在形成，也拖慢 API。',
    en: 'The cluster keeps retrying something that fails: a fault may be developing, and the API is slowed down.',
  },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector type=Warning --sort-by=.lastTimestamp | tail -50`，从出现最多的原因查起。',
    en: 'Run `kubectl get events -A --field-selector type=Warning --sort-by=.lastTimestamp | tail -50` and start with the most frequent reason.',
  },
  severity: 'info',
  reads: ['events'],
  unit: 'count',
  threshold: { infoPerHour: 50, warningPerHour: 1_000 },
  source: 'KubeEye ExceptionEvents and DaoCloud Insight event rules; practice: more than 50 an hour is info, because the reasons are not known to us, 1000 a warning',

  evaluate({ events }, { infoPerHour, warningPerHour }) {
    const other = events.reasons.find(({ reason }) => reason === 'other');
    return above(other?.lastHour ?? 0, { info: infoPerHour, warning: warningPerHour });
  },
});
