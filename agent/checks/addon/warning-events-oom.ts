import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsOom = defineCheck({
  id: 'addon-warning-events-oom',
  area: 'addon',
  title: { zh: '节点发生内存耗尽', en: 'Nodes running out of memory' },
  why: { zh: '节点上的进程被强行终止，服务中断，可能波及没有问题的业务。', en: 'Processes are killed and services interrupted, possibly for workloads not at fault.' },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=OOMKilling --sort-by=.lastTimestamp` 与 `reason=SystemOOM`；调整内存限制，或把占用高的 Pod 分散开。',
    en: 'Run `kubectl get events -A --field-selector reason=OOMKilling --sort-by=.lastTimestamp` and `reason=SystemOOM`; adjust memory limits, or spread out the pods with high usage.',
  },
  severity: 'warning',
  reads: ['events'],
  unit: 'count',
  threshold: { warningPerHour: 1, criticalPerHour: 20 },
  source: 'node-problem-detector OOMKilling; any system OOM by practice',

  evaluate({ events }, limits) {
    return frequentEvents(events, ['SystemOOM', 'OOMKilling'], limits);
  },
});
