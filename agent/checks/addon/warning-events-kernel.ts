import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsKernel = defineCheck({
  id: 'addon-warning-events-kernel',
  area: 'addon',
  title: { zh: '节点内核或文件系统报错', en: 'Node kernel or file system errors' },
  why: {
    zh: '节点的硬件、文件系统或内核可能正在出问题，其上的业务会受影响。',
    en: 'The hardware, file system or kernel of the node may be failing, and workloads on it will be affected.',
  },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=KernelOops --sort-by=.lastTimestamp`，再在该节点执行 `dmesg -T | tail -100`；只读文件系统与 I/O 错误请尽快更换磁盘并迁移负载。',
    en: 'Run `kubectl get events -A --field-selector reason=KernelOops --sort-by=.lastTimestamp`, then `dmesg -T | tail -100` on the node; for read-only file systems and I/O errors, replace the disk and migrate the workloads as soon as possible.',
  },
  severity: 'warning',
  reads: ['events'],
  unit: 'count',
  threshold: { warningPerHour: 1 },
  source: 'node-problem-detector kernel-monitor.json (any event)',

  evaluate({ events }, limits) {
    return frequentEvents(events, ['KernelOops', 'TaskHung', 'Ext4Error', 'IOError', 'FilesystemIsReadOnly', 'CorruptDockerOverlay2'], limits);
  },
});
