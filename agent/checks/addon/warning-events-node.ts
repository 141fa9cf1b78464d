import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsNode = defineCheck({
  id: 'addon-warning-events-node',
  area: 'addon',
  title: { zh: '节点异常事件', en: 'Abnormal node events' },
  why: { zh: '节点可能失联或不稳定，上面的 Pod 会被驱逐重建。', en: 'Nodes may be lost or unstable, and their pods evicted and recreated.' },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=NodeNotReady --sort-by=.lastTimestamp`，并用 `kubectl describe node <节点>` 查看条件；检查 kubelet、容器运行时与内核日志。',
    en: "Run `kubectl get events -A --field-selector reason=NodeNotReady --sort-by=.lastTimestamp` and `kubectl describe node <node>` to see the node's conditions; check the kubelet, container runtime and kernel log.",
  },
  severity: 'warning',
  reads: ['events'],
  unit: 'count',
  threshold: { warningPerHour: 3 },
  source: 'KubeEye ExceptionEvents and DaoCloud Insight event rules; practice: 3 an hour, few are normal',

  evaluate({ events }, limits) {
    return frequentEvents(
      events,
      ['NodeNotReady', 'Rebooted', 'InvalidDiskCapacity', 'KubeletSetupFailed', 'FailedNodeAllocatableEnforcement', 'CIDRNotAvailable', 'CIDRAssignmentFailed'],
      limits,
    );
  },
});
