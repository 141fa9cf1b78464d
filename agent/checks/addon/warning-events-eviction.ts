import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsEviction = defineCheck({
  id: 'addon-warning-events-eviction',
  area: 'addon',
  title: { zh: 'Pod 被节点驱逐', en: 'Pods evicted by nodes' },
  why: { zh: '业务被迫中断并迁移，说明节点资源已经不足。', en: 'Services are interrupted and moved, which indicates that nodes are short of resources.' },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=Evicted --sort-by=.lastTimestamp`，看是内存、磁盘还是进程数不足；为 Pod 设置合理的请求值，清理或扩容节点。',
    en: 'Run `kubectl get events -A --field-selector reason=Evicted --sort-by=.lastTimestamp` to see whether memory, disk or PIDs ran short; set appropriate pod requests, and clean up or enlarge the nodes.',
  },
  severity: 'warning',
  reads: ['events'],
  unit: 'count',
  threshold: { warningPerHour: 1, criticalPerHour: 50 },
  source: 'kubernetes-mixin KubeNodeEviction: any eviction matters; practice: critical at 50 an hour',

  evaluate({ events }, limits) {
    return frequentEvents(events, ['Evicted', 'EvictionThresholdMet', 'FreeDiskSpaceFailed'], limits);
  },
});
