import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsAutoscaling = defineCheck({
  id: 'addon-warning-events-autoscaling',
  area: 'addon',
  title: { zh: '自动伸缩取不到指标', en: 'Autoscalers unable to get metrics' },
  why: { zh: '负载升高时不会扩容，服务可能过载。', en: 'No replicas are added when load rises, and services may be overloaded.' },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=FailedGetResourceMetric --sort-by=.lastTimestamp`；检查 metrics-server 与容器的资源请求值。',
    en: 'Run `kubectl get events -A --field-selector reason=FailedGetResourceMetric --sort-by=.lastTimestamp`; check metrics-server and the resource requests of the containers.',
  },
  severity: 'warning',
  reads: ['events'],
  unit: 'count',
  threshold: { warningPerHour: 50 },
  source: 'Alibaba ACK inspection (HPA) and KubeEye ExceptionEvents; practice: more than 50 an hour',

  evaluate({ events }, limits) {
    return frequentEvents(events, ['FailedGetResourceMetric', 'FailedComputeMetricsReplicas', 'FailedGetScale', 'FailedRescale'], limits);
  },
});
