import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsCreation = defineCheck({
  id: 'addon-warning-events-creation',
  area: 'addon',
  title: { zh: '控制器创建 Pod 失败', en: 'Controllers failing to create pods' },
  why: {
    zh: '需要的 Pod 建不出来，副本不足，发布卡住；常见原因是配额或准入策略。',
    en: 'Required pods cannot be created: replicas are missing and rollouts are stuck; common causes are quotas or admission policies.',
  },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=FailedCreate --sort-by=.lastTimestamp`；多为配额不足、准入策略拒绝或服务账号缺失，按消息处理。',
    en: 'Run `kubectl get events -A --field-selector reason=FailedCreate --sort-by=.lastTimestamp`; the cause is usually an exhausted quota, an admission policy or a missing service account: act on the message.',
  },
  severity: 'warning',
  reads: ['events'],
  unit: 'count',
  threshold: { warningPerHour: 20 },
  source: 'KubeEye ExceptionEvents; practice: 20 an hour, fewer than of other events: workloads stay below their replicas',

  evaluate({ events }, limits) {
    return frequentEvents(events, ['FailedCreate', 'FailedDaemonPod', 'FailedDelete'], limits);
  },
});
