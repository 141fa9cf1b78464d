import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsScheduling = defineCheck({
  id: 'addon-warning-events-scheduling',
  area: 'addon',
  title: { zh: '频繁出现调度失败事件', en: 'Frequent scheduling failures' },
  why: { zh: '部分 Pod 找不到节点：容量不足或约束过严，服务副本不足。', en: 'Some pods cannot be placed (too little capacity or too strict rules), and services lack replicas.' },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=FailedScheduling --sort-by=.lastTimestamp`，按消息中的原因处理：资源不足、污点、亲和性或未绑定的存储声明。',
    en: 'Run `kubectl get events -A --field-selector reason=FailedScheduling --sort-by=.lastTimestamp` and act on the reason given: insufficient resources, taints, affinity or unbound claims.',
  },
  severity: 'warning',
  reads: ['events'],
  unit: 'count',
  threshold: { warningPerHour: 50 },
  source: 'KubeEye ExceptionEvents and DaoCloud Insight event rules; practice: more than 50 an hour',

  evaluate({ events }, limits) {
    return frequentEvents(events, ['FailedScheduling'], limits);
  },
});
