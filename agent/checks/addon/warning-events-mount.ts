import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsMount = defineCheck({
  id: 'addon-warning-events-mount',
  area: 'addon',
  title: { zh: '卷挂载反复失败', en: 'Repeated volume mount failures' },
  why: { zh: 'Pod 停在创建中，使用这些卷、密钥或配置的服务起不来。', en: 'Pods are stuck in creation, and services using these volumes, Secrets or ConfigMaps cannot start.' },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=FailedMount --sort-by=.lastTimestamp`；检查节点插件、存储后端，以及 Secret 或 ConfigMap 是否存在。',
    en: 'Run `kubectl get events -A --field-selector reason=FailedMount --sort-by=.lastTimestamp`; check the node plugin, the storage backend, and whether the Secret or ConfigMap exists.',
  },
  severity: 'warning',
  reads: ['events'],
  unit: 'count',
  threshold: { warningPerHour: 20 },
  source: 'KubeEye ExceptionEvents (FailedMount); practice: 20 an hour',

  evaluate({ events }, limits) {
    return frequentEvents(events, ['FailedMount', 'FailedMapVolume'], limits);
  },
});
