import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsProvisioning = defineCheck({
  id: 'addon-warning-events-provisioning',
  area: 'addon',
  title: { zh: '卷的创建或扩容反复失败', en: 'Repeated volume creation or expansion failures' },
  why: { zh: '需要存储的应用起不来，快满的卷也扩不了。', en: 'Applications that need storage cannot start, and nearly full volumes cannot be expanded.' },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=ProvisioningFailed --sort-by=.lastTimestamp`；检查存储驱动的控制器、后端容量与凭据。',
    en: "Run `kubectl get events -A --field-selector reason=ProvisioningFailed --sort-by=.lastTimestamp`; check the storage driver's controller and the capacity and credentials of the backend.",
  },
  severity: 'warning',
  reads: ['events'],
  unit: 'count',
  threshold: { warningPerHour: 10 },
  source: 'popeye POP-1003 and awesome-prometheus-alerts KubernetesPersistentvolumeclaimPending, at their events; practice: 10 an hour',

  evaluate({ events }, limits) {
    return frequentEvents(events, ['ProvisioningFailed', 'FailedBinding', 'VolumeResizeFailed', 'FileSystemResizeFailed', 'VolumeFailedDelete', 'ClaimLost'], limits);
  },
});
