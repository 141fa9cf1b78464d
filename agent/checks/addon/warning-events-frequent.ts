import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';

export const warningEventsFrequent = defineCheck({
  id: 'addon-warning-events-frequent',
  area: 'addon',
  title: { zh: '其他告警事件过多', en: 'Other warning events are frequent' },
  why: {
    zh: '集群在反复重试某件做不成的事，故障可能正在形成，也拖慢 API。',
    en: 'The cluster retries something that does not work: a fault may be in the making, and the API is slowed.',
  },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector type=Warning --sort-by=.lastTimestamp | tail -50`，从出现最多的原因查起。',
    en: 'Run `kubectl get events -A --field-selector type=Warning --sort-by=.lastTimestamp | tail -50` and begin with the reason that occurs most.',
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
