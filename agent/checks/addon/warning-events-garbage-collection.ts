import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsGarbageCollection = defineCheck({
  id: 'addon-warning-events-garbage-collection',
  area: 'addon',
  title: { zh: '镜像或容器清理失败', en: 'Failed image or container garbage collection' },
  why: { zh: '无用的镜像和容器占满磁盘，随后会驱逐 Pod。', en: 'Unused images and containers fill the disk, and pods may then be evicted.' },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=ImageGCFailed --sort-by=.lastTimestamp`；在该节点执行 `crictl imagefsinfo`，清理磁盘并检查容器运行时。',
    en: 'Run `kubectl get events -A --field-selector reason=ImageGCFailed --sort-by=.lastTimestamp`; run `crictl imagefsinfo` on the node, free up disk space and check the container runtime.',
  },
  severity: 'warning',
  reads: ['events'],
  unit: 'count',
  threshold: { warningPerHour: 1 },
  source: 'practice: the kubelet could not free the disk, eviction comes next',

  evaluate({ events }, limits) {
    return frequentEvents(events, ['ImageGCFailed', 'ContainerGCFailed'], limits);
  },
});
