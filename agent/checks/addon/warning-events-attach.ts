import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsAttach = defineCheck({
  id: 'addon-warning-events-attach',
  area: 'addon',
  title: { zh: '卷挂接反复失败', en: 'Repeated volume attachment failures' },
  why: { zh: '有状态的服务起不来或无法迁移，停在等待卷。', en: 'Stateful services cannot start or move; they are stuck waiting for their volumes.' },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=FailedAttachVolume --sort-by=.lastTimestamp`；Multi-Attach 错误表示卷仍挂在另一节点：先停掉那里的 Pod。',
    en: 'Run `kubectl get events -A --field-selector reason=FailedAttachVolume --sort-by=.lastTimestamp`; a Multi-Attach error means that the volume is still attached to another node: stop the pod there first.',
  },
  severity: 'warning',
  reads: ['events'],
  unit: 'count',
  threshold: { warningPerHour: 5 },
  source: 'KubeEye ExceptionEvents (FailedAttachVolume); practice: 5 an hour, because the controller backs off to one attempt every two minutes',

  evaluate({ events }, limits) {
    return frequentEvents(events, ['FailedAttachVolume', 'FailedDetachVolume'], limits);
  },
});
